"""Weeks, and how much of what was counted in them may be shown (R43)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, sqrt

from bot.counting.tally import Count

DAY = 24 * 60 * 60

FLOOR = 20
"""Sums below this are never shown."""

STEP = 10
"""Sums are rounded to multiples of this."""

_SIGMAS = 5
"""Deviations of the noise below the floor: 1 of 50 tables of 780 sums at most shows a false one."""

_EPOCH = date(1970, 1, 1)

_FIRST_MONDAY = 4
"""1970-01-01 was a Thursday: the first Monday came four days later."""


def monday(seconds: float) -> int:
    """The Monday of a moment's week: days since 1970-01-01, from epoch seconds, UTC."""
    day = int(seconds // DAY)
    return day - (day - _FIRST_MONDAY) % 7


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks that are over.

    Attributes:
        first: the Monday of the first one, in days since 1970-01-01.
        weeks: how many they are.
        scale: how wide the noise of each week is: 1 where one person is in one count alone.
    """

    first: int
    weeks: int
    scale: int = 1

    @classmethod
    def before(cls, now: float, weeks: int) -> "Period":
        """The last `weeks` weeks that had ended by `now`, epoch seconds, UTC."""
        return cls(monday(now) - 7 * weeks, weeks)

    @property
    def floor(self) -> int:
        """The least sum that is shown: `FLOOR`, or more where many weeks bring much noise.

        A week's noise has a variance of 2, times its scale squared; those of several weeks add up.
        """
        return max(FLOOR, ceil(_SIGMAS * self._deviation / STEP) * STEP)

    @property
    def margin(self) -> int:
        """How far 19 of 20 sums are off at most, by noise and by rounding."""
        return ceil(1.96 * self._deviation) + STEP // 2

    @property
    def _deviation(self) -> float:
        return self.scale * sqrt(2 * self.weeks)

    @property
    def notes(self) -> tuple[str, ...]:
        """How to read sums over these weeks, in sentences."""
        floor = self.floor
        return (
            f"Sums below {floor} are hidden and shown as <{floor}; the others are rounded to tens.",
            f"A random part protects people: 19 of 20 sums are within {self.margin} of the truth.",
        )

    def summed(self, counts: Iterable[Count]) -> Counter[tuple[str, str]]:
        """Add up each row and column over these weeks; what was counted in others takes no part.

        The counts must hold every cell of every week, noise included, as `Store.counts` gives them;
        then all that is shown follows from noisy counts and protects as they do.
        """
        sums: Counter[tuple[str, str]] = Counter()
        for one in counts:
            if one.week in self:
                sums[one.row, one.column] += one.count
        return sums

    def shown(self, noisy: int) -> int | None:
        """The sum of a cell over these weeks as it may be shown; None where it is hidden."""
        return None if noisy < self.floor else (noisy + STEP // 2) // STEP * STEP

    def text(self, shown: int | None) -> str:
        """A sum as it is written."""
        return f"<{self.floor}" if shown is None else str(shown)

    def __contains__(self, week: object) -> bool:
        return week in range(self.first, self.first + 7 * self.weeks, 7)

    def __str__(self) -> str:
        start = _EPOCH + timedelta(days=self.first)
        end = start + timedelta(days=7 * self.weeks - 1)
        return f"{start:%Y-%m-%d} to {end:%Y-%m-%d}"
