"""The key that long-term rows were written under: with another one nobody of them would be found."""

from typing import Any, Final

from sqlalchemy import Connection, or_, select

from bot.errors import SettingsError
from bot.store.renaming import Renaming
from bot.store.tables import erased, invitation, key_version, learner, staff, subscriber
from bot.store.turning import Turning

_ONLY: Final = 1
_WORDS: Final = "the key of these rows"

_load = select(erased.c.long_key).where(erased.c.id == _ONLY)
_oldest = select(key_version.c.oldest)
_KNOWN = (staff, learner, invitation, subscriber)
_anybody = select(or_(*(select(table).exists() for table in _KNOWN)))


class RightKey:
    """Keeps what tells which version of which long-term key the rows are under."""

    def __init__(self, insert: Any, turning: Turning, renaming: Renaming) -> None:
        """Compare with the key of `turning`; `insert` is the dialect's."""
        self._turning, self._renaming, self._key = turning, renaming, turning.key
        statement = insert(erased)
        self._note = statement.on_conflict_do_update(
            index_elements=["id"], set_={"long_key": statement.excluded.long_key}
        )

    def fits(self, connection: Connection) -> bool:
        """Tell whether the database is at the newest version; `agree` brings it there.

        Raises:
            SettingsError: the rows were written under another key, or under a version that the
                folder does not hold any more.
        """
        return self._versions(connection)[0] == self._key.current.number

    def agree(self, connection: Connection) -> None:
        """Bring a database to the newest version, or begin to: its team is renamed at once.

        Raises as `fits`.
        """
        newest = self._key.current
        number, oldest = self._versions(connection)
        if number == newest.number:
            return
        if number:
            self._renaming.team(connection, number)
        fingerprint = newest.phrase(_WORDS)
        connection.execute(self._note, {"id": _ONLY, "number": 0, "long_key": fingerprint})
        self._turning.note(connection, newest.number, oldest or newest.number)

    def _versions(self, connection: Connection) -> tuple[int, int]:
        """Find the version that rows get and the oldest they may be under.

        Both are 0 where nobody is known under a version that can be read: before the first one, and
        after a lockdown. Any key is right there.
        """
        kept = connection.execute(_load).scalar_one_or_none()
        number = self._key.current.known_as(_WORDS, bytes(kept)) if kept is not None else None
        oldest = connection.execute(_oldest).scalar_one_or_none() or number
        if number is not None and oldest is not None and self._key.holds(oldest):
            return number, oldest
        if connection.execute(_anybody).scalar_one():
            raise self._another() if number is None or oldest is None else self._missing(oldest)
        return 0, 0

    def _another(self) -> SettingsError:
        return SettingsError(
            f"The database holds people who are known under another long-term key than the one in "
            f"{self._key.folder}. Name the folder of that key in store.long_key, or put it back there. If "
            f"it is lost for good: `tirek lockdown` and `tirek lockdown --lift` let go of everybody."
        )

    def _missing(self, number: int) -> SettingsError:
        return SettingsError(
            f"The database is an older copy: it holds people who are known under version {number} of the "
            f"long-term key, and {self._key.folder} holds newer ones only. Put epoch-{number}.key back "
            f"there, beside the others, and start again. If it is lost for good: `tirek lockdown` and "
            f"`tirek lockdown --lift` let go of everybody."
        )
