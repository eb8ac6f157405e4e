"""When the next message of a campaign may go: pure, in seconds of any steady clock.

Telegram counts messages by its own clock, and a request may be late on its way. So what counts
here is not when a message was sent, but the latest moment at which it can have arrived: the
quickest answer of late tells how long the way takes, and whatever an answer took longer may have
been spent on the way there.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

_GUARD: Final = 0.004
"""Seconds beyond one second for which a place stays taken: clocks tick unevenly."""

_LATE_MOST: Final = 0.25
"""Seconds of delay on the way there that are reckoned with; no answer is waited for longer."""

_BEHIND: Final = 0.1
"""Seconds of delay on our side that are made up for; after a longer one it begins anew."""

_SAMPLE: Final = 256
"""Answers among which the quickest is looked for."""


@dataclass(slots=True)
class Call:
    """One message: when it was sent, and when its answer came."""

    began: float
    ended: float | None = None


class Pace:
    """Never more than `rate` messages in any second of the receiver's clock, and hardly fewer.

    That holds for requests up to a quarter of a second later on their way than the quickest of the
    last 256. Of the rate 99.6 % are used where answers take equally long, whatever they take.
    """

    def __init__(self, rate: int) -> None:
        """Begin at rest; `rate` is in messages a second, from 1 to 1,000."""
        self._calls: deque[Call] = deque(maxlen=rate)
        self._took: deque[float] = deque(maxlen=_SAMPLE)
        self._interval = (1.0 + _GUARD) / rate
        self._even = self._halted = float("-inf")

    def next(self, now: float) -> float:
        """Give the moment at which another message may go; look again when it has come."""
        return max(self._even, self._halted, self._free(now))

    def begin(self, at: float) -> Call:
        """Note that a message goes now; hand what is returned to `end`."""
        call = Call(at)
        self._calls.append(call)
        self._even = (self._even if at - self._even <= _BEHIND else at) + self._interval
        return call

    def end(self, call: Call, at: float) -> None:
        """Note that an answer has come, whatever it says."""
        call.ended = at
        self._took.append(at - call.began)

    def halt(self, until: float) -> None:
        """Let nothing go before `until`."""
        self._halted = max(self._halted, until)

    def _free(self, now: float) -> float:
        """Give the moment at which the message before the last `rate` is a second old for sure."""
        if len(self._calls) < (self._calls.maxlen or 1):
            return float("-inf")
        oldest = self._calls[0]
        quickest = min(self._took, default=0.0)
        took = (now if oldest.ended is None else oldest.ended) - oldest.began
        if oldest.ended is None and took < 1.0:
            return oldest.began + 1.0 + _GUARD
        late = min(max(took - quickest, 0.0), _LATE_MOST)
        return oldest.began + late + 1.0 + _GUARD
