"""A database's errors in the words of whoever must act."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.errors import StoreError


@contextmanager
def remedied() -> Iterator[None]:
    """Turn a database's error into ours: the remedy and a code, never a value of a row."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(_remedy(error)) from None


_REMEDIES = {
    "SQLITE_FULL": "The disk is full. Free some room",
    "SQLITE_READONLY": "The database file cannot be written. Give it to the bot's user",
    "SQLITE_CANTOPEN": "The database file cannot be opened. Give its folder to the bot's user",
    "SQLITE_BUSY": "Another program holds the database. Let it finish, or stop it",
    "SQLITE_LOCKED": "Another program holds the database. Let it finish, or stop it",
    "SQLITE_IOERR": "The disk does not take or give data. Check its room and its health",
    "SQLITE_CORRUPT": "The database file is damaged. Restore the latest backup",
    "SQLITE_NOTADB": "The database file is no database. Restore the latest backup",
    "53100": "The disk of the database server is full. Free some room",
    "28P01": "The database refused the password. Mend the address in the settings",
    "3D000": "The database does not exist. Create it, or mend the address in the settings",
}


def _remedy(error: Exception) -> str:
    code = type(error).__name__
    if isinstance(error, DBAPIError) and error.orig is not None:
        code = getattr(error.orig, "sqlstate", None) or type(error.orig).__name__
        if isinstance(error.orig, sqlite3.Error):
            code = getattr(error.orig, "sqlite_errorname", code)
    fallback = "The database does not do its work. Check that it answers and its disk has room"
    known = (remedy for start, remedy in _REMEDIES.items() if code.startswith(start))
    remedy = next(known, fallback)
    return f"{remedy}; the bot then goes on by itself, nothing was confirmed or lost. ({code})"
