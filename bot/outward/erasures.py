"""Who is to be forgotten is forgotten: rows first, then, for all at once, every trace in the raw files."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass

from bot.errors import StoreError
from bot.store.store import Store

_log = logging.getLogger("tirek.erasures")

_CONFIRMED_WITHIN = 4.0
"""Seconds a chat has to be cleared and a confirmation to arrive before every trace is erased
without; R6 gives five."""

_GATHERING = 3.0
"""Seconds for which the traces of who blocked the bot wait for those of others, less what it takes to
remove them: all of them go at once. R6 gives five."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
"""Seconds between tries while the database does not answer; doubled from the first on."""


@dataclass(slots=True)
class _Confirming:
    """Somebody about to be erased: the reply that tells her so, and what is waited for."""

    reply: int
    clearing: asyncio.Task[None]
    told: bool = False


class Erasures:
    """Erases people apart from the turns, which it must not hold up.

    Their rows go at once. That no trace of them is left takes a rewriting of the raw files, for which
    everybody waits; so it is done once for all who are erased within a few seconds.
    """

    def __init__(self, store: Store) -> None:
        """Erase in `store`; nothing runs before `run`."""
        self._store = store
        self._confirming: dict[int, _Confirming] = {}
        self._asked: dict[int, int | None] = {}
        self._some = asyncio.Event()
        self._due: float | None = None
        self._took = 0.0

    def now(self, user_id: int) -> None:
        """Erase everything of this person as soon as the database allows."""
        self._confirming.pop(user_id, None)
        self._asked[user_id] = None
        self._ask(_GATHERING - self._took)

    def confirmed(self, user_id: int, reply: int) -> None:
        """Erase what stood before `reply` told this person that it is erased, and that reply.

        That waits a few seconds at most until her chat is cleared, if it is being cleared.
        """
        waiting = self._confirming.get(user_id)
        if waiting is None or waiting.reply != reply:
            self._erase_until(user_id, reply)
            return
        waiting.told = True
        self._go_on(user_id, reply)

    def once_confirmed(self, user_id: int, reply: int, clearing: asyncio.Task[None]) -> None:
        """Erase this person when she has been told and `clearing` is done, or after a few seconds."""
        self._confirming[user_id] = _Confirming(reply, clearing)
        clearing.add_done_callback(lambda _: self._go_on(user_id, reply))
        loop = asyncio.get_running_loop()
        loop.call_later(_CONFIRMED_WITHIN, self._unconfirmed, user_id, reply)

    async def run(self) -> None:
        """Erase whoever asks, until cancelled; what fails is tried again."""
        pause = _FIRST_PAUSE
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._due):
                    await self._some.wait()
            self._some.clear()
            try:
                await self._all()
                if self._due is not None and self._due <= asyncio.get_running_loop().time():
                    await self._compact()
            except StoreError:
                _log.exception("erase.failed")
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
                self._some.set()
            else:
                pause = _FIRST_PAUSE

    async def finish(self) -> None:
        """Erase whoever is left, before the store is closed.

        Raises:
            StoreError: the database cannot do it now.
        """
        for user_id, waiting in [*self._confirming.items()]:
            self._unconfirmed(user_id, waiting.reply)
        await self._all()
        if self._due is not None:
            await self._compact()

    async def _all(self) -> None:
        """Take the rows of all who ask: of those who blocked the bot in one transaction."""
        while self._asked:
            asked, self._asked = self._asked, {}
            blocked = [user_id for user_id, reply in asked.items() if reply is None]
            try:
                if blocked:
                    await self._store.forget(*blocked)
                for user_id, reply in asked.items():
                    if reply is not None:
                        await self._store.forget(user_id, until=reply)
            except BaseException:
                self._asked = asked | self._asked
                raise

    async def _compact(self) -> None:
        """Leave no trace of those whose rows are gone."""
        loop = asyncio.get_running_loop()
        due, self._due, began = self._due, None, loop.time()
        try:
            await self._store.compact()
        except BaseException:
            self._due = due
            raise
        self._took = loop.time() - began

    def _ask(self, within: float) -> None:
        """Erase soon; no trace is to be left when so many seconds are over."""
        due = asyncio.get_running_loop().time() + within
        self._due = due if self._due is None else min(self._due, due)
        self._some.set()

    def _go_on(self, user_id: int, reply: int) -> None:
        waiting = self._confirming.get(user_id)
        if waiting and waiting.reply == reply and waiting.told and waiting.clearing.done():
            self._unconfirmed(user_id, reply)

    def _unconfirmed(self, user_id: int, reply: int) -> None:
        waiting = self._confirming.get(user_id)
        if waiting is not None and waiting.reply == reply:
            del self._confirming[user_id]
            self._erase_until(user_id, reply)

    def _erase_until(self, user_id: int, reply: int) -> None:
        if self._asked.get(user_id, reply) is not None:
            self._asked[user_id] = reply
        self._ask(0.0)
