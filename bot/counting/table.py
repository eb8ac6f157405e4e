"""A table that may be published: sums of finished weeks, small ones hidden (R43)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from bot.counting.tally import Count
from bot.counting.weeks import Period


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its sums, one for each column of the table; None where it is hidden.

    Attributes:
        id: what it is counted under.
        name: what readers call it.
        sums: its sums, rounded.
    """

    id: str
    name: str
    sums: tuple[int | None, ...]

    @property
    def shown(self) -> int:
        """What is shown of this row, added up; hidden sums take no part in it."""
        return sum(one or 0 for one in self.sums)


@dataclass(frozen=True, slots=True)
class SumTable:
    """What may be published.

    Attributes:
        title: what it shows.
        period: the weeks it sums up.
        columns: the ids of its columns.
        rows: the rows with a sum that is shown, the largest first.
        hidden: the names of the rows of which every sum is below the floor, in their order.
    """

    title: str
    period: Period
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: tuple[str, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """How to read it, in sentences."""
        names = ", ".join(self.hidden)
        below = (f"Everything below {self.period.floor}: {names}.",) if names else ()
        return (*self.period.notes, *below)


def cells(rows: Iterable[str], columns: Iterable[str]) -> list[tuple[str, str]]:
    """Every row and column a table shows, counted or not, as `Store.counts` is asked for them."""
    return [(row, str(column)) for row, column in product(rows, columns)]


def published(
    title: str,
    rows: Mapping[str, str],
    columns: Iterable[str],
    counts: Iterable[Count],
    period: Period,
) -> SumTable:
    """What may be published of the `counts` of all `cells`; `rows` are names by id."""
    columns = tuple(map(str, columns))
    sums = period.summed(counts)
    made = [
        Row(id_, name, tuple(period.shown(sums[id_, column]) for column in columns))
        for id_, name in rows.items()
    ]
    shown = sorted((row for row in made if row.shown), key=_largest_first)
    hidden = sorted(row.name for row in made if not row.shown)
    return SumTable(title, period, columns, tuple(shown), tuple(hidden))


def _largest_first(row: Row) -> tuple[int, str]:
    return -row.shown, row.name
