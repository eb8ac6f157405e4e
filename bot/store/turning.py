"""Which version of the long-term key the database is at: asked once in each transaction that needs it.

A rotation is seen by every process with its next transaction, without a word between them.
"""

from typing import Any

from sqlalchemy import Connection, select

from bot.errors import KeyMissingError
from bot.store.longkey import LongKey
from bot.store.prepared import Prepared
from bot.store.tables import key_version
from bot.store.versions import Version

_ONLY = 1

_load = Prepared(select(key_version))


class Turning:
    """Brings the key of this process to the version that the database is at.

    Attributes:
        key: the key.
        oldest: the oldest version that a row may be under; that of the key but during a rotation.
    """

    def __init__(self, insert: Any, key: LongKey) -> None:
        """Follow with `key`; `insert` is the dialect's."""
        self.key = key
        self.oldest = key.current.number
        self._asked: object = None
        statement = insert(key_version)
        columns = ("number", "oldest")
        self._note = statement.on_conflict_do_update(
            index_elements=["id"], set_={name: statement.excluded[name] for name in columns}
        )

    def current(self, connection: Connection) -> Version:
        """Give the version that rows get now.

        Raises:
            KeyMissingError: the key was destroyed; or the database is at a version that the folder
                of this process does not hold.
        """
        transaction = connection.get_transaction()
        if transaction is not self._asked:
            self._follow(connection)
            self._asked = transaction
        return self.key.current

    def lasts(self, connection: Connection) -> bool:
        """Tell whether the key is being rotated: rows may be under an older version yet."""
        version = self.current(connection)
        return self.oldest < version.number

    def note(self, connection: Connection, number: int, oldest: int) -> None:
        """Write down that rows get version `number`, and that none is older than `oldest`."""
        connection.execute(self._note, {"id": _ONLY, "number": number, "oldest": oldest})
        self._asked = None

    def _follow(self, connection: Connection) -> None:
        row = next(iter(_load.rows(connection)), None)
        number = row.number if row else self.key.current.number
        if number > self.key.current.number:
            self.key.look_again()
        if number != self.key.current.number:
            raise KeyMissingError(
                f"The database is at version {number} of the long-term key, and {self.key.folder} "
                f"holds version {self.key.current.number}. Put all files of the newest one there."
            )
        self.oldest = row.oldest if row else number
        if self.oldest == number and self.key.rotates:
            self.key.look_again()  # what was destroyed on the disk has no place in memory either
