"""A person who reads her own language, knows what each tap should show, and waits until it does."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType

from bot.channels.terminal import unmarked
from bot.engine.events import Chosen, Commanded, Event, Located, Wrote
from bot.engine.replies import REMOVE, RESUME, Leave, Show
from bot.engine.screen import Page
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from bot.language.tongues import first_language
from tests.standin.chats import Shown
from tests.standin.server import StandIn

PATIENCE = 20.0
"""Seconds she waits for an answer before the test fails."""

NOTHING: Mapping[str, object] = MappingProxyType({})


@lru_cache(maxsize=1)
def _engine(stage: Stage) -> Engine:
    """All visitors foresee with one engine: it folds every label of the book when it is made."""
    return Engine(stage)


class Visitor:
    """Acts in one private chat; `taps` counts her taps, `message` is the one she looks at."""

    def __init__(self, tg: StandIn, stage: Stage, user_id: int, code: str | None = "en") -> None:
        self.id, self.code, self.message, self.taps = user_id, code, 0, 0
        self._tg, self._stage, self._engine = tg, stage, _engine(stage)
        self.session: Session | None = None
        self._screen = self._engine.begin(code)

    @property
    def page(self) -> Page:
        """The screen she should be looking at, in her language."""
        return self._stage.page(self._screen, now())

    @property
    def shown(self) -> Shown:
        """The message she is looking at."""
        return self._tg.chat(self.id).messages[self.message]

    def label(self, choice: str) -> str:
        """What the button of a choice is called on her screen."""
        return next(label.text for label in self.page.labels if label.id == choice)

    async def begin(self, name: str | None = None) -> None:
        """Open the chat and send /start."""
        await self._tg.meet(self.id, language_code=self.code, first_name=name)
        await self.write("/start")

    async def write(self, words: str, patience: float = PATIENCE) -> None:
        """Write, and wait for the new message that answers."""
        before = len(self._tg.chat(self.id).events)
        await self._tg.say(self.id, words)
        self.foresee(Commanded(words[1:]) if words.startswith("/") else Wrote(words))
        await self.answered(before, words, patience)

    async def share(
        self, lat: float, lon: float, live: Mapping[str, object] = NOTHING, **more: object
    ) -> int:
        """Share a point on the map; the id of her message. The answer is not waited for.

        `live` stands in the location, `more` beside it in the message, such as a venue.
        """
        await self._tg.meet(self.id)
        point = {"latitude": lat, "longitude": lon, **live}
        mine = await self._tg.post(self.id, {"location": point, **more})
        self.foresee(Located(lat, lon))
        return mine

    async def answered(self, before: int, what: str, patience: float = PATIENCE) -> None:
        """Wait until a new message shows her screen: one behind the first `before` events."""
        events = self._tg.chat(self.id).events

        def found() -> int:
            text = unmarked(self.page_text)
            new = (e.message_id for e in events[before:] if e.what == "sent" and e.text == text)
            return next(new, 0)

        await self._until(lambda: found() != 0, what, patience)
        self.message = found()

    async def tap(self, choice: str, patience: float = PATIENCE) -> None:
        """Tap a choice of her screen, and wait until that very message shows what follows."""
        shown, label = self._screen, self.label(choice)
        await self._tg.tap(self.id, label, self.message)
        self.taps += 1
        self.foresee(Chosen(shown.place, choice, shown.item))
        await self._until(self.sees_it, f"[{label}]", patience)

    async def keep(self, choice: str = "keep") -> int:
        """Ask for the number, or the map, as a message of its own; its id."""
        events = self._tg.chat(self.id).events
        before = len(events)
        await self._tg.tap(self.id, self.label(choice), self.message)
        await self._until(lambda: len(events) > before, "a card", PATIENCE)
        (event,) = events[before:]
        assert event.what == "sent"
        return event.message_id

    async def remove(self, card: int) -> None:
        """Tap the one button of a card, and wait until it is gone."""
        messages = self._tg.chat(self.id).messages
        (label,) = messages[card].labels
        await self._tg.tap(self.id, label, card)
        await self._until(lambda: card not in messages, REMOVE, PATIENCE)

    async def resume(self) -> None:
        """Tap the one button of the neutral note, and wait for the screen where she stood."""
        (label,) = self.shown.labels
        await self._tg.tap(self.id, label, self.message)
        self.foresee(Chosen("start", RESUME))
        await self._until(self.sees_it, RESUME, PATIENCE)

    def foresee(self, event: Event) -> None:
        """Take the turn that the bot should take."""
        turn = self._engine.step(self.session, event, now(), self.code)
        (reply,) = turn.replies
        self.session, self._screen, self._lead = turn.session, turn.reader, ""
        if isinstance(reply, Show):
            self._screen = replace(turn.reader, place=reply.place, item=reply.item)
            self._lead = reply.lead
        else:
            assert reply == Leave()

    @property
    def page_text(self) -> str:
        """What her screen should say now, as HTML."""
        return self._stage.page(self._screen, now(), self._lead).text

    def sees_it(self) -> bool:
        """Whether her message shows what it should, buttons included."""
        message = self._tg.chat(self.id).messages.get(self.message)
        return (
            message is not None
            and message.text == unmarked(self.page_text)
            and message.labels == [label.text for label in self.page.labels]
        )

    async def _until(self, true, what: str, patience: float) -> None:
        await self._tg.world.pulse.until(true, patience, f"an answer to {what!r} for {self.id}")


async def to_the_hub(visitor: Visitor, language: str = "", country: str = "kz") -> None:
    """From the first screen to the menu, the country chosen."""
    await visitor.begin()
    if language and language != first_language(visitor.code):
        await visitor.tap(language)
    for choice in ("continue", "continue", country):
        await visitor.tap(choice)


def now() -> datetime:
    """This moment, as the bot sees it."""
    return datetime.now(UTC)
