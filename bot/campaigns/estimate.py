"""How many a campaign would reach, as far as that may be told: never so exactly that it names one."""

from collections.abc import Mapping
from typing import Final

from bot.campaigns.audience import LEAST

STEP: Final = 10
"""Readers are told in multiples of this."""


def reach(readers: int) -> int | None:
    """Give a number of readers as it may be told; None where they are fewer than `LEAST`."""
    return None if readers < LEAST else readers // STEP * STEP


def reaches(readers: Mapping[str, int]) -> dict[str, int | None]:
    """Give the readers of each language as they may be told, the most first; none are left out."""
    return {
        one: reach(readers[one]) for one in sorted(readers, key=lambda one: (-readers[one], one))
    }
