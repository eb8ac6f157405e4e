"""What somebody said yes to who asked for news: her own words, kept until she leaves (R16)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.campaigns.audience import Reader

QUIET: Final = ("21-09", "22-08", "20-10", "18-12")
"""The quiet hours to choose from, by the clock of her country; the first for whoever chooses none."""


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
    quiet: str = QUIET[0]


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """What she asks for who wants no more news."""
