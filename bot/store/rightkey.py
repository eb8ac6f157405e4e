"""The key that long-term rows were written under: with another one nobody of them would be found."""

from typing import Any, Final

from sqlalchemy import Connection, or_, select

from bot.errors import SettingsError
from bot.store.longkey import LongKey
from bot.store.tables import erased, invitation, learner, staff, subscriber

_ONLY = 1
_WORDS: Final = "the key of these rows"

_load = select(erased.c.long_key).where(erased.c.id == _ONLY)
_KNOWN = (staff, learner, invitation, subscriber)
_anybody = select(or_(*(select(table).exists() for table in _KNOWN)))


def refuse_another(connection: Connection, insert: Any, key: LongKey) -> None:
    """Note which long-term key is used here; `insert` is the dialect's.

    Where nobody is known, as before the first one and after a lockdown, any key is right.

    Raises:
        SettingsError: the rows were written under another key.
    """
    mine = key.current.phrase(_WORDS)
    kept = connection.execute(_load).scalar_one_or_none()
    if kept is not None and bytes(kept) == mine:
        return
    if connection.execute(_anybody).scalar_one():
        raise SettingsError(
            f"The database holds people who are known under another long-term key than the one in "
            f"{key.folder}. Name the folder of that key in store.long_key, or put it back there. If "
            f"it is lost for good: `tirek lockdown` and `tirek lockdown --lift` let go of everybody."
        )
    statement = insert(erased)
    note = statement.on_conflict_do_update(
        index_elements=["id"], set_={"long_key": statement.excluded.long_key}
    )
    connection.execute(note, {"id": _ONLY, "number": 0, "long_key": mine})
