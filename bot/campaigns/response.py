"""What readers did with a campaign: counted by the week, with noise, and never who (R43)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.counting.tally import Count, Kind, Tally
from bot.counting.weeks import DAY, Period, monday

TAPS: Final = "taps"
"""Its button was tapped: the link was opened, by a reader or by whoever was sent it."""

LEAVES: Final = "leaves"
"""Somebody wanted no more news, and its message was the last that she had got."""

WEEKS: Final = 2
"""Weeks that are counted: the one in which it starts, and the next."""


def tap(campaign: str) -> Tally:
    """Count a tap on the button of the campaign of this id."""
    return Tally(Kind.CAMPAIGN, campaign, TAPS)


def leave(campaign: str) -> Tally:
    """Count somebody who left after the message of the campaign of this id."""
    return Tally(Kind.CAMPAIGN, campaign, LEAVES)


def earliest(now: float) -> int:
    """Give the earliest start of a campaign that is still counted at `now`; epoch seconds."""
    return (monday(now) - 7 * (WEEKS - 1)) * DAY


def over(starts: int, now: float) -> Period:
    """Name the counted weeks that had ended by `now` of a campaign; epoch seconds; none at first."""
    first = monday(starts)
    return Period(first, min(max((monday(now) - first) // 7, 0), WEEKS))


def cells(campaign: str) -> list[tuple[str, str]]:
    """Every cell that is counted of a campaign, tapped or not, as `Store.counts` is asked for them."""
    return [(campaign, TAPS), (campaign, LEAVES)]


@dataclass(frozen=True, slots=True)
class Response:
    """Taps and leaves as they may be told; None where they are too few.

    Attributes:
        period: the weeks that are summed up; none before the first of them is over.
    """

    period: Period
    taps: int | None = None
    leaves: int | None = None


def told(campaign: str, counts: Iterable[Count], period: Period) -> Response:
    """Say what may be told of the `counts` of all `cells` over these weeks."""
    sums = period.summed(counts)
    taps, leaves = (period.shown(sums[cell]) for cell in cells(campaign))
    return Response(period, taps, leaves)
