"""Replies that wait to be delivered, within the caller's transaction."""

from collections.abc import Callable, Collection, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, func, select, update

from bot.errors import StoreError
from bot.store import rows
from bot.store.batch import ABOUT_LIFE, OUTBOX_LIFE, Outgoing, Pending, Recovered
from bot.store.ciphers import Cipher
from bot.store.keys import KeyRing
from bot.store.statements import drop_replies_of
from bot.store.tables import outbox

_load = select(outbox).order_by(outbox.c.id)
_last = select(func.max(outbox.c.id))
_add = outbox.insert()
_drop = delete(outbox).where(outbox.c.id == bindparam("which"))
_drop_until = delete(outbox).where(
    outbox.c.person == bindparam("who"), outbox.c.id <= bindparam("until")
)
_count = update(outbox).where(outbox.c.id == bindparam("which")).values(attempts=bindparam("times"))


class Outbox:
    """Numbers, keeps, finds and ends the rows of `outbox`."""

    def __init__(self, keys: KeyRing, cipher: Cipher, clock: Callable[[], float]) -> None:
        """Name rows by `keys` and seal them with `cipher`."""
        self._keys, self._cipher, self._clock = keys, cipher, clock
        self._next = 0

    def continue_numbers(self, connection: Connection) -> None:
        """Number replies after every one that is or was: by time, and past the last one here."""
        last = connection.execute(_last).scalar_one() or 0
        by_time = int(self._clock() * 1000) << 16
        self._next = max(self._next, by_time, last + 1)

    def add(self, connection: Connection, replies: Sequence[Outgoing], now: int) -> list[int]:
        """Keep `replies` in this order; their numbers."""
        first = self._next
        self._next += len(replies)
        added = []
        for number, reply in enumerate(replies, first):
            person = self._keys.pseudonym(reply.user_id)
            expires = min(reply.expires, now + (ABOUT_LIFE if rows.tells(reply) else OUTBOX_LIFE))
            added.append(rows.outbox_row(number, person, reply, self._cipher, expires))
        connection.execute(_add, added)
        return list(range(first, self._next))

    def delivered(self, connection: Connection, ids: Collection[int]) -> None:
        """Let go of these replies."""
        connection.execute(_drop, [{"which": id_} for id_ in ids])

    def count_attempts(self, connection: Connection, attempts: Mapping[int, int]) -> None:
        """Note how many times each may by now have arrived."""
        counts = [{"which": id_, "times": times} for id_, times in attempts.items()]
        connection.execute(_count, counts)

    def drop(
        self, connection: Connection, user_ids: Collection[int], until: int | None = None
    ) -> None:
        """Drop whatever waits for these people, or only what was decided up to reply `until`."""
        people = [
            {"who": name} for user_id in user_ids for name in self._keys.pseudonyms(user_id) if name
        ]
        if until is None:
            connection.execute(drop_replies_of, people)
        else:
            connection.execute(_drop_until, [{**name, "until": until} for name in people])

    def pending(self, connection: Connection) -> Recovered:
        """Every waiting reply in order; what cannot be read any more is deleted and counted."""
        readable: list[Pending] = []
        lost = []
        for row in connection.execute(_load):
            try:
                readable.append(rows.pending_of(row, self._cipher))
            except StoreError:
                lost.append(row.id)
        if lost:
            self.delivered(connection, lost)
        self.continue_numbers(connection)
        return Recovered(readable, len(lost))
