"""What may be told of how often posters were scanned: by poster and kind of place (R43)."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import product

from bot.counting.tally import Count
from bot.counting.weeks import Period


@dataclass(frozen=True, slots=True)
class Row:
    """A poster and its sums, one for each kind of place; None where it is hidden."""

    poster: str
    sums: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ScanTable:
    """What may be published.

    Attributes:
        period: the weeks it sums up.
        places: the ids of its columns.
        rows: the posters with a sum that is shown, in the order of their numbers.
        hidden: the posters of which every sum is below the floor.
    """

    period: Period
    places: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: tuple[str, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """How to read it, in sentences."""
        found = [*self.period.notes, "Scans are counted, not people: who scans twice counts twice."]
        if self.hidden:
            found.append(f"Everything below {self.period.floor}: {', '.join(self.hidden)}.")
        return tuple(found)

    def text(self, one: int | None) -> str:
        """A sum as it is written."""
        return self.period.text(one)


def cells(posters: Iterable[str], places: Iterable[str]) -> list[tuple[str, str]]:
    """Every poster and kind of place the table shows, scanned or not."""
    return [*product(posters, places)]


def scanned(
    counts: Iterable[Count], posters: Iterable[str], places: Collection[str], period: Period
) -> ScanTable:
    """What may be published of `counts`: only the weeks of `period`, only posters that there are.

    The counts must hold every cell of every week, noise included, as `Store.counts` gives them for
    `cells`; then all that is shown follows from noisy counts and protects as they do.
    """
    sums: Counter[tuple[str, str]] = Counter()
    for one in counts:
        if one.week in period:
            sums[one.row, one.column] += one.count
    rows = [
        Row(poster, tuple(period.shown(sums[poster, place]) for place in places))
        for poster in posters
    ]
    return ScanTable(
        period,
        tuple(places),
        tuple(row for row in rows if any(row.sums)),
        tuple(row.poster for row in rows if not any(row.sums)),
    )
