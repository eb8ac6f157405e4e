"""The line to the other side: whether it answers, and how long it asks to be left alone."""

from collections.abc import Callable

from bot.mailing.pace import Pace
from bot.store.letters import Letter

AGAIN = 2
"""Seconds until another try of what did not arrive."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
"""Seconds for which nothing goes while the other side does not answer; doubled from the first on."""

_SILENCE = 8
"""Calls in a row without an answer after which the other side is taken to be away."""


class Line:
    """Halts the pace where the other side is away, or asks for it."""

    def __init__(self, pace: Pace, steady: Callable[[], float]) -> None:
        """Begin as if it had just answered; `steady` is the clock of `pace`."""
        self._pace, self._steady = pace, steady
        self._silent = 0
        self._shut: tuple[int, float] = (0, 0.0)

    @property
    def is_away(self) -> bool:
        """Tell whether the other side is asked by one call at a time, for it may not answer."""
        return self._silent >= _SILENCE

    def heard(self, *, answered: bool) -> None:
        """Count calls without an answer; after many in a row nothing goes for a while."""
        if answered:
            self._silent = 0
            return
        self._silent += 1
        if self.is_away:
            doubled = _FIRST_PAUSE * 2 ** min(self._silent - _SILENCE, 10)
            self._pace.halt(self._steady() + min(doubled, _LONGEST_PAUSE))

    def wait(self, letter: Letter, after: float | None) -> float:
        """Obey a 429: this chat waits; and if another one waits already, all of them do."""
        if after is None:
            return AGAIN
        now = self._steady()
        chat_id, until = self._shut
        if now < until and chat_id != letter.chat_id:
            self._pace.halt(max(until, now + after))
        self._shut = letter.chat_id, now + after
        return after
