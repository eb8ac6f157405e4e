"""The ledger of messages: a row a person, sealed as a whole, within the caller's transaction."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select

from bot.errors import StoreError
from bot.store.batch import Due, Traced
from bot.store.ciphers import Cipher
from bot.store.keys import KeyRing
from bot.store.ledger import Ledger
from bot.store.statements import drop_trace, put
from bot.store.tables import trace

# Locks mean something on PostgreSQL alone: there, two processes may add to one row.
_load = select(trace).where(trace.c.person.in_(bindparam("people", expanding=True)))
_load = _load.with_for_update()
_load_due = (
    select(trace)
    .where(
        trace.c.due <= bindparam("now"),
        trace.c.person.not_in(bindparam("besides", expanding=True)),
    )
    .order_by(trace.c.due)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_load_older = (
    select(trace)
    .where(func.substr(trace.c.ledger, 1, bindparam("length")) != bindparam("header"))
    .with_for_update(skip_locked=True)
)

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Ledger).decode


class TraceBook:
    """Adds to, hands out and ends the rows of `trace`."""

    def __init__(self, insert: Any, keys: KeyRing, cipher: Cipher, usual: int) -> None:
        """Clear chats after `usual` idle seconds where nobody chose; `insert` is the dialect's."""
        self._keys, self._cipher, self._usual = keys, cipher, usual
        self._put = put(insert, trace)

    def note(self, connection: Connection, traced: Mapping[int, Traced], now: int) -> None:
        """Add what appeared in these people's chats."""
        found = self._find(connection, traced)
        changed: list[tuple[bytes | None, Ledger]] = []
        for user_id, more in traced.items():
            name, ledger = found.get(user_id) or (None, Ledger(user_id, more.chat_id, now))
            ledger.note(more, now)
            changed.append((name, ledger))
        self._write(connection, changed, now)

    def due(
        self, connection: Connection, now: int, most: int, besides: Collection[int]
    ) -> tuple[list[Due], list[int], int]:
        """What has to go by `now`, who has left her chat, and how many rows could not be read."""
        names = [name for user_id in besides for name in self._names(user_id)]
        asked = {"now": now, "besides": names, "most": most}
        rows = connection.execute(_load_due, asked).all()
        read = {bytes(row.person): self._read(row) for row in rows}
        lost = [{"who": name} for name, ledger in read.items() if ledger is None]
        if lost:
            connection.execute(drop_trace, lost)
        handed, begun = [], []
        for name, ledger in read.items():
            if ledger is not None:
                before = bool(ledger.going)
                handed.append((ledger.owed(self._usual, now), ledger.leaving))
                if ledger.going and not before:
                    begun.append((name, ledger))
        self._write(connection, begun, now)
        return [due for due, _ in handed], [due.user_id for due, left in handed if left], len(lost)

    def known(self, connection: Connection, user_id: int) -> Due | None:
        """What is going of her chat, or else all that is known of it."""
        found = self._find(connection, [user_id])
        return found[user_id][1].known() if found else None

    def clear(
        self, connection: Connection, user_id: int, message_ids: Collection[int], now: int
    ) -> None:
        """Let go of these messages."""
        found = self._find(connection, [user_id])
        for _, ledger in found.values():
            ledger.clear(frozenset(message_ids))
        self._write(connection, found.values(), now)

    def forget(self, connection: Connection, user_id: int) -> None:
        """Let go of all that is known of her chat."""
        connection.execute(drop_trace, [{"who": name} for name in self._names(user_id)])

    def renew(self, connection: Connection, now: int) -> None:
        """Seal what is under an older key anew, or messages would outlive the key to them."""
        header = self._cipher.header
        rows = connection.execute(_load_older, {"length": len(header), "header": header}).all()
        read = [(bytes(row.person), self._read(row)) for row in rows]
        self._write(connection, [(name, ledger) for name, ledger in read if ledger], now)

    def _find(
        self, connection: Connection, user_ids: Iterable[int]
    ) -> dict[int, tuple[bytes, Ledger]]:
        """The ledgers of these people, each with the name it lies under."""
        people = [name for user_id in user_ids for name in self._names(user_id)]
        found = {}
        for row in connection.execute(_load, {"people": people}):
            if ledger := self._read(row):
                found[ledger.user_id] = bytes(row.person), ledger
        return found

    def _read(self, row: Row[Any]) -> Ledger | None:
        try:
            return _decode(
                self._cipher.open_bytes("trace", "ledger", bytes(row.person), row.ledger)
            )
        except (StoreError, msgspec.MsgspecError):
            return None

    def _write(
        self, connection: Connection, changed: Iterable[tuple[bytes | None, Ledger]], now: int
    ) -> None:
        """Put ledgers under their current names; `changed` tells where each was found, if it was."""
        rows, gone = [], []
        for found, ledger in changed:
            name = self._keys.pseudonym(ledger.user_id)
            if not ledger.empty:
                rows.append(self._row(name, ledger, now))
            if found is not None and (ledger.empty or found != name):
                gone.append({"who": found})
        if gone:
            connection.execute(drop_trace, gone)
        if rows:
            connection.execute(self._put, rows)

    def _row(self, name: bytes, ledger: Ledger, now: int) -> dict[str, Any]:
        return {
            "person": name,
            "due": ledger.due(self._usual, now),
            "expires": ledger.expires(now),
            "ledger": self._cipher.seal_bytes("trace", "ledger", name, _encode(ledger)),
        }

    def _names(self, user_id: int) -> list[bytes]:
        return [name for name in self._keys.pseudonyms(user_id) if name]
