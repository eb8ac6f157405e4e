"""Statements of the busiest transactions, written for a database once and run by its driver as they stand.

SQLAlchemy prepares a statement and its result anew each time it runs. For the few statements that
are run for every eight messages of a campaign that costs several times what the database does.
"""

from collections import namedtuple
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError

Values = Mapping[str, Any]
"""The values of a statement by the names of its parameters: numbers, words and bytes, and no lists."""


class Prepared:
    """A statement that is written in the words of a database when it is run for the first time.

    Every method raises what SQLAlchemy would raise in its place.
    """

    def __init__(self, statement: ClauseElement) -> None:
        """Take a statement all of whose values a driver takes, and gives, as they are."""
        self._statement = statement
        self._written: dict[str, tuple[str, Sequence[str], dict[str, Any]]] = {}
        self._row = _row_of(statement)

    def rows(self, connection: Connection, values: Values | None = None) -> list[Any]:
        """Read rows, with their columns by name."""
        written, names, fixed = self._words(connection.dialect)
        ordered = _ordered(names, fixed, values or {})
        cursor = connection.connection.cursor()
        try:
            cursor.execute(written, ordered)
            _tell(connection, cursor, written, ordered)
            return [*map(self._row._make, cursor.fetchall())]
        except connection.dialect.loaded_dbapi.Error as error:
            raise _failed(connection, error, cursor) from None
        finally:
            cursor.close()

    def run(self, connection: Connection, *rows: Values) -> int:
        """Run it once for each of `rows`; with one of them, how many rows of the table were changed."""
        written, names, fixed = self._words(connection.dialect)
        values = [_ordered(names, fixed, one) for one in rows]
        cursor = connection.connection.cursor()
        try:
            if len(values) == 1:
                cursor.execute(written, values[0])
            else:
                cursor.executemany(written, values)
            _tell(connection, cursor, written, values)
            return int(cursor.rowcount)
        except connection.dialect.loaded_dbapi.Error as error:
            raise _failed(connection, error, cursor) from None
        finally:
            cursor.close()

    def _words(self, dialect: Dialect) -> tuple[str, Sequence[str], dict[str, Any]]:
        """Write it in the words of a database; which values it takes in order, and those it has."""
        if dialect.name not in self._written:
            compiled: Any = self._statement.compile(dialect=dialect)
            asked = {name for name, bind in compiled.binds.items() if bind.required}
            fixed = {name: one for name, one in compiled.params.items() if name not in asked}
            self._written[dialect.name] = str(compiled), compiled.positiontup, fixed
        return self._written[dialect.name]


def _row_of(statement: ClauseElement) -> Any:
    names = statement.selected_columns.keys() if isinstance(statement, Select) else ()
    return namedtuple("Row", names)  # noqa: PYI024 - the columns of a statement


def _ordered(names: Sequence[str], fixed: Values, values: Values) -> tuple[Any, ...]:
    return tuple([values[name] if name in values else fixed[name] for name in names])


def _tell(connection: Connection, cursor: Any, written: str, values: object) -> None:
    """Tell whoever listens to what SQLAlchemy runs."""
    if listeners := connection.dispatch.after_cursor_execute:
        listeners(connection, cursor, written, values, None, isinstance(values, list))


def _failed(connection: Connection, error: Any, cursor: Any) -> Any:
    """Say in SQLAlchemy's words what a driver said, and let go of a connection that is lost."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, cursor)
    if lost:
        connection.invalidate(error)
    return DBAPIError.instance(
        None,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )
