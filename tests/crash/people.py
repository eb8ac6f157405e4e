"""People who know what the bot should answer, and write down what it did answer."""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby

from bot.engine.events import Chosen, Commanded, Event, Located, Wrote
from bot.engine.replies import RESUME, Show
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.replay import answers
from tests.standin.server import StandIn

PATIENCE = 120.0
"""Seconds a person waits for an answer before counting it as lost."""

WORDS = [
    "qwxz", "menu", "/menu", "Русский", "Қазақша", "stop", "/about", "O‘zbekcha", "danger",
    "Ош", "балқашта", "Guliston", "Душанбе",
]  # fmt: skip

POINTS = [(46.842317, 74.981523), (40.512832, 72.805194), (41.311081, 69.240562), (0.0, 0.0)]
"""Near Balkhash, in Osh, in Tashkent, and nowhere."""


@dataclass(slots=True)
class Tally:
    """What all people together have done and seen."""

    sent: int = 0
    answered: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Person:
    """One person's acts, each decided by a seeded draw, each answer foretold by the engine."""

    def __init__(self, user_id: int, stage: Stage, tg: StandIn, seed: int, tally: Tally) -> None:
        self._notes = notes_of(stage)
        self.id, self._stage, self._tg, self._tally = user_id, stage, tg, tally
        self._engine = Engine(stage)
        self._random = random.Random(f"{seed}/{user_id}")
        self._code = self._random.choice(["kk", "ky", "tg", "uz", "ru", "en", None])
        self._session: Session | None = None
        self._screen = self._engine.begin(self._code)
        self._message = 0
        self.foretold: list[str] = []
        self._noted: set[int] = set()
        self._shared: list[int] = []

    async def act(self, acts: int) -> None:
        """Do `acts` things, each after the answer to the one before."""
        await self._tg.meet(self.id, language_code=self._code or "xx")
        await self._write("/start", Commanded("start"))
        for _ in range(acts - 1):
            page = self._stage.page(self._screen, _now())
            sends = (one.copies or one.url or one.id in ("keep", "map") for one in page.labels)
            usable = [one for one, more in zip(page.labels, sends, strict=True) if not more]
            label = self._random.choice(usable)
            draw = self._random.random()
            if draw < 0.6 and self._message:
                await self._tap(label.text, Chosen(page.place, label.id, page.item))
            elif draw < 0.7:
                await self._share(*self._random.choice(POINTS))
            elif draw < 0.85:
                number = str(page.labels.index(label) + 1)
                await self._write(number, Wrote(number))
            else:
                words = self._random.choice(WORDS)
                command = words.startswith("/")
                await self._write(words, Commanded(words[1:]) if command else Wrote(words))

    async def _write(self, words: str, event: Event) -> None:
        foretold, before = self._foretell(event), len(self._tg.chat(self.id).events)
        await self._tg.say(self.id, words)
        await self._read(words, foretold, before)

    async def _share(self, lat: float, lon: float) -> None:
        foretold, before = self._foretell(Located(lat, lon)), len(self._tg.chat(self.id).events)
        point = {"location": {"latitude": lat, "longitude": lon}}
        self._shared.append(await self._tg.post(self.id, point))
        await self._read("a location", foretold, before)

    async def _read(self, words: str, foretold: str, before: int) -> None:
        events = self._tg.chat(self.id).events
        self.foretold.append(foretold)

        def seen(*texts: str) -> int:
            said = [e for e in events[before:] if e.what == "sent" and e.text in texts]
            return said[-1].message_id if said else 0

        await self._wait(lambda: bool(seen(foretold, *self._notes)), words)
        self._message = seen(foretold) or seen(*self._notes) or self._message
        if not seen(foretold) and seen(*self._notes):
            self._noted.add(len(self.foretold) - 1)
            await self._go_on()

    async def _go_on(self) -> None:
        """Tap the one button of a neutral note: it must lead to where the engine says we are."""
        message, shows = self._message, self._tg.chat(self.id).messages
        label = shows[message].labels[0]
        turn = self._engine.step(self._session, Chosen("start", RESUME), _now(), self._code or "xx")
        ((foretold, _),) = answers(self._stage, turn, _now())
        self._session = turn.session
        await self._tg.tap(self.id, label, message)
        await self._wait(lambda: shows[message].text == foretold, "a note")

    async def _tap(self, label: str, event: Event) -> None:
        foretold, message = self._foretell(event), self._message
        await self._tg.tap(self.id, label, message)
        shows = self._tg.chat(self.id).messages
        await self._wait(lambda: message in shows and shows[message].text == foretold, label)

    def _foretell(self, event: Event) -> str:
        turn = self._engine.step(self._session, event, _now(), self._code or "xx")
        ((foretold, _),) = answers(self._stage, turn, _now())
        self._session = turn.session
        (reply,) = turn.replies
        assert isinstance(reply, Show)
        self._screen = replace(turn.reader, place=reply.place, item=reply.item)
        self._tally.sent += 1
        return foretold

    async def _wait(self, answered, what: str) -> None:
        try:
            await self._tg.world.pulse.until(answered, PATIENCE, "an answer")
        except TimeoutError:
            self._tally.lost.append(f"{self.id}: {what!r} leading to {self._screen.place}")
        else:
            self._tally.answered += 1

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
        copies = [0] * len(self.foretold)
        at = -1
        for text in came:
            ahead = self._ahead(text, at)
            if ahead is not None:
                at = ahead
            elif at < 0 or self.foretold[at] != text:
                return 0, 0, len(texts) - len(came), False
            copies[at] += 1
        all_came = self._ahead(None, at) is None
        extra = sum(copies) - sum(count > 0 for count in copies)
        return extra, self._most(copies), len(texts) - len(came), all_came

    def _most(self, copies: list[int]) -> int:
        """Name the most copies of any message; the same text twice in a row shares its copies."""
        most = 0
        for _, run in groupby(range(len(copies)), key=self.foretold.__getitem__):
            indexes = [*run]
            most = max(most, -(-sum(copies[i] for i in indexes) // len(indexes)))
        return most

    def _ahead(self, text: str | None, at: int) -> int | None:
        """Find the next foretold message, which must be `text`; one a note stood for may be left out.

        With None for `text`: the next that must still come.
        """
        for index in range(at + 1, len(self.foretold)):
            if self.foretold[index] == text:
                return index
            if index not in self._noted:
                return index if text is None else None
        return None


def notes_of(stage: Stage) -> frozenset[str]:
    """Name the neutral note in every language."""
    return frozenset(
        stage.note(Session("start", language)).text for language in stage.world.offered.languages
    )


def _now() -> datetime:
    return datetime.now(UTC)
