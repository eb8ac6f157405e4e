"""Leaving full chats by every way there is, and how long that takes."""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.language.tongues import first_language
from tests.journeys.full_chats import Handed, deletions
from tests.journeys.visitor import Visitor, now
from tests.process import BotProcess
from tests.standin.server import StandIn

FULL = 300
"""Messages in a chat that somebody leaves, hers and ours."""


@dataclass
class Exits:
    """People with full chats beside a running bot, each of whom leaves once."""

    tg: StandIn
    bot: BotProcess
    stage: Stage
    people: Iterator[Visitor]
    handed: Handed = field(init=False)

    def __post_init__(self) -> None:
        self.handed = Handed(self.tg)

    async def ready(self) -> Visitor:
        """Bring the next person to a screen of ours, in a chat that is full but for her exit."""
        person = next(self.people)
        await person.write("/menu")
        assert len(self.tg.chat(person.id).messages) == FULL - 1
        return person

    def words(self, language: str) -> list[str]:
        """Every word of a language that ends a chat."""
        content = self.stage.world.content
        (ending,) = (node for node in content.nodes.values() if node.leaves)
        said = self.stage.world.words.text(language, ending.called or "")
        return [word.strip() for word in said.split(",")]

    async def leave(self, person: Visitor, way: str) -> int:
        """Leave by `way`: "button", "command" or a word of a language; the update's number."""
        if way == "button":
            await self.tg.tap(person.id, person.label("close"), person.message)
        elif way == "command":
            await self.tg.say(person.id, "/close")
        else:
            await self.tg.say(person.id, self.words(way)[0])
        return self.handed.last

    def is_clear(self, person: Visitor) -> bool:
        """Whether her chat shows what a newcomer's shows, and nothing else."""
        first = self.stage.page(Session("start", first_language(person.code)), now())
        shown = self.tg.chat(person.id).shown()
        return len(shown) == 1 and shown[0].labels == [label.text for label in first.labels]

    async def exit(self, way: str) -> "Exit":
        """Let the next person leave by `way`, and wait until her chat is clear."""
        person = await self.ready()
        since = len(self.tg.record.calls)
        number = await self.leave(person, way)
        await self.clear(person)
        ended, began = time.monotonic(), self.handed.at(number)
        first = deletions(self.tg, person.id, since)[0]
        return Exit(person, first.mono - began, ended - began)

    async def clear(self, person: Visitor) -> None:
        """Wait until her chat is clear."""
        await self.tg.world.pulse.until(lambda: self.is_clear(person), 30, "a clear chat")


@dataclass(frozen=True)
class Exit:
    """How an exit went; seconds count from when the bot was handed it."""

    person: Visitor
    first_call: float
    all_gone: float


def percentile(values: list[float], percent: int) -> float:
    """The value that so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[math.ceil(len(ordered) * percent / 100) - 1]
