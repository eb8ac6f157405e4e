"""Who is to be forgotten is forgotten: rows first, then every trace in the raw files."""

import asyncio
import logging

from bot.errors import StoreError
from bot.store.store import Store

_log = logging.getLogger("tirek.erasures")

_CONFIRMED_WITHIN = 4.0
"""Seconds a confirmation has to arrive before every trace is erased without it; R6 gives five."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
"""Seconds between tries while the database does not answer; doubled from the first on."""


class Erasures:
    """Erases people one after another, apart from the turns, which it must not hold up."""

    def __init__(self, store: Store) -> None:
        """Erase in `store`; nothing runs before `run`."""
        self._store = store
        self._confirming: dict[int, int] = {}
        self._asked: dict[int, int | None] = {}
        self._some = asyncio.Event()

    def now(self, user_id: int) -> None:
        """Erase everything of this person as soon as the database allows."""
        self._confirming.pop(user_id, None)
        self._asked[user_id] = None
        self._some.set()

    def confirmed(self, user_id: int, reply: int) -> None:
        """Erase what stood before `reply` told this person that it is erased, and that reply."""
        self._confirming.pop(user_id, None)
        if self._asked.get(user_id, reply) is not None:
            self._asked[user_id] = reply
        self._some.set()

    def once_confirmed(self, user_id: int, reply: int) -> None:
        """Erase this person when `confirmed` says that she has been told, or after a few seconds."""
        self._confirming[user_id] = reply
        loop = asyncio.get_running_loop()
        loop.call_later(_CONFIRMED_WITHIN, self._unconfirmed, user_id, reply)

    async def run(self) -> None:
        """Erase whoever asks, until cancelled; what fails is tried again."""
        pause = _FIRST_PAUSE
        while True:
            await self._some.wait()
            try:
                await self._all()
            except StoreError:
                _log.exception("erase.failed")
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                pause = _FIRST_PAUSE
                self._some.clear()

    async def finish(self) -> None:
        """Erase whoever is left, before the store is closed.

        Raises:
            StoreError: the database cannot do it now.
        """
        for user_id, reply in [*self._confirming.items()]:
            self.confirmed(user_id, reply)
        await self._all()

    async def _all(self) -> None:
        while self._asked:
            user_id, reply = self._asked.popitem()
            try:
                await self._store.forget(user_id, reply)
            except BaseException:
                self._asked.setdefault(user_id, reply)
                raise

    def _unconfirmed(self, user_id: int, reply: int) -> None:
        if self._confirming.get(user_id) == reply:
            self.confirmed(user_id, reply)
