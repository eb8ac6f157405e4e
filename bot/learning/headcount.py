"""Who took part in a session: how many of each sex and age, never who."""

from dataclasses import dataclass, replace
from itertools import accumulate
from math import comb
from typing import Final, Self

from bot.counting.tally import Kind, Tally
from bot.learning.spelling import spelt, unspelt

SEXES: Final = ("girls", "boys", "unsaid")
"""Girls and women, boys and men, and who did not say."""
AGES: Final = ("10-14", "15-19", "20-24", "older")
"""The bands in which peer educators report (MEASURE Evaluation), and everybody older."""
GROUPS: Final = tuple(f"{sex}-{age}" for sex in SEXES for age in AGES)
"""The columns in which people are counted."""
SESSION: Final = "session"
"""The column in which sessions are counted."""
COLUMNS: Final = (SESSION, *GROUPS)

MOST: Final = 60
"""People of one session: more are no group that talks, and a button has no more room."""

WORDS: Final = 5
"""Words of two letters in which a headcount is written down."""

_NOBODY: Final = (0,) * len(GROUPS)


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many took part.

    Attributes:
        counts: how many of each of `GROUPS`; `MOST` in all.
        at: the place of the group that is counted now.
    """

    counts: tuple[int, ...] = _NOBODY
    at: int = 0

    @property
    def total(self) -> int:
        """How many took part in all."""
        return sum(self.counts)

    def plus(self, more: int) -> Self:
        """Count more of the present group, or fewer; never below none, nor more than fit."""
        now = self.counts[self.at]
        then = max(0, min(now + more, now + MOST - self.total))
        return replace(self, counts=(*self.counts[: self.at], then, *self.counts[self.at + 1 :]))

    def moved(self, by: int) -> Self:
        """Go on to another group; after the last one comes the first."""
        return replace(self, at=(self.at + by) % len(GROUPS))

    def tallies(self, region: str) -> tuple[Tally, ...]:
        """Say what is counted of it: one session, and everybody who was there, by group."""
        groups = zip(GROUPS, self.counts, strict=True)
        people = [Tally(Kind.SESSION, region, group, many) for group, many in groups if many]
        return (Tally(Kind.SESSION, region, SESSION), *people)

    def written(self) -> tuple[str, ...]:
        """Write it down.

        Counts whose sum is bounded are places in a row, one behind each group, and such choices of
        places have numbers without a gap (the combinatorial number system): 60 people fit into
        fewer letters than twelve counts of two figures would.
        """
        places = [end + at for at, end in enumerate(accumulate(self.counts))]
        rank = sum(comb(place, at) for at, place in enumerate(places, 1))
        return spelt(rank * len(GROUPS) + self.at, WORDS)

    @classmethod
    def read(cls, words: tuple[str, ...]) -> Self | None:
        """Read it again; None for words that no headcount was written in."""
        number = unspelt(words) if len(words) == WORDS else None
        if number is None:
            return None
        rank, at = divmod(number, len(GROUPS))
        if rank >= comb(MOST + len(GROUPS), len(GROUPS)):
            return None
        places: list[int] = []
        place = MOST + len(GROUPS)
        for left in range(len(GROUPS), 0, -1):
            place -= 1
            while comb(place, left) > rank:
                place -= 1
            rank -= comb(place, left)
            places.append(place)
        ends = [place - at for at, place in enumerate(reversed(places))]
        counts = tuple(end - before for end, before in zip(ends, (0, *ends), strict=False))
        return cls(counts, at)
