"""What may be published of the counts: sums of finished weeks, small ones hidden (R43)."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.content.model import SHOWN_SECTORS, Gazetteer, Place
from bot.counting.tally import Count
from bot.counting.weeks import Period


@dataclass(frozen=True, slots=True)
class Row:
    """A region and its sums, one for each sector of the table; none where it is hidden."""

    region: Place
    sums: tuple[int | None, ...]

    @property
    def shown(self) -> int:
        """What is shown of this region, added up; hidden sums take no part in it."""
        return sum(one or 0 for one in self.sums)


@dataclass(frozen=True, slots=True)
class GapTable:
    """What may be published.

    Attributes:
        title: what it shows.
        period: the weeks it sums up.
        sectors: the ids of its columns.
        rows: the regions with a sum that is shown, the largest first.
        hidden: the regions of which every sum is below the floor, in the order of their names.
    """

    period: Period
    sectors: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: tuple[Place, ...]
    title: str = "Searches that found nothing near"

    @property
    def notes(self) -> tuple[str, ...]:
        """How to read it, in sentences."""
        found = [*self.period.notes]
        if self.hidden:
            names = ", ".join(name(region) for region in self.hidden)
            found.append(f"Everything below {self.period.floor}: {names}.")
        return tuple(found)

    def text(self, one: int | None) -> str:
        """A sum as it is written."""
        return self.period.text(one)


def name(region: Place) -> str:
    """A region's English name and the code of its country."""
    return f"{region.names['en']} ({region.country.upper()})"


def cells(places: Gazetteer, sectors: Collection[str] = SHOWN_SECTORS) -> list[tuple[str, str]]:
    """Every region and sector a report shows, searched for or not."""
    return [
        (region.id, str(sector))
        for regions in places.regions.values()
        for region in regions
        for sector in sectors
    ]


def published(
    counts: Iterable[Count],
    places: Gazetteer,
    period: Period,
    sectors: Sequence[str] = SHOWN_SECTORS,
) -> GapTable:
    """What may be published of `counts`: only the weeks of `period`, only regions of `places`.

    The counts must hold every cell of every week, noise included, as `Store.counts` gives them for
    `cells`; then all that is shown follows from noisy counts and protects as they do.
    """
    columns = tuple(str(sector) for sector in sectors)
    sums: Counter[tuple[str, str]] = Counter()
    for one in counts:
        if one.week in period:
            sums[one.row, one.column] += one.count
    regions = [region for there in places.regions.values() for region in there]
    rows = [
        Row(region, tuple(period.shown(sums[region.id, sector]) for sector in columns))
        for region in regions
    ]
    return GapTable(
        period,
        columns,
        tuple(sorted((row for row in rows if row.shown), key=_largest_first)),
        tuple(sorted((row.region for row in rows if not row.shown), key=name)),
    )


def _largest_first(row: Row) -> tuple[int, str]:
    return -row.shown, name(row.region)
