"""What may be published of the counts: sums of finished weeks, small ones hidden (R43)."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, sqrt

from bot.content.model import SHOWN_SECTORS, Gazetteer, Place
from bot.directory.gaps.counts import GapCount, monday

FLOOR = 20
"""Sums below this are never shown."""

STEP = 10
"""Sums are rounded to multiples of this."""

_SIGMAS = 4
"""Deviations of the noise below the floor: of 10,000 sums without a search 2 at most are shown."""

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks that are over.

    Attributes:
        first: the Monday of the first one, in days since 1970-01-01.
        weeks: how many they are.
    """

    first: int
    weeks: int

    @classmethod
    def before(cls, now: float, weeks: int) -> "Period":
        """The last `weeks` weeks that had ended by `now`, epoch seconds, UTC."""
        return cls(monday(now) - 7 * weeks, weeks)

    @property
    def floor(self) -> int:
        """The least sum that is shown: `FLOOR`, or more where many weeks bring much noise.

        A week's noise has a variance of 2; those of several weeks add up.
        """
        return max(FLOOR, ceil(_SIGMAS * sqrt(2 * self.weeks) / STEP) * STEP)

    @property
    def margin(self) -> int:
        """How far 19 of 20 sums are off at most, by noise and by rounding."""
        return ceil(1.96 * sqrt(2 * self.weeks)) + STEP // 2

    def __contains__(self, week: object) -> bool:
        return week in range(self.first, self.first + 7 * self.weeks, 7)

    def __str__(self) -> str:
        start = _EPOCH + timedelta(days=self.first)
        end = start + timedelta(days=7 * self.weeks - 1)
        return f"{start:%Y-%m-%d} to {end:%Y-%m-%d}"


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
        period: the weeks it sums up.
        sectors: the ids of its columns.
        rows: the regions with a sum that is shown, the largest first.
        hidden: the regions of which every sum is below the floor, in the order of their names.
    """

    period: Period
    sectors: tuple[str, ...]
    rows: tuple[Row, ...]
    hidden: tuple[Place, ...]

    @property
    def title(self) -> str:
        """What it shows."""
        return "Searches that found nothing near"

    @property
    def notes(self) -> tuple[str, ...]:
        """How to read it, in sentences."""
        floor, margin = self.period.floor, self.period.margin
        found = [
            f"Sums below {floor} are hidden and shown as <{floor}; the others are rounded to tens.",
            f"A random part protects people: 19 of 20 sums are within {margin} of the truth.",
        ]
        if self.hidden:
            names = ", ".join(name(region) for region in self.hidden)
            found.append(f"Everything below {floor}: {names}.")
        return tuple(found)

    def text(self, one: int | None) -> str:
        """A sum as it is written."""
        return f"<{self.period.floor}" if one is None else str(one)


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
    counts: Iterable[GapCount],
    places: Gazetteer,
    period: Period,
    sectors: Sequence[str] = SHOWN_SECTORS,
) -> GapTable:
    """What may be published of `counts`: only the weeks of `period`, only regions of `places`.

    The counts must hold every cell of every week, noise included, as `Store.gaps` gives them for
    `cells`; then all that is shown follows from noisy counts and protects as they do.
    """
    columns = tuple(str(sector) for sector in sectors)
    sums: Counter[tuple[str, str]] = Counter()
    for one in counts:
        if one.week in period:
            sums[one.region, one.sector] += one.count
    regions = [region for there in places.regions.values() for region in there]
    rows = [
        Row(region, tuple(_shown(sums[region.id, sector], period.floor) for sector in columns))
        for region in regions
    ]
    return GapTable(
        period,
        columns,
        tuple(sorted((row for row in rows if row.shown), key=_largest_first)),
        tuple(sorted((row.region for row in rows if not row.shown), key=name)),
    )


def _shown(noisy: int, floor: int) -> int | None:
    return None if noisy < floor else (noisy + STEP // 2) // STEP * STEP


def _largest_first(row: Row) -> tuple[int, str]:
    return -row.shown, name(row.region)
