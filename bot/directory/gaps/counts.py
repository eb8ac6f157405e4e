"""Weeks, and what is counted in them."""

from dataclasses import dataclass

DAY = 24 * 60 * 60

_FIRST_MONDAY = 4
"""1970-01-01 was a Thursday: the first Monday came four days later."""


@dataclass(frozen=True, slots=True, order=True)
class GapCount:
    """How often a sector was looked for in vain in a region in one week, give or take noise.

    Attributes:
        week: its Monday, in days since 1970-01-01, UTC.
        region: the id of the region.
        sector: the id of the sector.
        count: searches plus a random number drawn once, so it may be off and even below zero.
    """

    week: int
    region: str
    sector: str
    count: int


def monday(seconds: float) -> int:
    """The Monday of a moment's week: days since 1970-01-01, from epoch seconds, UTC."""
    day = int(seconds // DAY)
    return day - (day - _FIRST_MONDAY) % 7
