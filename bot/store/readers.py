"""People who get news, with what is on its way to them, moved to a new version of the long-term key."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    bindparam,
    delete,
    func,
    select,
    update,
)

from bot.campaigns.proposal import Phase
from bot.errors import StoreError
from bot.store.campaigns import CampaignBook
from bot.store.ciphers import Cipher
from bot.store.longkey import LongKey
from bot.store.statements import drop_mailings_of, drop_subscriber
from bot.store.subscribers import reader_of
from bot.store.tables import campaign, mailing, subscriber

_OLD: Final[BindParameter[bytes]] = bindparam("old")
_NEW: Final[BindParameter[bytes]] = bindparam("new")
_SENDS: Final = (Phase.SENDING, Phase.PAUSED)

_letters = (
    select(mailing.c.campaign, mailing.c.person, mailing.c.message)
    .where(mailing.c.campaign.in_(select(campaign.c.id)))
    .where(mailing.c.person.in_(bindparam("people", expanding=True)))
    .with_for_update()
)
_put_chat = (
    update(subscriber)
    .where(subscriber.c.person == _OLD)
    .values(person=_NEW, chat=bindparam("sealed"))
)
_put_letter = (
    update(mailing)
    .where(mailing.c.campaign == bindparam("which"), mailing.c.person == _OLD)
    .values(person=_NEW, message=bindparam("sealed"))
)
_unread = (campaign.c.busy, campaign.c.reached.is_(False), campaign.c.phase.in_(_SENDS))
_under_way = select(campaign).where(*_unread)
_read_by_now = update(campaign).where(*_unread).values(reached=True)
_no_cursor = update(campaign).where(func.length(campaign.c.cursor) > 0).values(cursor=b"")
_stray_letters = delete(mailing).where(
    ~select(subscriber).where(subscriber.c.person == mailing.c.person).exists()
)


class ReaderMover:
    """Moves rows of `subscriber` and `mailing`, each person whole, in the caller's transaction.

    Campaigns find their readers in the order of names, which a new version mixes. So none goes on
    in that order meanwhile: who has not had her turn in one gets it from its queue.
    """

    def __init__(
        self, insert: Any, key: LongKey, campaigns: CampaignBook, clock: Callable[[], float]
    ) -> None:
        """Move to the newest version of `key`; `insert` is the dialect's, `clock` in epoch seconds."""
        self._key, self._campaigns, self._clock = key, campaigns, clock
        self._cipher = Cipher(key)
        self._queue = insert(mailing).on_conflict_do_nothing()

    def move(self, connection: Connection, rows: Iterable[Row[Any]]) -> int:
        """Move the people of these rows; return how many could not be read, and are known no more."""
        moved: dict[bytes, tuple[bytes, Row[Any]]] = {}
        changed, lost = [], []
        for row in rows:
            old = bytes(row.person)
            new = self._key.current.lifted(old, self._cipher.version(row.chat))
            try:
                chat = self._cipher.open("subscriber", "chat", old, row.chat)
            except StoreError:
                lost.append({"who": old})
                continue
            sealed = self._cipher.seal("subscriber", "chat", new, chat)
            changed.append({"old": old, "new": new, "sealed": sealed})
            moved[old] = new, row
        if lost:
            for drop in (drop_mailings_of, drop_subscriber):
                connection.execute(drop, lost)
        if moved:
            connection.execute(_put_chat, changed)
            self._move_letters(connection, {old: new for old, (new, _) in moved.items()})
            self._queue_up(connection, moved)
        return len(lost)

    def finish(self, connection: Connection) -> None:
        """Leave the queue alone to campaigns under way, and let go of letters to nobody."""
        for statement in (_stray_letters, _read_by_now, _no_cursor):
            connection.execute(statement)

    def _queue_up(
        self, connection: Connection, moved: Mapping[bytes, tuple[bytes, Row[Any]]]
    ) -> None:
        now = int(self._clock())
        queued = []
        for row in connection.execute(_under_way).all():
            cursor, audience = self._campaigns.cursor(row), self._campaigns.readers(connection, row)
            queued += [
                {
                    "campaign": row.id,
                    "person": new,
                    "due": now,
                    "attempts": 0,
                    "at": now,
                    "revision": 0,
                }
                for old, (new, reader) in moved.items()
                if old > cursor and audience.holds(reader_of(reader))
            ]
        if queued:
            connection.execute(self._queue, queued)

    def _move_letters(self, connection: Connection, names: Mapping[bytes, bytes]) -> None:
        changed = []
        for row in connection.execute(_letters, {"people": [*names]}).all():
            old = bytes(row.person)
            values = {"which": row.campaign, "old": old, "new": names[old]}
            sealed = self._number(row.campaign.encode(), old, names[old], row.message)
            changed.append(values | {"sealed": sealed})
        if changed:
            connection.execute(_put_letter, changed)

    def _number(self, which: bytes, old: bytes, new: bytes, sealed: bytes | None) -> bytes | None:
        """Seal the number of a message anew; one that cannot be read is known no more."""
        if sealed is None:
            return None
        try:
            number = self._cipher.open("mailing", "message", which + old, sealed)
        except StoreError:
            return None
        return self._cipher.seal("mailing", "message", which + new, number)
