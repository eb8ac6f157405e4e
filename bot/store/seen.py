"""Update ids that are applied already, within the caller's transaction."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.store.batch import SEEN_LIFE
from bot.store.tables import seen

_load = select(seen.c.update_id).where(
    seen.c.update_id.in_(bindparam("ids", expanding=True)), seen.c.expires > bindparam("now")
)


class SeenBook:
    """Finds and marks the rows of `seen`."""

    def __init__(self, insert: Any) -> None:
        """Write with `insert`, which is the dialect's."""
        self._mark = insert(seen).on_conflict_do_nothing(index_elements=["update_id"])

    def load(self, connection: Connection, update_ids: Collection[int], now: int) -> set[int]:
        """Those of `update_ids` that are applied already."""
        return set(connection.execute(_load, {"ids": [*update_ids], "now": now}).scalars())

    def mark(self, connection: Connection, update_ids: Collection[int], now: int) -> None:
        """Remember `update_ids`; repeating one is harmless."""
        expires = now + SEEN_LIFE
        marks = [{"update_id": id_, "expires": expires} for id_ in update_ids]
        connection.execute(self._mark, marks)
