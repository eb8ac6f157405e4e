"""How many get news, as far as that may be told: counts alone, and none that leads to a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.campaigns.estimate import reach


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


def told(many: int, counts: Mapping[str, Mapping[str, int]]) -> People:
    """Hide small counts and round the others.

    Where one count of several alone would be hidden, the smallest of the others is hidden, too: what
    is left of the sum would tell it.
    """
    return People(reach(many), {way: _told(there) for way, there in counts.items()})


def _told(counts: Mapping[str, int]) -> Mapping[str, int | None]:
    found = {kind: reach(many) for kind, many in counts.items()}
    shown = sorted((many, kind) for kind, many in counts.items() if found[kind] is not None)
    if shown and len(counts) - len(shown) == 1:
        found[shown[0][1]] = None
    return found
