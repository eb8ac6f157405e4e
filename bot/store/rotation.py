"""The long-term key replaced while the bot runs: every row is moved, then the old key is destroyed.

Each step is a transaction of its own, and each may be the last: whoever begins again goes on there.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select

from bot.errors import StoreError
from bot.staff.audit import Deed
from bot.store.audits import AuditBook
from bot.store.database import Database
from bot.store.erased import ErasedBook
from bot.store.renaming import Renaming
from bot.store.rightkey import RightKey
from bot.store.tables import campaign, learner, subscriber
from bot.store.turning import Turning

Rest = Callable[[float], Awaitable[None]]
"""Waits for so many seconds."""

GRACE: Final = 6.0
"""Seconds between a new version and the first row under it: longer than a turn waits for the database."""

_BREATH: Final = 0.02
"""Seconds in which turns have the database for themselves, after each batch."""

_LOOK_EVERY: Final = 600.0
"""Seconds between looks for a rotation that was left; one of a million rows takes less."""

_MOST: Final = 200
"""Rows moved in one transaction: measured, turns wait for it some 20 ms."""

_FIRST: Final[tuple[tuple[Table, Any], ...]] = ((campaign, ""), (subscriber, b""), (learner, b""))
"""What is moved in batches, and what comes before every key of it."""

_counts = [select(func.count()).select_from(table) for table in (subscriber, learner)]


async def at_once(_seconds: float) -> None:
    """Wait for nobody: where no other process serves."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did: the version there is now, the rows it moved and those it could not read."""

    number: int
    moved: int
    lost: int


class Rotation:
    """Rotates the long-term key. Every method raises `StoreError` if the database cannot."""

    def __init__(
        self,
        database: Database,
        turning: Turning,
        renaming: Renaming,
        right: RightKey,
        erased: ErasedBook,
        audits: AuditBook,
        clock: Callable[[], float],
    ) -> None:
        """Work in `database`, beside whatever other processes do there; `clock` in epoch seconds."""
        self._database, self._turning, self._renaming = database, turning, renaming
        self._right, self._erased, self._audits, self._clock = right, erased, audits, clock

    async def agree(self) -> None:
        """Refuse another long-term key, and bring an older copy to the version there is now.

        Raises:
            SettingsError: as `RightKey.fits`.
        """
        if not await self._database.read(self._right.fits):
            await self._database.upgrade(self._right.agree)
        # Marks name people as they are called now: first everybody must be called so.
        if await self._database.read(self._is_brought_back):
            await self.finish(at_once)

    @property
    def begun(self) -> bool:
        """Tell whether there is a rotation that was not finished."""
        return self._turning.key.rotates

    async def size(self) -> int:
        """Count the people whose rows are to be moved."""

        def work(connection: Connection) -> int:
            return sum(int(connection.execute(count).scalar_one()) for count in _counts)

        return await self._database.read(work)

    async def run(self, rest: Rest = asyncio.sleep) -> Rotated:
        """Make a new version of the key, or go on with the one that was begun; destroy the old.

        `rest` waits for so many seconds, for other processes.
        """
        await asyncio.to_thread(self._turning.key.advance)
        return await self.finish(rest)

    async def finish(self, rest: Rest) -> Rotated:
        """As `run`, without making a version."""
        # As a change of the tables: a batch reads and writes, and nobody writes in between.
        await self._database.upgrade(self._right.agree)
        await rest(GRACE)
        moved = 0
        while not await self._database.upgrade(self._end):
            for table, first in _FIRST:
                moved += await self._move(table, first, rest)
        await asyncio.to_thread(self._erased.rename)
        await self._database.tidy(thorough=True)
        await asyncio.to_thread(self._turning.key.retire)
        return Rotated(self._turning.key.current.number, moved, self._renaming.lost)

    async def look_after(self, rest: Rest = asyncio.sleep) -> None:
        """Finish, for ever, what was begun and is not finished at two looks ten minutes apart.

        For who began it may have been killed, and campaigns wait for the end of it.
        """
        left = False
        while True:
            await rest(_LOOK_EVERY)
            with suppress(
                StoreError
            ):  # the database is in trouble: the next look finds it as it is
                begun = await self._database.read(self._turning.lasts) or self.begun
                if begun and left:
                    await self.finish(rest)
                left = begun

    async def _move(self, table: Table, after: Any, rest: Rest) -> int:
        """Move every row of one table; how many there were."""
        moved = 0
        while after is not None:
            work = partial(self._renaming.move, table=table, after=after, most=_MOST)
            after, some = await self._database.upgrade(work)
            moved += some
            await rest(_BREATH)
        return moved

    def _is_brought_back(self, connection: Connection) -> bool:
        """Tell whether this older copy knows people by older names who were erased since."""
        return self._turning.lasts(connection) and self._erased.misses(connection)

    def _end(self, connection: Connection) -> bool:
        """Note that no row is under an older version any more, if that is so."""
        if not self._renaming.finish(connection):
            return False
        if self._turning.lasts(connection):
            number = self._turning.key.current.number
            self._turning.note(connection, number, number)
            self._audits.note(connection, Deed.ROTATED, None, self._clock())
        return True
