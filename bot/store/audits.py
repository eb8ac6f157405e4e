"""The audit log in its table: rows are added at the end and ended at the beginning, never changed."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select

from bot.campaigns.events import (
    Allowed,
    Amended,
    Approved,
    Begun,
    Corrected,
    Deleted,
    Doubted,
    Dropped,
    Event,
    Finished,
    Lapsed,
    Paused,
    Proposed,
    Recalled,
    Resumed,
    Revised,
    Stopped,
    Withdrawn,
)
from bot.staff.audit import LIFE, Deed, Entry
from bot.staff.roles import Role
from bot.store.batch import HOUR
from bot.store.tables import audit

_all = select(audit).order_by(audit.c.number)
_last = select(audit).order_by(audit.c.number.desc()).limit(1)
_note = insert(audit)
_old = select(func.max(audit.c.number)).where(audit.c.hour <= bindparam("hour"))
_end = delete(audit).where(audit.c.number < bindparam("number"))

DEEDS: Final[Mapping[type[Event], Deed]] = {
    Proposed: Deed.PROPOSED,
    Approved: Deed.APPROVED,
    Revised: Deed.REVISED,
    Withdrawn: Deed.WITHDRAWN,
    Deleted: Deed.DELETED,
    Lapsed: Deed.LAPSED,
    Begun: Deed.BEGUN,
    Paused: Deed.PAUSED,
    Resumed: Deed.RESUMED,
    Stopped: Deed.STOPPED,
    Finished: Deed.FINISHED,
    Recalled: Deed.RECALLED,
    Corrected: Deed.CORRECTED,
    Allowed: Deed.ALLOWED,
    Amended: Deed.AMENDED,
    Dropped: Deed.DROPPED,
    Doubted: Deed.DOUBTED,
}
"""What is noted in the audit log, by what happened."""


class AuditBook:
    """Writes and reads the rows of `audit`, within the caller's transaction."""

    def note(
        self,
        connection: Connection,
        deed: Deed,
        role: Role | None,
        now: float,
        campaign: str = "",
    ) -> None:
        """Add what was done about `role` or all of them, or by one about the `campaign` of this id.

        Two processes that add at the same moment want the same number: one of them is refused by
        the database and does its work again.
        """
        row = connection.execute(_last).one_or_none()
        last = _entry(row) if row else None
        one = Entry.after(last, int(now // HOUR), deed, role or "", campaign)
        values = {name: getattr(one, name) for name in audit.c.keys()}  # noqa: SIM118 - no dict
        connection.execute(_note, [values])

    def happened(
        self, connection: Connection, event: Event, role: Role | None, now: float, campaign: str
    ) -> None:
        """Add what happened to a campaign; `role` did it, or the mailer by itself."""
        self.note(connection, DEEDS[type(event)], role, now, campaign)

    def all(self, connection: Connection) -> list[Entry]:
        """Read every row, in order."""
        return [_entry(row) for row in connection.execute(_all)]

    def end(self, connection: Connection, now: float) -> None:
        """Delete rows that are a year old, but for the last of them: the chain is verified from it."""
        last = connection.execute(_old, {"hour": int(now // HOUR) - LIFE}).scalar_one_or_none()
        if last is not None:
            connection.execute(_end, {"number": last})


def _entry(row: Row[Any]) -> Entry:
    before, digest = bytes(row.before), bytes(row.digest)
    return Entry(row.number, row.hour, row.deed, row.role, before, digest, row.campaign)
