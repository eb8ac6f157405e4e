"""What the store asks of a database, and which one an address means.

Work is a plain function over a SQLAlchemy connection, the same for both databases; all that
differs between them is in `bot.store.sqlite` and `bot.store.postgres`.
"""

import logging
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError

Result = TypeVar("Result")
Work = Callable[[Connection], Result]

ENGINE_OPTIONS: dict[str, Any] = {
    "hide_parameters": True,
    "pool_size": 1,
    "max_overflow": 0,
    "pool_reset_on_return": None,  # every transaction is ended by us; a second end costs a trip
}
"""One open connection, used by one transaction at a time."""

_URL_HINT = (
    "The database address is not understood. Write sqlite:///path/to/tirek.db "
    "or postgresql+asyncpg://user:password@host/name."
)


class Database(Protocol):
    """What the store asks of a database. All of it raises `StoreError` with the remedy."""

    insert: Any
    """The dialect's INSERT, which knows ON CONFLICT."""

    async def run(self, work: Work[Result]) -> Result:
        """Do `work` in one transaction: durable when this returns, or not done at all."""

    async def read(self, work: Work[Result]) -> Result:
        """As `run`, for what changes nothing: it sees one moment, and no other process waits for it."""

    async def upgrade(self, work: Work[Result]) -> Result:
        """As `run`, for changes of the tables: locks out every other process meanwhile."""

    async def tidy(self, *, thorough: bool) -> None:
        """Remove deleted rows from the raw files; `thorough` also from the corners of pages."""

    async def close(self) -> None:
        """Let go of the database."""


def connect(url: str) -> Database:
    """The database at `url`, not yet touched.

    Raises:
        SettingsError: `url` names neither SQLite nor PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SettingsError(_URL_HINT) from None
    # Below this level it prints the rows it reads, even with hide_parameters.
    logging.getLogger("sqlalchemy.engine.Engine").setLevel(logging.WARNING)
    # Only the one in use is imported: the other would cost a start a fifth of a second.
    match parsed.get_backend_name():
        case "sqlite":
            from bot.store.sqlite import SqliteDatabase  # noqa: PLC0415

            return SqliteDatabase(parsed)
        case "postgresql":
            from bot.store.postgres import PostgresDatabase  # noqa: PLC0415

            return PostgresDatabase(parsed)
    raise SettingsError(_URL_HINT)
