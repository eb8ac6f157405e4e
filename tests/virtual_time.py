"""An event loop whose hours pass at once: it skips to the next timer whenever nobody works."""

import asyncio
import functools
import selectors
from typing import Any

_STUCK = 60.0
"""Real seconds after which nobody is ever going to wake the loop."""


class _Skipping:
    """A selector that moves the loop's clock instead of waiting for it."""

    def __init__(self, loop):
        self._real = selectors.DefaultSelector()
        self._loop = loop

    def select(self, timeout=None):
        if timeout is not None and timeout <= 0:
            return self._real.select(0)
        if self._loop.threads_at_work or timeout is None:
            events = self._real.select(_STUCK)
            if not events:
                raise AssertionError("the loop waits for something that never comes")
            return events
        events = self._real.select(0)
        if not events:
            self._loop.skipped += timeout
        return events

    def __getattr__(self, name):
        return getattr(self._real, name)


class VirtualLoop(asyncio.SelectorEventLoop):
    """`time()` stands still while code runs and jumps to the next timer while nothing does.

    `present` is the latest loop, for clocks that other threads read.
    """

    present: "VirtualLoop"

    def __init__(self):
        self.skipped = 0.0
        self.threads_at_work = 0
        selector: Any = _Skipping(self)
        super().__init__(selector)
        VirtualLoop.present = self

    def time(self):
        return self.skipped

    def run_in_executor(  # type: ignore[override] # typeshed counts the arguments, we do not
        self, executor: Any, func: Any, *args: Any
    ) -> Any:
        future = super().run_in_executor(executor, func, *args)
        self.threads_at_work += 1
        future.add_done_callback(self._back)
        return future

    def _back(self, _future):
        self.threads_at_work -= 1


def in_no_time(test):
    """Run an async test in a loop whose hours pass at once."""

    @functools.wraps(test)
    def run(**fixtures):
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(test(**fixtures))

    return run


def in_virtual_time(test):
    """Run an async test about a `talk` in a loop of its own at time zero, and close the talk."""

    @functools.wraps(test)
    def run(talk, **fixtures):
        async def whole():
            try:
                await test(talk, **fixtures)
            finally:
                await talk.close()

        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(whole())

    return run
