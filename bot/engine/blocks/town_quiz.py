"""`town_quiz` and `town_quiz_score`: questions about towns, made from the table of places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import ClassVar, Final, Self

from bot.content.blocks import BlockSpec
from bot.content.model import Place
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.countries import NAMES as COUNTRIES
from bot.engine.screen import Option, in_rows
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Names, Say, Value

QUESTIONS: Final = 10
"""Questions of one round."""

_A_ROW: Final = 2
"""Countries of a row of buttons."""

KNOWN: Final = 40_000
"""People of a town that many have heard of."""

_CLEARLY: Final = 2
"""How many times larger one of two towns is, so that no census changes the answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """Where a round stands, as it lies in the `item` of a session.

    Attributes:
        town: what is asked about.
        other: the town it is compared with; None asks for the country.
        number: which question of the round this is, from 1.
        right: how many of those before were answered right.
        last: the right answer to the one before, if there was one.
    """

    town: Place
    other: Place | None
    number: int
    right: int
    last: Place | None

    @classmethod
    def read(cls, look: Look) -> Self:
        """Read the item she stands at; one that says nothing sensible is the question of the day."""
        places = look.world.content.places
        town, other, number, right, last, *_ = (*look.session.item.split(AND), *("",) * 5)
        asked, counts = places.get(town), number.isdecimal() and right.isdecimal()
        if asked is None or not counts or not 1 <= int(number) <= QUESTIONS:
            return cls.drawn(look, look.now.toordinal().to_bytes(4, "big"))
        return cls(asked, places.get(other), int(number), int(right), places.get(last))

    @classmethod
    def drawn(
        cls, look: Look, chance: bytes, number: int = 1, right: int = 0, last: Place | None = None
    ) -> Self:
        """Draw a question by `chance`; even ones compare two towns."""
        towns = _towns(look)
        digest = blake2s(chance).digest()
        town = _one(towns, digest[:8])
        apart = [] if number % 2 else [one for one in towns if _larger(one, town)]
        other = _one(apart, digest[8:16]) if apart else None
        return cls(town, other, number, right, last)

    def written(self) -> str:
        """Write it down as an item."""
        places = (self.town.id, self.other.id if self.other else "")
        return AND.join(
            (*places, str(self.number), str(self.right), self.last.id if self.last else "")
        )

    @property
    def answer(self) -> Place:
        """The town that is right, or whose country is."""
        return _larger(self.town, self.other) or self.town if self.other else self.town

    def is_right(self, option: str) -> bool:
        """Tell whether `option` answers it."""
        return option == (self.answer.id if self.other else self.town.country)


class TownQuiz(PlainBlock):
    """Ask; after the last answer go on to `goto`."""

    spec: ClassVar[BlockSpec] = BlockSpec("town_quiz", NoOptions, goto="required")
    timed: ClassVar[bool] = True
    words: ClassVar[tuple[str, ...]] = tuple(str(number) for number in range(QUESTIONS + 1))

    def view(self, look: Look) -> Part:
        """Say the right answer to the question before, and ask."""
        asked = Question.read(look)
        before = (_before(asked.last),) if asked.last else ()
        count = Say("Question {number} of {all}", {"number": asked.number, "all": QUESTIONS})
        return Part((before, (count,), (_said(asked),)), _rows(look, asked))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Count the answer and ask the next."""
        asked = Question.read(look)
        offered = (one.id for row in _rows(look, asked) for one in row)
        if option not in offered:
            return None
        right = asked.right + asked.is_right(option)
        if asked.number == QUESTIONS:
            end = replace(asked, right=right).written()
            return Outcome(replace(look.session, place=look.onward, item=end))
        following = Question.drawn(look, look.world.draw(16), asked.number + 1, right, asked.answer)
        return Outcome(replace(look.session, item=following.written()))


class TownQuizScore(PlainBlock):
    """Fill `{right}` and `{all}` with how the round went."""

    spec: ClassVar[BlockSpec] = BlockSpec(
        "town_quiz_score", NoOptions, values=frozenset({"right", "all"})
    )

    def fill(self, look: Look) -> dict[str, Value]:
        """Count what was right."""
        return {"right": Question.read(look).right, "all": QUESTIONS}


def _before(answer: Place) -> Say:
    where: dict[str, Value] = {"town": Names(answer.names), "country": COUNTRIES[answer.country]}
    return Say("The answer before: {town}, {country}.", where)


def _said(asked: Question) -> Say:
    if asked.other:
        return Say("Which of these towns has more people?")
    return Say("<b>{town}</b>: which country is it in?", {"town": Names(asked.town.names)})


def _rows(look: Look, asked: Question) -> tuple[tuple[Option, ...], ...]:
    if asked.other:
        towns = sorted((asked.town, asked.other), key=lambda one: one.id)
        return tuple((Option(one.id, Say("{name}", {"name": Names(one.names)})),) for one in towns)
    options = [Option(one, COUNTRIES[one]) for one in look.world.offered.countries]
    return in_rows(options, _A_ROW)


def _towns(look: Look) -> Sequence[Place]:
    """Find the towns of the offered countries that many have heard of."""
    settlements = look.world.content.places.settlements
    return [
        one
        for country in look.world.offered.countries
        for one in settlements.get(country, ())
        if one.population >= KNOWN and not one.approximate
    ]


def _larger(one: Place, other: Place) -> Place | None:
    """Name the clearly larger of two towns, if there is one."""
    small, large = sorted((one, other), key=lambda each: each.population)
    return large if large.population >= _CLEARLY * small.population else None


def _one(places: Sequence[Place], chance: bytes) -> Place:
    return places[int.from_bytes(chance, "big") % len(places)]
