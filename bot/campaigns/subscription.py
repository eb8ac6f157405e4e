"""What somebody said yes to who asked for news: her own words, kept until she leaves (R16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.campaigns.audience import Reader

QUIET: Final[Mapping[str, tuple[int, int]]] = {
    "21-9": (21, 9),
    "22-8": (22, 8),
    "20-10": (20, 10),
    "18-12": (18, 12),
}
"""The quiet hours to choose from, by the words they are kept under: from this full hour to that one,
by the clock of her country."""

USUAL: Final = "21-9"
"""The quiet hours of whoever chose none."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What she asked for, and when.

    Attributes:
        agreed: the day she said yes.
        version: the version of the text that she said it to.
        reader: what audiences are made of.
        quiet: when nothing may be sent to her: one of `QUIET`.
    """

    agreed: date
    version: int
    reader: Reader
    quiet: str = USUAL


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """What she asks for who wants no more news."""
