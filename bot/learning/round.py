"""Where a round stands, in ten letters: small enough to lie behind a button."""

from dataclasses import dataclass
from typing import Final, Self

from bot.content.model import MOST_ASKED, Age
from bot.learning.draw import SEEDS

AGES: Final[tuple[Age, ...]] = (12, 14, 16)
"""The youngest age of each band that a person can say she is in."""

WORDS: Final = 5
"""Words of two letters in which a round is written down."""

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz234567"
_PAIR: Final = len(_LETTERS) ** 2
_FIELDS: Final = (
    ("age", len(AGES) + 1),
    ("seed", SEEDS),
    ("asked", 1 << MOST_ASKED),
    ("missed", 1 << MOST_ASKED),
    ("number", MOST_ASKED + 1),
    ("told", 2),
    ("picks", 1 << 15),
)
"""What is written, and how many values each has: together less than 50 bits."""


@dataclass(frozen=True, slots=True)
class Round:
    """Where a round stands.

    Attributes:
        age: the youngest age of her band.
        seed: what its items were drawn by.
        asked: which of the drawn items it asks, a bit each: all, or those missed before.
        missed: which of these were not answered right so far.
        number: how many of them are done; all of them at the end.
        told: whether the answer to the present item is shown.
        picks: what was picked of it so far; what it means depends on the item.
    """

    age: Age
    seed: int
    asked: int
    missed: int = 0
    number: int = 0
    told: bool = False
    picks: int = 0

    def written(self) -> tuple[str, ...]:
        """Write it down as words of two letters."""
        values = (
            AGES.index(self.age), self.seed, self.asked, self.missed, self.number, self.told,
            self.picks,
        )  # fmt: skip
        total = 0
        for value, (_, many) in zip(values, _FIELDS, strict=True):
            total = total * many + value
        pairs: list[str] = []
        for _ in range(WORDS):
            total, pair = divmod(total, _PAIR)
            pairs.append(_LETTERS[pair // len(_LETTERS)] + _LETTERS[pair % len(_LETTERS)])
        return tuple(pairs)

    @classmethod
    def read(cls, words: tuple[str, ...]) -> Self | None:
        """Read it again; None for words that no round was written in."""
        total = 0
        for word in reversed(words):
            if len(word) != 2 or not set(word) <= set(_LETTERS):  # noqa: PLR2004 - a pair
                return None
            total = total * _PAIR + _LETTERS.index(word[0]) * len(_LETTERS)
            total += _LETTERS.index(word[1])
        values: list[int] = []
        for _, many in reversed(_FIELDS):
            total, value = divmod(total, many)
            values.append(value)
        picks, told, number, missed, asked, seed, age = values
        if len(words) != WORDS or total or age >= len(AGES) or number > asked.bit_count():
            return None
        return cls(AGES[age], seed, asked, missed & asked, number, bool(told), picks)


def every_word() -> tuple[str, ...]:
    """Give every word in which a round may be written down."""
    return tuple(one + other for one in _LETTERS for other in _LETTERS)
