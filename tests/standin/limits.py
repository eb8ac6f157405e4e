"""How fast the bot may send. All off until set."""

import math
from collections import defaultdict, deque

from tests.standin.clock import Clock
from tests.standin.refusal import too_fast

SENDING = frozenset(
    (
        "sendMessage",
        "sendContact",
        "sendVenue",
        "sendVoice",
        "sendVideo",
        "sendPhoto",
        "sendDocument",
        "sendPoll",
        "copyMessage",
    )
)
"""The methods that put a new message into a chat."""


class _Window:
    """At most `most` in any `seconds`; who exceeds it is told to wait and stays shut out so long."""

    def __init__(self, most: int, seconds: float):
        self._most, self._seconds = most, seconds
        self._times: dict[int, deque[float]] = defaultdict(deque)
        self._shut: dict[int, float] = {}

    def wait(self, key: int, now: float) -> int:
        """Whole seconds to wait before the next, 0 if it may go now."""
        times = self._times[key]
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._most and self._shut.get(key, 0.0) <= now:
            self._shut[key] = now + max(1, math.ceil(times[0] + self._seconds - now))
        return max(0, math.ceil(self._shut.get(key, 0.0) - now))

    def count(self, key: int, now: float) -> None:
        self._times[key].append(now)


def _rate(per_second: float) -> _Window:
    if per_second >= 1:
        return _Window(int(per_second), 1.0)
    return _Window(1, 1.0 / per_second)


class Limits:
    """Messages a second to a chat and in all, and a minute to a group (negative ids)."""

    def __init__(self, clock: Clock):
        self._clock = clock
        self._chat: _Window | None = None
        self._all: _Window | None = None
        self._group: _Window | None = None
        self._shut: dict[int | None, float] = {}

    def shut(self, chat_id: int | None, seconds: float) -> None:
        """Refuse whatever goes to this chat, or to any (None), for so long."""
        self._shut[chat_id] = self._clock.now() + seconds

    def set(
        self,
        *,
        per_chat: float | None = None,
        overall: float | None = None,
        per_group_minute: int | None = None,
    ) -> None:
        """Replace the limits; None is without limit."""
        self._chat = _rate(per_chat) if per_chat else None
        self._all = _rate(overall) if overall else None
        self._group = _Window(per_group_minute, 60.0) if per_group_minute else None

    def admit(self, method: str, chat_id: int) -> None:
        """Count a message; Refusal 429 with `retry_after` when it comes too early."""
        now = self._clock.now()
        shut = max(self._shut.get(chat_id, 0.0), self._shut.get(None, 0.0))
        if now < shut:
            raise too_fast(math.ceil(shut - now))
        if method not in SENDING:
            return
        asked = [(self._chat, chat_id), (self._all, 0)]
        if chat_id < 0:
            asked.append((self._group, chat_id))
        windows = [(window, key) for window, key in asked if window is not None]
        waits = [window.wait(key, now) for window, key in windows]
        if any(waits):
            raise too_fast(max(waits))
        for window, key in windows:
            window.count(key, now)
