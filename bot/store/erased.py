"""Erasing people from the tables: now, and again where an older copy brought them back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from bot.store.keys import KeyRing
from bot.store.longkey import LongKey
from bot.store.marks import Mark, Marks
from bot.store.statements import (
    drop_corrections_of,
    drop_cover,
    drop_invitation,
    drop_learner,
    drop_mailings_of,
    drop_replies_of,
    drop_role,
    drop_session,
    drop_subscriber,
    drop_trace,
    unname_approver,
    unname_author,
)
from bot.store.tables import erased, game

_APPLIED, _COMPACTED = 1, 2
"""The last mark whose rows are gone, and the last one of which no trace is left in the raw files."""

_DROPS = (
    *(drop_session, drop_replies_of, drop_trace, drop_cover),
    *(drop_learner, drop_subscriber, drop_mailings_of, drop_role, drop_invitation),
    *(unname_author, unname_approver, drop_corrections_of),
)
_drop_games = delete(game)
_load = select(erased.c.number).where(erased.c.id == bindparam("which"))


class ErasedBook:
    """Marks erasures in a file, notes in the database which of them it knows, repeats the others.

    Without a file nothing is marked, and a restored backup brings people back: for tries only.
    """

    def __init__(self, insert: Any, keys: KeyRing, long_key: LongKey, marks: Path | None) -> None:
        """Keep the marks at `marks`, of names under both keys; `insert` is the dialect's.

        Raises:
            UnsafeSettingsError: others may read the marks.
        """
        self._keys, self._long_key = keys, long_key
        self._marks = Marks(marks) if marks else None
        statement = insert(erased)
        self._note = statement.on_conflict_do_update(
            index_elements=["id"],
            set_={"number": statement.excluded.number},
            where=erased.c.number < statement.excluded.number,
        )

    def promise(self, connection: Connection) -> int:
        """Count the next mark as applied: whoever is to be erased stands in the outbox until she is.

        A crash behind that mark then repeats her erasure from there, and takes nothing of what
        she began since; the mark is for copies made before.
        """
        if self._marks is None:
            return 0
        number = max(self._marks.last(), self.applied(connection)) + 1
        connection.execute(self._note, {"id": _APPLIED, "number": number})
        return number

    def mark(
        self,
        connection: Connection,
        user_ids: Iterable[int],
        now: int,
        promised: int | None,
    ) -> None:
        """Mark people as erased, durably, before the caller's transaction erases them."""
        people = [tuple(name for name in self._keys.pseudonyms(one) if name) for one in user_ids]
        self._add(connection, people, now, promised)

    def mark_known(self, connection: Connection, names: Iterable[bytes], now: int) -> None:
        """Mark what lies under these long-term names as erased, as `mark` does.

        Only those belong here who are remembered, get news, serve or are invited: of everybody else no
        long-term name is written down (R3).
        """
        version = self._long_key.current.number
        self._add(connection, [(name,) for name in names], now, None, version)

    def _add(
        self,
        connection: Connection,
        people: Sequence[tuple[bytes, ...]],
        now: int,
        promised: int | None,
        version: int = 0,
    ) -> None:
        if self._marks and people:
            after = self.applied(connection) if promised is None else promised - 1
            number = self._marks.add(people, now, after, version)
            connection.execute(self._note, {"id": _APPLIED, "number": number})

    def misses(self, connection: Connection) -> bool:
        """Tell whether anybody was erased after this copy was made."""
        return bool(self._marks and self._marks.beyond(self.applied(connection)))

    def repeat(self, connection: Connection) -> None:
        """Erase again whoever was erased after this copy was made.

        Every live quiz ends with that. Its players have names of that game alone, which no mark
        holds; it would have ended within three hours, and a group begins another with one tap.
        """
        if self._marks is None:
            return
        marks = self._marks.beyond(self.applied(connection))
        people = [{"who": name} for mark in marks for name in self._renamed(mark).names]
        if people:
            for drop in _DROPS:
                connection.execute(drop, people)
            connection.execute(_drop_games)
            connection.execute(self._note, {"id": _APPLIED, "number": marks[-1].number})

    def rename(self) -> None:
        """Give the long-term names in all marks those they have now."""
        if self._marks:
            self._marks.change(self._renamed)

    def end(self, now: float) -> None:
        """Drop marks from before any backup that may still exist."""
        if self._marks:
            self._marks.end(now)

    def applied(self, connection: Connection) -> int:
        """Name the last mark whose rows are gone from here."""
        return self._number(connection, _APPLIED)

    def compacted(self, connection: Connection, number: int) -> None:
        """Note that of nobody up to this mark a trace is left in the raw files."""
        if self._number(connection, _COMPACTED) < number:
            connection.execute(self._note, {"id": _COMPACTED, "number": number})

    def has_left_traces(self, connection: Connection) -> bool:
        """Tell whether rows went without the raw files being compacted since: after a crash."""
        return self._number(connection, _COMPACTED) < self.applied(connection)

    def _renamed(self, mark: Mark) -> Mark:
        current = self._long_key.current
        if not 0 < mark.version < current.number:
            return mark
        names = tuple(current.lifted(name, mark.version) for name in mark.names)
        return replace(mark, names=names, version=current.number)

    def _number(self, connection: Connection, which: int) -> int:
        return connection.execute(_load, {"which": which}).scalar_one_or_none() or 0
