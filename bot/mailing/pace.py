"""When the next message of a campaign may go: pure, in seconds of any steady clock.

Telegram counts messages by its own clock, and a request may be late on its way. So what counts
here is not when a message was sent, but the latest moment at which it can have arrived: the
quickest answer of late tells how long the way takes, and whatever an answer took longer may have
been spent on the way there.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

GUARD: Final = 0.004
"""Seconds beyond one second for which a place stays taken: clocks tick unevenly."""

LATE_MOST: Final = 0.25
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

    `rate` is that of all processes together; this one uses all of it until `allow` says otherwise.
    """

    def __init__(self, rate: int) -> None:
        """Begin at rest; `rate` is in messages a second, from 1 to 1,000."""
        self.rate, self._share = rate, rate
        self._more: tuple[int, float] | None = None
        self._until = float("inf")
        self._calls: deque[Call] = deque(maxlen=rate)
        self._took: deque[float] = deque(maxlen=_SAMPLE)
        self._quickest: float | None = None
        self._even = self._halted = float("-inf")

    def allow(self, share: int, now: float, since: float, until: float) -> None:
        """Use `share` of the rate, from `since` on if it is more than before, else at once.

        After `until` nothing goes before this is told again; what was allowed before is over then.
        """
        if now > self._until:
            self._share, self._more = 0, None
        self._until = until
        if share <= self._share:
            self._share, self._more = share, None
        elif self._more is None or share > self._more[0]:
            self._more = share, max(since, self._more[1] if self._more else since)
        else:
            self._more = share, self._more[1]

    @property
    def share(self) -> int:
        """How many messages a second this process may send."""
        return self._share

    def next(self, now: float) -> float:
        """Give the moment at which another message may go; look again when it has come."""
        if self._more and now >= self._more[1]:
            (self._share, _), self._more = self._more, None
        if now > self._until:
            return float("inf")
        if not self._share:
            return self._more[1] if self._more else float("inf")
        return max(self._even, self._halted, self._free(now))

    def begin(self, at: float) -> Call:
        """Note that a message goes now; hand what is returned to `end`."""
        call = Call(at)
        self._calls.append(call)
        even = self._even if at - self._even <= _BEHIND else at
        self._even = even + (1.0 + GUARD) / (self._share or self.rate)
        return call

    def end(self, call: Call, at: float) -> None:
        """Note that an answer has come, whatever it says."""
        call.ended = at
        self._took.append(at - call.began)
        self._quickest = None

    def halt(self, until: float) -> None:
        """Let nothing go before `until`."""
        self._halted = max(self._halted, until)

    def _free(self, now: float) -> float:
        """Give the moment at which the message before the last ones is a second old for sure."""
        if len(self._calls) < self._share:
            return float("-inf")
        oldest = self._calls[-self._share]
        if self._quickest is None:
            self._quickest = min(self._took, default=0.0)
        took = (now if oldest.ended is None else oldest.ended) - oldest.began
        if oldest.ended is None and took < 1.0:
            return oldest.began + 1.0 + GUARD
        late = min(max(took - self._quickest, 0.0), LATE_MOST)
        return oldest.began + late + 1.0 + GUARD
