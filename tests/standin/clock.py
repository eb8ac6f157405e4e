"""The time of the double's world."""

import time


class Clock:
    """Unix time in seconds that a test may move forward.

    Without `start` it runs with the machine's clock plus whatever was advanced; with `start` it
    stands still at that moment until advanced.
    """

    def __init__(self, start: float | None = None):
        self._start = start
        self._ahead = 0.0

    def now(self) -> float:
        """The moment in this world, in Unix seconds."""
        return (time.time() if self._start is None else self._start) + self._ahead

    def advance(self, seconds: float) -> None:
        """Move on by `seconds`; going back raises ValueError."""
        if seconds < 0:
            raise ValueError(f"time only moves forward, not by {seconds} s")
        self._ahead += seconds
