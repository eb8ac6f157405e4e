"""What a mailer keeps to, and the clocks it reads."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.campaigns.clocks import Reading
from bot.store.letters import Awake, Caps

FRESH = 2.0
"""Seconds for which a claim says that she still wants to be written to; older letters go back."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a mailer keeps to.

    Attributes:
        awake: from when on a reader may be written to.
        caps: how much may go at most.
        window: letters that may be claimed and not settled at once: what a crash may double.
    """

    awake: Awake
    caps: Caps
    window: int


@dataclass(frozen=True, slots=True)
class Clocks:
    """The time of day in epoch seconds, and a clock that nobody sets."""

    wall: Callable[[], float]
    steady: Callable[[], float]

    def read(self) -> Reading:
        """Read both."""
        return Reading(self.wall(), self.steady())
