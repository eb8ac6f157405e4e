"""People who know what the bot should answer, and write down what it did answer."""

import random
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.channels.terminal import unmarked
from bot.engine.blocks.quiz_age import WORDS as AGES_SAID
from bot.engine.blocks.quiz_screens import ANEW, BEGIN, PICTURE
from bot.engine.events import Chosen, Commanded, Event, Located, Wrote
from bot.engine.replies import RESUME, Leave, Show
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.replay import answers
from tests.standin.server import StandIn

PATIENCE = 120.0
"""Seconds a person waits before an answer counts as lost: from her doing, or from the last kill since.
A busy machine needs 17 s to start the bot, and a sweep may kill it seven times in the meantime."""

WORDS = [
    "qwxz", "menu", "/menu", "Русский", "Қазақша", "stop", "/about", "O‘zbekcha", "danger",
    "Ош", "балқашта", "Guliston", "Душанбе",
]  # fmt: skip

EXITS = ["stop", "/close", "выход", "/forget"]

UNFORETOLD = {"keep", "map", "show", "shared", BEGIN, ANEW, PICTURE, *AGES_SAID}
"""Choices whose answer is no page, or holds what only the bot's own chance knows, as a draw."""

POINTS = [(46.842317, 74.981523), (40.512832, 72.805194), (41.311081, 69.240562), (0.0, 0.0)]
"""Near Balkhash, in Osh, in Tashkent, and nowhere."""


@dataclass(slots=True)
class Tally:
    """What all people together have done and seen."""

    sent: int = 0
    answered: int = 0
    exits: int = 0
    kills: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Person:
    """One person's acts, each decided by a seeded draw, each answer foretold by the engine."""

    def __init__(self, user_id: int, engine: Engine, tg: StandIn, seed: int, tally: Tally) -> None:
        stage = engine.stage
        self._notes, self._stays = notes_of(stage), neutral_in(stage)
        self.id, self._stage, self._tg, self._tally = user_id, stage, tg, tally
        self._engine = engine
        self._random = random.Random(f"{seed}/{user_id}")
        self._code = self._random.choice(["kk", "ky", "tg", "uz", "ru", "en", None])
        self._session: Session | None = None
        self._screen = self._engine.begin(self._code)
        self._message, self._start = 0, self._screen.place
        self._clears = False
        self.foretold: list[str] = []
        self._noted: set[int] = set()
        self._new_for_taps = 0
        self._shared: list[int] = []
        self._has_lost = False

    async def act(self, acts: int) -> None:
        """Do `acts` things, each after the answer to the one before."""
        await self._tg.meet(self.id, language_code=self._code or "xx")
        await self._write("/start", Commanded("start"))
        for _ in range(acts - 1):
            if self._has_lost:
                return  # what she sees is not what was foretold: nothing more can be judged
            page = self._stage.page(self._screen, _now())
            told = (one.copies or one.url or one.id in UNFORETOLD for one in page.labels)
            usable = [one for one, more in zip(page.labels, told, strict=True) if not more]
            label = self._random.choice(usable)
            draw = self._random.random()
            if draw < 0.55 and self._message:
                await self._tap(label.text, Chosen(page.place, label.id, page.item))
            elif draw < 0.65:
                await self._share(*self._random.choice(POINTS))
            elif draw < 0.8:
                number = str(page.labels.index(label) + 1)
                await self._write(number, Wrote(number))
            else:
                words = self._random.choice(WORDS if draw < 0.9 else EXITS)
                command = words.startswith("/")
                await self._write(words, Commanded(words[1:]) if command else Wrote(words))

    async def _write(self, words: str, event: Event) -> None:
        foretold, before = self._foretell(event), len(self._tg.chat(self.id).events)
        await self._tg.say(self.id, words)
        if self._clears:
            await self._cleared(words, foretold, before)
        else:
            await self._read(words, foretold, before)

    async def _share(self, lat: float, lon: float) -> None:
        foretold, before = self._foretell(Located(lat, lon)), len(self._tg.chat(self.id).events)
        point = {"location": {"latitude": lat, "longitude": lon}}
        self._shared.append(await self._tg.post(self.id, point))
        await self._read("a location", foretold, before)

    async def _read(self, words: str, foretold: str, before: int) -> None:
        self.foretold.append(foretold)
        await self._wait(lambda: bool(self._sent(before, foretold, *self._notes)), words)
        seen, noted = self._sent(before, foretold), self._sent(before, *self._notes)
        self._message = seen or noted or self._message
        if noted and not seen:
            self._noted.add(len(self.foretold) - 1)
            await self._go_on()

    async def _go_on(self) -> None:
        """Tap the one button of a neutral note: it must lead to where the engine says we are."""
        message, shows = self._message, self._tg.chat(self.id).messages
        label = shows[message].labels[0]
        turn = self._engine.step(self._session, Chosen("start", RESUME), _now(), self._code or "xx")
        ((foretold, _),) = answers(self._stage, turn, _now())
        self._session = turn.session
        await self._press(label, message, foretold)

    async def _tap(self, label: str, event: Event) -> None:
        foretold, message = self._foretell(event), self._message
        if self._clears:
            before = len(self._tg.chat(self.id).events)
            await self._tg.tap(self.id, label, message)
            await self._cleared(label, foretold, before)
        else:
            await self._press(label, message, foretold)

    async def _press(self, label: str, message: int, foretold: str) -> None:
        """Tap a button: what follows is shown there, or anew while the chat is being cleared."""
        shows, before = self._tg.chat(self.id).messages, len(self._tg.chat(self.id).events)

        def there() -> bool:
            return message in shows and shows[message].text == foretold

        await self._tg.tap(self.id, label, message)
        await self._wait(lambda: there() or bool(self._sent(before, foretold)), label)
        new = self._sent(before, foretold)
        if new and foretold != self.foretold[-1]:
            self.foretold.append(foretold)
            self._new_for_taps += 1
        self._message = new or message

    async def _cleared(self, what: str, foretold: str, before: int) -> None:
        """Wait until the chat is clear: the foretold screen, and none of hers any more."""
        forgets = self._screen.place != self._start
        self.foretold.append(foretold)
        self._noted.add(len(self.foretold) - 1)

        def clear() -> bool:
            shown = self._told(before, foretold) if forgets else self._newest(foretold) > 0
            return shown and self._is_clear()

        await self._wait(clear, what)
        self._tally.exits += 1
        # After a crash the screen that says "forgotten" may yet become the start, which says less.
        self._message = 0 if forgets else self._newest(foretold)

    def _is_clear(self) -> bool:
        """Tell whether all is gone that the bot can know of.

        Of a message that arrived while the bot was killed nobody has the number. It came again,
        or a note came in its stead, or, tapped during a clearing, the tapped message shows it.
        """
        standing = self._tg.chat(self.id).messages.values()
        more = [one for one in standing if not one.by_bot or one.text not in self._stays]
        sent = [e.text for e in self._tg.chat(self.id).events if e.what == "sent"]
        texts = [text for text in sent if text not in self._stays]
        again = len(texts) - len({*texts} - self._notes)
        unknown = again + self._new_for_taps
        return all(one.by_bot for one in more) and len(more) <= unknown

    def _newest(self, text: str) -> int:
        standing = self._tg.chat(self.id).messages
        return max((n for n, one in standing.items() if one.by_bot and one.text == text), default=0)

    def _told(self, before: int, text: str) -> bool:
        events = self._tg.chat(self.id).events[before:]
        return any(one.text == text and one.what in ("sent", "edited") for one in events)

    def _sent(self, before: int, *texts: str) -> int:
        """Name the last message with one of `texts` sent after the first `before` events, or 0."""
        events = self._tg.chat(self.id).events[before:]
        said = [one for one in events if one.what == "sent" and one.text in texts]
        return said[-1].message_id if said else 0

    def _foretell(self, event: Event) -> str:
        turn = self._engine.step(self._session, event, _now(), self._code or "xx")
        foretold, _ = answers(self._stage, turn, _now())[-1]
        self._session = turn.session
        (reply,) = turn.replies
        assert isinstance(reply, Show | Leave)
        self._screen = turn.reader
        if isinstance(reply, Show):
            self._screen = replace(turn.reader, place=reply.place, item=reply.item)
        self._clears = turn.session is None
        self._tally.sent += 1
        return foretold

    async def _wait(self, answered, what: str) -> None:
        kills = -1
        while kills != self._tally.kills:
            kills = self._tally.kills
            with suppress(TimeoutError):
                await self._tg.world.pulse.until(answered, PATIENCE, "an answer")
                self._tally.answered += 1
                return
        self._has_lost = True
        self._tally.lost.append(f"{self.id}: {what!r} leading to {self._screen.place}")

    def left(self) -> int:
        """Count the locations of hers that still stand in the chat."""
        return len({*self._shared} & {*self._tg.chat(self.id).messages})

    def judge(self) -> tuple[int, int, int, bool]:
        """Compare every message of the chat with those foretold.

        Returns how many copies came too many, the most copies of any message, how many neutral
        notes came, and whether the order was kept and nothing unforetold was said.
        """
        texts = [e.text for e in self._tg.chat(self.id).events if e.what == "sent"]
        came = [text for text in texts if text not in self._notes]
        # Every way to read them: at which foretold message, the most copies, those of it, too many.
        ways = {-1: (0, 0, 0)}
        for text in came:
            longer: dict[int, tuple[int, int, int]] = {}
            for at, (most, here, extra) in ways.items():
                nexts = [(index, (max(most, 1), 1, extra)) for index in self._ahead(at)]
                again = (at, (max(most, here + 1), here + 1, extra + 1))
                for index, way in (again, *nexts):
                    if index >= 0 and self.foretold[index] == text:
                        longer[index] = min(longer.get(index, way), way)
            ways = longer
        ends = [
            way for at, way in ways.items() if self._noted >= {*range(at + 1, len(self.foretold))}
        ]
        most, _, extra = min(ends, default=(0, 0, 0))
        return extra, most, len(texts) - len(came), bool(ends)

    def _ahead(self, at: int) -> list[int]:
        """Name the foretold messages that may come after the one at `at`.

        One a note stood for may be left out, and so may the screen that stays after an exit.
        """
        found = []
        for index in range(at + 1, len(self.foretold)):
            found.append(index)
            if index not in self._noted:
                break
        return found


def notes_of(stage: Stage) -> frozenset[str]:
    """Name the neutral note in every language."""
    return frozenset(
        stage.note(Session("start", language)).text for language in stage.world.offered.languages
    )


def neutral_in(stage: Stage) -> frozenset[str]:
    """Name, in every language, the screens that stay: the start, and that she is forgotten."""
    content = stage.world.content
    stays = [content.start, *(node.id for node in content.nodes.values() if node.forgets)]
    return frozenset(
        unmarked(stage.page(Session(place, language), _now()).text)
        for place in stays
        for language in stage.world.offered.languages
    )


def _now() -> datetime:
    return datetime.now(UTC)
