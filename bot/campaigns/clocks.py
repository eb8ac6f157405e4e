"""Whether the clock of the machine was set while it ran (R38).

A clock that was set is wrong now, or was before; nobody can tell which. So nothing goes out by it
until a person has looked.
"""

from dataclasses import dataclass
from typing import Final

SLACK: Final = 30.0
"""Seconds that both clocks may drift apart from one look to the next."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Two clocks, read together, in seconds.

    Attributes:
        wall: the time of day, since 1970-01-01.
        steady: a clock that is never set and runs through sleep, since any moment.
    """

    wall: float
    steady: float

    def stepped(self, before: "Reading") -> bool:
        """Tell whether the time of day was set forward or back since `before`."""
        shown, passed = self.wall - before.wall, self.steady - before.steady
        return abs(shown - passed) > SLACK
