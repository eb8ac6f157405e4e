"""Long polls: one poller at a time."""

import asyncio

from tests.standin.pulse import Pulse
from tests.standin.refusal import Refusal
from tests.standin.updates import Update, Updates

LONGEST = 50  # seconds


def conflict(why: str) -> Refusal:
    """A 409."""
    return Refusal(409, f"Conflict: {why}")


class Polling:
    """Holds a `getUpdates` until there is something to say."""

    def __init__(self, updates: Updates, pulse: Pulse):
        self._updates, self._pulse = updates, pulse
        self._turn: asyncio.Future[bool] | None = None

    async def poll(self, offset: int, limit: int, timeout: int) -> list[Update]:  # noqa: ASYNC109
        """Updates, at latest after `timeout` seconds; an older poll that waits gets a 409."""
        self.stop("terminated by other getUpdates request;"
                  " make sure that only one bot instance is running")  # fmt: skip
        loop = asyncio.get_running_loop()
        end = loop.time() + min(timeout, LONGEST)
        while True:
            found = self._updates.take(offset, limit)
            left = end - loop.time()
            if found or left <= 0:
                return found
            turn = self._turn = loop.create_future()
            self._pulse.beat()
            timer = loop.call_later(left, self._wake, turn)
            try:
                await turn
            finally:
                timer.cancel()
                if self._turn is turn:
                    self._turn = None

    @staticmethod
    def _wake(turn: "asyncio.Future[bool]") -> None:
        if not turn.done():
            turn.set_result(True)

    @property
    def waiting(self) -> bool:
        """Whether a poll is held now."""
        return self._turn is not None

    def wake(self) -> None:
        """Something new is in the queue."""
        if self._turn is not None:
            self._wake(self._turn)

    def stop(self, why: str) -> None:
        """End a waiting poll with a 409."""
        if self._turn is not None and not self._turn.done():
            self._turn.set_exception(conflict(why))
        self._turn = None
