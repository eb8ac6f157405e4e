"""Waking those who wait for the world to change."""

import asyncio
from collections.abc import Callable


class Pulse:
    """Beats on every change; waiters look again at each beat, and never sleep in between."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        """Tell every waiter that something changed."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def next(self) -> None:
        """Return at the next beat."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    async def until(self, true: Callable[[], bool], timeout: float, what: str) -> None:  # noqa: ASYNC109
        """Return once `true()` holds; after `timeout` real seconds raise TimeoutError(`what`)."""
        try:
            async with asyncio.timeout(timeout):
                while not true():
                    await self.next()
        except TimeoutError:
            raise TimeoutError(f"after {timeout} s still not: {what}") from None

    async def quiet(self, seconds: float) -> bool:
        """Whether `seconds` of real time pass without a beat; returns early at one."""
        try:
            async with asyncio.timeout(seconds):
                await self.next()
        except TimeoutError:
            return True
        return False
