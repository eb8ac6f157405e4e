"""SQLite: one file of ours, or memory.

The whole of a transaction runs in one hop to a thread of our own: a hop for each statement, as
the asyncio drivers for SQLite do it, costs several times the work itself.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import QueuePool

from bot.store.database import ENGINE_OPTIONS, Result, Work
from bot.store.prepared import Prepared
from bot.store.trouble import remedied

BUSY_SECONDS = 5
"""How long SQLite waits for another program, such as a backup, to let go of the file."""

_PRAGMAS = (
    f"busy_timeout = {BUSY_SECONDS * 1000}",  # first: the next one may have to wait already
    "journal_mode = WAL",
    "synchronous = FULL",
    "secure_delete = ON",
    "temp_store = MEMORY",
)

_WRITING, _READING = Prepared(text("BEGIN IMMEDIATE")), Prepared(text("BEGIN"))


class SqliteDatabase:
    """One file, 0600, in a folder of ours, 0700; or memory, when the address names no file."""

    insert = staticmethod(sqlite.insert)

    def __init__(self, url: URL) -> None:
        self._file = Path(url.database) if url.database not in (None, "", ":memory:") else None
        self._connection: Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._engine = create_engine(
            url.set(drivername="sqlite"), poolclass=QueuePool, **ENGINE_OPTIONS
        )
        event.listen(self._engine, "do_connect", self._create_private)
        event.listen(self._engine, "connect", _set_pragmas)

    async def run(self, work: Work[Result]) -> Result:
        """Do `work` in one transaction, in one hop; it ends even if the caller is cancelled.

        It begins as a writer: what it read no other process changes before it has changed that itself.
        """
        return await self._transact(_WRITING, work)

    async def read(self, work: Work[Result]) -> Result:
        """As `run`, for what changes nothing: it waits for nobody, and nobody for it."""
        return await self._transact(_READING, work)

    async def upgrade(self, work: Work[Result]) -> Result:
        """As `run`, which locks out every other process that writes anyway."""
        return await self.run(work)

    async def tidy(self, *, thorough: bool) -> None:
        """Empty the write-ahead log; `thorough` also rewrites the file without its leftovers.

        Measured: secure_delete and an emptied log leave single keys in page corners, VACUUM none.
        """

        def whole() -> None:
            with remedied():
                connection = self._connected()
                with connection.begin():  # for SQLAlchemy: SQLite does neither within a transaction
                    if thorough:
                        connection.exec_driver_sql("VACUUM")
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

        await self._hop(whole)

    async def close(self) -> None:
        """Close the file and end the thread."""
        await self._hop(self._disconnect)
        self._thread.shutdown()

    async def _transact(self, how: Prepared, work: Work[Result]) -> Result:
        def whole() -> Result:
            with remedied():
                connection = self._connected()
                with connection.begin():
                    how.run(connection, {})
                    return work(connection)

        return await self._hop(whole)

    def _connected(self) -> Connection:
        """Give the one connection, which is never let go of: to check it out anew costs more than to use it."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()

    async def _hop(self, whole: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, whole)

    def _create_private(self, *_: Any) -> None:
        if self._file is None:
            return
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # a transaction begins where we say so
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
