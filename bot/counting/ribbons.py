"""What of the wishing tree may be shown: its ribbons by country, of the weeks that are over (R43)."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.counting import table
from bot.counting.tally import Count
from bot.counting.weeks import Period

Tree = Mapping[str, Mapping[str, int | None]]
"""For each country its ribbons by colour, rounded; None where there are too few to be told."""

ELSEWHERE: Final = "elsewhere"
"""Where ribbons are counted of who has chosen no country."""

WEEKS: Final = 51
"""Finished weeks that the tree shows: all that are kept for certain, as counts live for a year."""

FEW: Final = Period(0, WEEKS).floor
"""Ribbons of one colour in one country below which they are not told: 51 weeks bring much noise."""


def cells(countries: Iterable[str], ribbons: Iterable[str]) -> list[tuple[str, str]]:
    """Every country and ribbon the tree shows, tied or not."""
    return table.cells((*countries, ELSEWHERE), ribbons)


def grown(counts: Iterable[Count], shown: Iterable[tuple[str, str]], period: Period) -> Tree:
    """The tree as it may be shown after `period`: the `counts` of all cells of `shown`."""
    sums = period.summed(counts)
    tree: dict[str, dict[str, int | None]] = {}
    for country, ribbon in shown:
        tree.setdefault(country, {})[ribbon] = period.shown(sums[country, ribbon])
    return tree


def told(tree: Tree, country: str) -> int | None:
    """Ribbons of a country, as far as they may be told; None where no colour may."""
    known = [many for many in tree.get(country, {}).values() if many is not None]
    return sum(known) if known else None
