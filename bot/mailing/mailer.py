"""Campaigns are sent: evenly, in a small window, to nobody who left, in two copies at most.

Everything a process could forget is in the store before it matters: a letter is claimed there with a
lease before it goes, and what became of it is written down with the next claim. So a crash
leaves no more in doubt than the window holds, and somebody else takes it up when the lease ends.

Letters are fetched by `rounds.py` into the tray (`tray.py`); from there they go at the pace, each on an
errand of its own (`errands.py`).
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Self

from bot.channels.port import Channel
from bot.errors import StoreError
from bot.mailing.errands import Errands
from bot.mailing.line import Line
from bot.mailing.pace import Call, Pace
from bot.mailing.pages import Pages
from bot.mailing.rounds import Rounds
from bot.mailing.terms import FRESH, Clocks, Terms
from bot.mailing.tray import Tray
from bot.store.bag import Bag
from bot.store.letters import Fate, Letter
from bot.store.mailroom import Mailroom

_log = logging.getLogger("tirek.mailing")

_STRIDE = 0.008
"""Seconds for which letters that may go soon are waited for, to go together: a wake-up for each costs more."""

_PARTING = 2.5
"""Seconds to wait for answers when told to stop; what has none by then is in doubt."""


class Mailer:
    """Sends what the mailroom hands out, from `async with` on."""

    def __init__(
        self,
        mailroom: Mailroom,
        channel: Channel,
        pages: Pages,
        pace: Pace,
        clocks: Clocks,
        terms: Terms,
        bag: Bag,
        *,
        erase: Callable[[int], None],
    ) -> None:
        """Prepare; nothing goes before `async with`.

        Args:
            mailroom: where campaigns are.
            channel: the way out.
            pages: what they look like.
            pace: how fast they may go; by the steady clock of `clocks`.
            clocks: the time.
            terms: what it keeps to.
            bag: where a kill leaves what is under way; closed in the end.
            erase: called with the chat of a person who does not want to hear from us any more.
        """
        self._pace, self._clocks, self._bag = pace, clocks, bag
        self._tray = Tray(terms.window, pace, clocks.wall)
        self._line = Line(pace, clocks.steady)
        self._errands = Errands(mailroom, channel, pages, self._tray, self._line, bag, erase=erase)
        self._rounds = Rounds(mailroom, pages, pace, clocks, terms, self._tray, bag)

    async def __aenter__(self) -> Self:
        """Begin to send."""
        self._dispatching = asyncio.create_task(self._dispatch(), name="letters")
        self._exchanging = asyncio.create_task(self._rounds.run(), name="mailroom")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Give back what has not gone, settle what is under way, and let another process go on."""
        self._tray.stopping = True
        self._tray.wanted.set()
        self._dispatching.cancel()
        # An exchange that is under way has claimed letters, or has settled some: it ends first.
        with suppress(TimeoutError):
            async with asyncio.timeout(_PARTING):
                await asyncio.wait((self._exchanging,))
                self._tray.give_back()
                await asyncio.gather(*self._tray.calls, return_exceptions=True)
        late = (self._dispatching, self._exchanging, *self._tray.calls)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        self._tray.give_back()
        with suppress(StoreError):
            await self._rounds.leave()
        self._bag.close()

    async def _dispatch(self) -> None:
        while True:
            if not self._tray.waiting:
                self._tray.ready.clear()
                await self._tray.ready.wait()
            now = self._clocks.steady()
            wait = self._pace.next(now) - now
            if wait > FRESH:
                self._tray.give_back()
            elif wait > 0:
                all_of_them = wait + (len(self._tray.waiting) - 1) / (self._pace.share or 1)
                await asyncio.sleep(max(wait, min(all_of_them, _STRIDE)))
            elif self._line.is_away and self._tray.calls:
                await asyncio.wait(self._tray.calls, return_when=asyncio.FIRST_COMPLETED)
            else:
                self._send(self._tray.waiting.popleft())

    def _send(self, letter: Letter) -> None:
        """Send one letter, unless what was known when it was claimed is too old by now."""
        phase = self._rounds.going.get(letter.campaign)
        if phase not in letter.wanted or self._clocks.wall() - letter.claimed > FRESH:
            self._tray.settle(letter, Fate.UNSENT)
            return
        call = self._pace.begin(self._clocks.steady())
        task = asyncio.get_running_loop().create_task(self._timed(call, self._errands.of(letter)))
        self._tray.calls[task] = letter
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        letter = self._tray.calls.pop(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("mailing.broken", exc_info=task.exception())
            self._tray.settle(letter, Fate.FAILED)
        self._tray.ask_for_more()

    async def _timed(self, call: Call, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        finally:
            now = self._clocks.steady()
            self._tray.answered(now - call.began)
            self._pace.end(call, now)
