"""How many get news, as far as that may be told: counts alone, and none that leads to a person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.campaigns.estimate import reach
from bot.counting.table import Row, SumTable
from bot.counting.weeks import Period

ALL: Final = "all"
"""How the count of all of them is called."""


@dataclass(frozen=True, slots=True)
class People:
    """Who gets news, counted in one way after the other.

    Attributes:
        all: how many they are; None where they are fewer than are told.
        by: for each way of counting, such as `language`, how many of each kind there are; None where
            that is not told.
    """

    all: int | None
    by: Mapping[str, Mapping[str, int | None]]


def told(
    many: int,
    counts: Mapping[str, Mapping[str, int]],
    shown: Callable[[int], int | None] = reach,
) -> People:
    """Hide small counts and round the others, each as `shown` does.

    Where one count of several alone would be hidden, the smallest of the others is hidden, too: what
    is left of the sum would tell it.
    """
    return People(shown(many), {way: _told(there, shown) for way, there in counts.items()})


def scale(topics: int) -> int:
    """Say in how many counts one person is at most: all, language, country, age, each topic."""
    return 4 + max(topics, 1)


def named(way: str, kind: str) -> str:
    """Name those who told nothing: no age, or no topic, which stands for all."""
    return kind or {"age": "not told", "topics": "all"}.get(way, "")


def published(people: People, period: Period) -> SumTable:
    """Make a table of what was told of counts with noise, drawn once for the week of `period`."""
    rows = [Row(ALL, ALL, (people.all,))]
    for way, there in people.by.items():
        for kind, many in there.items():
            name = f"{way}: {named(way, kind)}"
            rows.append(Row(name, name, (many,)))
    title = f"People who get news, {period}"
    return SumTable(title, period, ("people",), tuple(rows), ())


def _told(counts: Mapping[str, int], tell: Callable[[int], int | None]) -> Mapping[str, int | None]:
    found = {kind: tell(many) for kind, many in counts.items()}
    shown = sorted((many, kind) for kind, many in counts.items() if found[kind] is not None)
    if shown and len(counts) - len(shown) == 1:
        found[shown[0][1]] = None
    return found
