"""Where a round stands, in ten letters: small enough to lie behind a button."""

from dataclasses import dataclass
from typing import Final, Self, get_args

from bot.content.model import MOST_ASKED, Age, Country
from bot.learning.draw import CHECKS, SEEDS
from bot.learning.spelling import spelt, unspelt

AGES: Final[tuple[Age, ...]] = get_args(Age)
"""The youngest age of each band that a person can say she is in."""

WORDS: Final = 5
"""Words of two letters in which a round is written down."""

_COUNTRIES: Final[tuple[str, ...]] = ("", *get_args(Country))
_MANY: Final = (
    len(AGES), len(_COUNTRIES), SEEDS, CHECKS, 1 << MOST_ASKED, 1 << MOST_ASKED, MOST_ASKED + 1, 2,
    1 << 15,
)  # fmt: skip
"""How many values each part of a round has, as they are written: together less than 50 bits."""


@dataclass(frozen=True, slots=True)
class Round:
    """Where a round stands.

    Attributes:
        age: the youngest age of her band.
        country: the country its items were drawn for, or empty.
        seed: what they were drawn by.
        check: a digest of what was drawn, so that a changed quiz is noticed.
        asked: which of the drawn items it asks, a bit each: all, or those missed before.
        missed: which of these were not answered right so far.
        number: how many of them are done; all of them at the end.
        told: whether the answer to the present item is shown.
        picks: what was picked of it so far; what it means depends on the item.
    """

    age: Age
    country: str
    seed: int
    check: int
    asked: int
    missed: int = 0
    number: int = 0
    told: bool = False
    picks: int = 0

    def written(self) -> tuple[str, ...]:
        """Write it down as words of two letters.

        Raises:
            ValueError: a part has a value that it cannot have.
        """
        values = (
            AGES.index(self.age), _COUNTRIES.index(self.country), self.seed, self.check, self.asked,
            self.missed, self.number, self.told, self.picks,
        )  # fmt: skip
        total = 0
        for value, many in zip(values, _MANY, strict=True):
            if not 0 <= value < many:
                raise ValueError(self)
            total = total * many + value
        return spelt(total, WORDS)

    @classmethod
    def read(cls, words: tuple[str, ...]) -> Self | None:
        """Read it again; None for words that no round was written in."""
        total = unspelt(words) if len(words) == WORDS else None
        if total is None:
            return None
        values: list[int] = []
        for many in reversed(_MANY):
            total, value = divmod(total, many)
            values.append(value)
        picks, told, number, missed, asked, check, seed, country, age = values
        if total or missed & ~asked or not missed.bit_count() <= number <= asked.bit_count():
            return None
        return cls(
            AGES[age], _COUNTRIES[country], seed, check, asked, missed, number, bool(told), picks
        )
