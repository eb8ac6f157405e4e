"""Which processes send campaigns: each says so again and again, and is taken to be dead if not."""

from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select

from bot.store.batch import MINUTE
from bot.store.letters import LEASE, Place
from bot.store.statements import put
from bot.store.tables import sender

_all: Final = select(sender)
_drop: Final = delete(sender).where(sender.c.holder == bindparam("who"))


class SenderBook:
    """Keeps the rows of `sender`, each within the caller's transaction.

    The caller holds the campaigns that go on locked, so that of two processes that come at once one sees
    the other.
    """

    def __init__(self, insert: Any) -> None:
        """Write with the dialect's `insert`."""
        self._keep = put(insert, sender)

    def stand(self, connection: Connection, holder: bytes, now: int) -> Place:
        """Note that this process sends; where it stands among all that do."""
        ends = {bytes(row.holder): row.held for row in connection.execute(_all)}
        # A lease longer than any can be is a wrong clock's.
        living = {who for who, end in ends.items() if now < end <= now + LEASE + MINUTE}
        if dead := ends.keys() - living - {holder}:
            connection.execute(_drop, [{"who": who} for who in dead])
        if ends.get(holder) != now + LEASE:
            connection.execute(self._keep, [{"holder": holder, "held": now + LEASE}])
        others = living - {holder}
        before = sum(who < holder for who in others)
        return Place(len(others) + 1, before, new=holder not in living)

    def leave(self, connection: Connection, holder: bytes) -> None:
        """Note that this process sends no more."""
        connection.execute(_drop, {"who": holder})
