"""Rows brought from an older version of the long-term key to the newest: renamed and sealed anew.

A person is moved whole, in one transaction: by the rotation in its turn, or as soon as she comes.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from bot.errors import StoreError
from bot.store.campaigns import CampaignBook
from bot.store.ciphers import Cipher
from bot.store.letters import Exchange, Letter
from bot.store.readers import ReaderMover
from bot.store.statements import drop_learner
from bot.store.tables import campaign, invitation, learner, mailing, staff, subscriber
from bot.store.turning import Turning

_OLD: Final[BindParameter[bytes]] = bindparam("old")
_NEW: Final[BindParameter[bytes]] = bindparam("new")
_WHICH: Final[BindParameter[str]] = bindparam("which")
_SEALED: Final = {
    subscriber: subscriber.c.chat,
    learner: learner.c.about,
    campaign: campaign.c.content,
}
"""What tells the version of a row."""

_TEAM: Final = (
    (staff, staff.c.person),
    *((invitation, column) for column in (invitation.c.token, invitation.c.person)),
    *((campaign, campaign.c[name]) for name in ("author", "approver", "corrector", "confirmer")),
)
"""Names that nothing beside them is sealed with."""


def _is_older(table: Table) -> Any:
    return func.substr(_SEALED[table], 1, bindparam("length")) != bindparam("header")


def _next(table: Table) -> Select[Any]:
    (key,) = table.primary_key
    older = select(table).where(key > bindparam("after"), _is_older(table))
    return older.order_by(key).limit(bindparam("most")).with_for_update()


def _called(table: Table) -> Select[Any]:
    named = table.c.person.in_(bindparam("people", expanding=True))
    return select(table).where(named, _is_older(table)).with_for_update()


_next_ones = {table: _next(table) for table in _SEALED}
_called_so = {table: _called(table) for table in (subscriber, learner)}
_any_left = select(or_(*(select(table).where(_is_older(table)).exists() for table in _SEALED)))
_put_about = (
    update(learner).where(learner.c.person == _OLD).values(person=_NEW, about=bindparam("sealed"))
)
_put_content = (
    update(campaign)
    .where(campaign.c.id == _WHICH)
    .values(content=bindparam("sealed"), words=bindparam("resealed"))
)
_drop_campaign = delete(campaign).where(campaign.c.id == _WHICH)
_drop_letters_of = delete(mailing).where(mailing.c.campaign == _WHICH)


class Renaming:
    """Moves rows, each within the caller's transaction.

    Attributes:
        lost: how many rows could not be read and were let go of, so far.
    """

    def __init__(
        self, insert: Any, turning: Turning, campaigns: CampaignBook, clock: Callable[[], float]
    ) -> None:
        """Move to where `turning` is; `insert` is the dialect's, `clock` in epoch seconds."""
        self._turning, self._cipher = turning, Cipher(turning.key)
        self._readers = ReaderMover(insert, turning.key, campaigns, clock)
        self._movers = {
            campaign: self._contents,
            subscriber: self._readers.move,
            learner: self._learners,
        }
        self.lost = 0

    def lasts(self, connection: Connection) -> bool:
        """Tell whether a rotation is under way."""
        return self._turning.lasts(connection)

    def meet(self, connection: Connection, user_ids: Collection[int]) -> None:
        """Bring the rows of these people to where everybody will be."""
        if not self._turning.lasts(connection):
            return
        version, oldest = self._turning.current(connection), self._turning.oldest
        for table in _called_so:
            among = table.name.encode()
            names = [name for one in user_ids for name in version.earlier(one, among, oldest)]
            self._move_called(connection, table, names)

    def brought(self, connection: Connection, brought: Exchange) -> Exchange:
        """Give what a mailer brings with the names that its readers have now."""
        version = self._turning.current(connection)
        letters = [*brought.held, *(one.letter for one in brought.settled)]
        older = [one.person for one in letters if one.version < version.number]
        if not older:
            return brought
        if self._turning.lasts(connection):
            self._move_called(connection, subscriber, older)

        def now(one: Letter) -> Letter:
            person = version.lifted(one.person, one.version)
            return replace(one, person=person, version=version.number)

        settled = [replace(one, letter=now(one.letter)) for one in brought.settled]
        return replace(brought, settled=settled, held=[now(one) for one in brought.held])

    def team(self, connection: Connection, before: int) -> None:
        """Rename all who serve, are invited, wrote or approved something, from version `before`."""
        version = self._turning.key.current
        for table, column in _TEAM:
            names = connection.execute(select(column).distinct()).scalars().all()
            pairs = [
                {"old": name, "new": version.lifted(bytes(name), before)} for name in names if name
            ]
            if pairs:
                renamed = update(table).where(column == _OLD).values({column: _NEW})
                connection.execute(renamed, pairs)

    def move(self, connection: Connection, table: Table, after: Any, most: int) -> tuple[Any, int]:
        """Move up to `most` rows of a table that come after a key.

        Returns:
            The key of the last of them, None if there was none; and how many there were.
        """
        values = self._header() | {"after": after, "most": most}
        rows = connection.execute(_next_ones[table], values).all()
        self.lost += self._movers[table](connection, rows)
        return (rows[-1][0] if rows else None), len(rows)

    def finish(self, connection: Connection) -> bool:
        """Let go of what no row needs any more; False where a row is under an older version yet."""
        if connection.execute(_any_left, self._header()).scalar_one():
            return False
        self._readers.finish(connection)
        return True

    def _move_called(self, connection: Connection, table: Table, names: Collection[bytes]) -> None:
        values = self._header() | {"people": [*names]}
        rows = connection.execute(_called_so[table], values).all()
        self.lost += self._movers[table](connection, rows)

    def _header(self) -> dict[str, Any]:
        header = self._cipher.header
        return {"header": header, "length": len(header)}

    def _learners(self, connection: Connection, rows: Iterable[Row[Any]]) -> int:
        changed, lost = [], []
        for row in rows:
            old = bytes(row.person)
            new = self._turning.key.current.lifted(old, self._cipher.version(row.about))
            try:
                about = self._cipher.open_bytes("learner", "about", old, row.about)
            except StoreError:
                lost.append({"who": old})
                continue
            sealed = self._cipher.seal_bytes("learner", "about", new, about)
            changed.append({"old": old, "new": new, "sealed": sealed})
        if lost:
            connection.execute(drop_learner, lost)
        if changed:
            connection.execute(_put_about, changed)
        return len(lost)

    def _contents(self, connection: Connection, rows: Sequence[Row[Any]]) -> int:
        changed, lost = [], []
        for row in rows:
            which = row.id.encode()
            try:
                sealed = self._anew("content", which, row.content)
                words = self._anew("words", which, row.words) if row.words else b""
            except StoreError:
                lost.append({"which": row.id})
                continue
            changed.append({"which": row.id, "sealed": sealed, "resealed": words})
        for drop in (_drop_letters_of, _drop_campaign) if lost else ():
            connection.execute(drop, lost)
        if changed:
            connection.execute(_put_content, changed)
        return len(lost)

    def _anew(self, column: str, which: bytes, sealed: bytes) -> bytes:
        plain = self._cipher.open_bytes("campaign", column, which, sealed)
        return self._cipher.seal_bytes("campaign", column, which, plain)
