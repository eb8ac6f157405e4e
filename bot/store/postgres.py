"""PostgreSQL on asyncpg, for more than one machine."""

from sqlalchemy import URL, Connection, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.database import ENGINE_OPTIONS, Result, Work
from bot.store.trouble import remedied

# "Tirek" in ASCII: any number does, as long as every process of ours takes the same.
_MIGRATION_LOCK = 0x546972656B


_STANDS_STILL = 10_000
"""Milliseconds after which the server ends a transaction whose process does nothing: one that froze, or whose
network is gone, holds its locks no longer, and another process goes on within 15 s (R37)."""


class PostgresDatabase:
    """One connection to a PostgreSQL database; several processes may have one each."""

    insert = staticmethod(postgresql.insert)

    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            connect_args={
                "server_settings": {"idle_in_transaction_session_timeout": str(_STANDS_STILL)}
            },
            **ENGINE_OPTIONS,
        )

    async def run(self, work: Work[Result]) -> Result:
        """Do `work` in one transaction."""
        with remedied():
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)

    async def read(self, work: Work[Result]) -> Result:
        """As `run`: here nobody waits for whoever reads."""
        return await self.run(work)

    async def upgrade(self, work: Work[Result]) -> Result:
        """As `run`, holding a lock that every process of ours asks for before it upgrades."""

        def locked(connection: Connection) -> Result:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _MIGRATION_LOCK})
            return work(connection)

        return await self.run(locked)

    async def tidy(self, *, thorough: bool) -> None:
        """Leave the files to the server: its autovacuum reuses the space."""

    async def close(self) -> None:
        """Close the connection."""
        with remedied():
            await self._engine.dispose()
