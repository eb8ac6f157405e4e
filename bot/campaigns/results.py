"""What became of campaigns, as far as it may be published: with noise that is drawn once (R43)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.campaigns.response import LEAVES, TAPS, WEEKS
from bot.counting.table import Row, SumTable
from bot.counting.weeks import Period, monday

ARRIVED: Final = "arrived"
LOST: Final = "did not arrive"
COLUMNS: Final = (ARRIVED, LOST, TAPS, LEAVES)
"""What is published. No sum of them is: what is hidden would follow from it."""

_EACH: Final = 3
"""Counts of one campaign that a person may be in: her message arrived or not, a tap, a leave."""

_1970: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Result:
    """One campaign that is published.

    Attributes:
        id: what it is called among us; it is not published.
        topic: what it was about.
        starts: when it started, in epoch seconds.
        recalled: whether what arrived was taken back.
    """

    id: str
    topic: str
    starts: int
    recalled: bool = False

    @property
    def week(self) -> int:
        """The Monday of its start, in days since 1970-01-01."""
        return monday(self.starts)


def is_due(starts: int, now: float) -> bool:
    """Tell whether nothing is counted any more of a campaign; epoch seconds."""
    return monday(now) >= monday(starts) + 7 * WEEKS


def scales(results: Iterable[Result]) -> dict[int, int]:
    """Say for each week in how many counts of its campaigns one person may be."""
    return {week: _EACH * many for week, many in Counter(one.week for one in results).items()}


def published(drawn: Mapping[Result, Mapping[str, int]]) -> SumTable:
    """Make a table of counts with noise, by campaign and column: the earliest start first.

    The floor is that of the week with the most campaigns, whose noise is the widest.
    """
    ordered = sorted(drawn, key=lambda one: (one.starts, one.id))
    widest = max(scales(ordered).values(), default=_EACH)
    period = Period(ordered[0].week if ordered else 0, 1, widest)
    rows = tuple(
        Row(one.id, name, tuple(period.shown(drawn[one][column]) for column in COLUMNS))
        for one, name in zip(ordered, _names(ordered), strict=True)
    )
    return SumTable("Campaigns, by the week of their start", period, COLUMNS, rows, ())


def _names(ordered: Sequence[Result]) -> list[str]:
    """Name them by week and topic, and by a number where that is not enough."""
    names, seen = [], Counter[str]()
    for one in ordered:
        name = f"{_1970 + timedelta(days=one.week)} {one.topic}"
        seen[name] += 1
        more = f" {seen[name]}" if seen[name] > 1 else ""
        names.append(f"{name}{more}{', recalled' if one.recalled else ''}")
    return names
