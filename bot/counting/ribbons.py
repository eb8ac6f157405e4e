"""What of the wishing tree may be shown: its ribbons by country, of the weeks that are over (R43)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Final

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
    return [*product((*countries, ELSEWHERE), ribbons)]


def grown(counts: Iterable[Count], shown: Iterable[tuple[str, str]], period: Period) -> Tree:
    """The tree as it may be shown after `period`.

    The counts must hold every cell of `shown` in every week, noise included, as `Store.counts`
    gives them; then all that is shown follows from noisy counts and protects as they do.
    """
    sums: Counter[tuple[str, str]] = Counter()
    for one in counts:
        if one.week in period:
            sums[one.row, one.column] += one.count
    tree: dict[str, dict[str, int | None]] = {}
    for country, ribbon in shown:
        tree.setdefault(country, {})[ribbon] = period.shown(sums[country, ribbon])
    return tree


def told(tree: Tree, country: str) -> int | None:
    """Ribbons of a country, as far as they may be told; None where no colour may."""
    known = [many for many in tree.get(country, {}).values() if many is not None]
    return sum(known) if known else None
