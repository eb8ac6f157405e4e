"""Messages that stand in chats are lent out, to be taken back or to say other words."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, or_, select, update

from bot.errors import StoreError
from bot.store.ciphers import Cipher
from bot.store.letters import LEASE, Letter
from bot.store.longkey import LongKey
from bot.store.mailings import beside, drop_letter, hers, of_it
from bot.store.subscribers import SubscriberBook
from bot.store.tables import mailing

_arrived = beside.where(of_it, mailing.c.message.is_not(None))
_free = or_(mailing.c.due.is_(None), mailing.c.due <= bindparam("now"))
_standing = _arrived.where(_free).limit(bindparam("most"))
_outdated = (
    _arrived.where(mailing.c.revision < bindparam("words")).where(_free).limit(bindparam("most"))
)
_any_outdated = (
    select(mailing.c.person)
    .where(of_it, mailing.c.message.is_not(None), mailing.c.revision < bindparam("words"))
    .limit(1)
)
_lent = update(mailing).where(*hers).values(due=bindparam("when"))


class Lending:
    """Lends out the rows of `mailing` that arrived, each within the caller's transaction."""

    def __init__(self, key: LongKey, subscribers: SubscriberBook) -> None:
        """Read the numbers of messages under `key`; `subscribers` know the chats."""
        self._cipher, self._subscribers = Cipher(key), subscribers

    def standing(
        self, connection: Connection, id_: str, now: float, most: int
    ) -> tuple[list[Letter], int]:
        """Claim messages that still stand in the chats of readers, to be taken back.

        Also how many nobody can take back any more: their readers have left.
        """
        values = {"which": id_, "now": int(now), "most": most}
        return self._lend(connection, id_, connection.execute(_standing, values), now)

    def outdated(
        self, connection: Connection, id_: str, now: float, most: int, revision: int
    ) -> tuple[list[Letter], int]:
        """Claim messages that say something else than the text `revision`; as `standing` does."""
        values = {"which": id_, "now": int(now), "most": most, "words": revision}
        letters, lost = self._lend(connection, id_, connection.execute(_outdated, values), now)
        return [replace(one, edits=True, revision=revision) for one in letters], lost

    def is_outdated(self, connection: Connection, id_: str, revision: int) -> bool:
        """Tell whether a message still says something else than the text `revision`."""
        values = {"which": id_, "words": revision}
        return connection.execute(_any_outdated, values).first() is not None

    def _lend(
        self, connection: Connection, id_: str, rows: Iterable[Row[Any]], now: float
    ) -> tuple[list[Letter], int]:
        letters, lost = [], []
        for row in rows:
            try:
                chat = self._subscribers.chat_of(row) if row.person else None
                number = self._opened(id_, row.whose, row.message)
            except StoreError:
                chat = None
            if chat is None:
                lost.append({"which": id_, "who": row.whose})
            else:
                version = self._cipher.version(row.chat)
                reader = bytes(row.whose), chat, row.language
                letters.append(Letter(id_, *reader, 0, now, number, version))
        if lost:
            drop_letter.run(connection, *lost)
        if letters:
            until = {"which": id_, "when": int(now) + LEASE}
            connection.execute(_lent, [until | {"who": one.person} for one in letters])
        return letters, len(lost)

    def _opened(self, id_: str, person: bytes, sealed: bytes) -> int:
        return self._cipher.open("mailing", "message", id_.encode() + bytes(person), sealed)
