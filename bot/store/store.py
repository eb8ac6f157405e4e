"""The store: transacts, recovers, forgets and sweeps, each in one transaction."""

import asyncio
import random
import time
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Connection

from bot.directory.gaps.counts import GapCount
from bot.engine.session import Session
from bot.errors import StoreError
from bot.store import migrate, rows, statements
from bot.store.batch import (
    ABOUT_LIFE,
    OUTBOX_LIFE,
    SEEN_LIFE,
    SESSION_LIFE,
    Batch,
    Loaded,
    Pending,
    Recovered,
    Swept,
)
from bot.store.ciphers import Cipher
from bot.store.database import Database, connect
from bot.store.gaps import GapBook
from bot.store.keys import KeyRing
from bot.store.tables import HEAD

Values = dict[str, Any]


class Store:
    """Sessions, applied update ids, waiting replies and weekly counts, on SQLite or PostgreSQL.

    Every method raises `StoreError` with the remedy when the database cannot do its work; then
    nothing of that call was applied, and the next call works again once the cause is gone.
    """

    def __init__(
        self, database: Database, keys: KeyRing, clock: Callable[[], float], noise: random.Random
    ) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._cipher = Cipher(keys)
        self._keep_session = statements.keep_session(database.insert)
        self._mark_seen = statements.mark_seen(database.insert)
        self._gaps = GapBook(database.insert, noise)
        self._next_reply = 0

    @classmethod
    async def open(
        cls,
        url: str,
        keys: KeyRing,
        *,
        clock: Callable[[], float] = time.time,
        noise: random.Random | None = None,
    ) -> "Store":
        """Open the database at `url`, bringing its tables up to date if they are not.

        Args:
            url: `sqlite:///path`, `sqlite://` for memory, or
                `postgresql+asyncpg://user:password@host/name`.
            keys: the epoch keys; rotated by `sweep`.
            clock: the time in epoch seconds.
            noise: what weekly counts are blurred with; the system's by default, as it must be
                wherever people are counted.

        Raises:
            SettingsError: `url` names neither SQLite nor PostgreSQL.
            StoreError: the database cannot be opened, or was made by another version.
        """
        database = connect(url)
        store = cls(database, keys, clock, noise or random.SystemRandom())
        try:
            if await database.run(migrate.recorded) != HEAD:
                await database.upgrade(migrate.bring_up)
            await database.run(store._continue_numbers)
        except BaseException:
            await database.close()
            raise
        return store

    async def transact(
        self,
        user_ids: Collection[int],
        update_ids: Collection[int],
        now: float,
        decide: Callable[[Loaded], Batch],
    ) -> list[int]:
        """Look a whole batch up, let `decide` say what changes, and apply that: one transaction.

        What has expired by `now` (epoch seconds) counts as absent. A session written under the
        previous key is found too and moves to the current one when it is kept.

        `decide` runs where the database works, for SQLite on a thread of its own: it must be
        quick and must not wait. What it raises is raised here, and nothing has changed then.

        Returns:
            The ids of the replies that `decide` added, in order.
        """

        def work(connection: Connection) -> list[int]:
            found: dict[int, Session] = {}
            known: set[int] = set()
            if user_ids:
                found = self._load_sessions(connection, user_ids, int(now))
            if update_ids:
                asked = {"ids": list(update_ids), "now": int(now)}
                known = set(connection.execute(statements.load_seen, asked).scalars())
            return self._apply(connection, decide(Loaded(found, known)))

        return await self._database.run(work)

    async def pending(self) -> Recovered:
        """Every waiting reply in order, expired ones included, after a restart or takeover.

        Call it before the first `sweep`, which ends what has expired. Replies that cannot be
        read any more are deleted and counted.
        """

        def work(connection: Connection) -> Recovered:
            readable: list[Pending] = []
            lost = []
            for row in connection.execute(statements.load_outbox):
                try:
                    readable.append(rows.pending_of(row, self._cipher))
                except StoreError:
                    lost.append({"which": row.id})
            if lost:
                connection.execute(statements.drop_reply, lost)
            self._continue_numbers(connection)
            return Recovered(readable, len(lost))

        return await self._database.run(work)

    async def gaps(
        self, since_week: int, cells: Collection[tuple[str, str]] = ()
    ) -> list[GapCount]:
        """The counts of every finished week from `since_week` on, in order of week and cell.

        Args:
            since_week: a Monday in days since 1970-01-01; what is older than a year is gone.
            cells: every region and sector a report will show. A cell nobody looked for gets its noise now, once for
                all: else its absence would tell that nobody did (R43).
        """
        now = self._clock()
        return await self._database.run(
            lambda connection: self._gaps.finished(connection, since_week, cells, now)
        )

    async def forget(self, user_id: int, until: int | None = None) -> None:
        """Erase a person: her sessions and waiting replies, and their traces in the raw files.

        With `until`, the id of the reply that told her so, only her replies up to that one go:
        her session went with the turn that forgot her, and what she began since is hers to keep.
        Repeat it when it failed: her rows may be gone already, but not yet every trace.
        """
        people = self._names([user_id])

        def work(connection: Connection) -> None:
            if until is None:
                connection.execute(statements.drop_session, people)
                connection.execute(statements.drop_replies_of, people)
            else:
                up_to = [{**name, "until": until} for name in people]
                connection.execute(statements.drop_replies_until, up_to)

        await self._database.run(work)
        await self._database.tidy(thorough=True)

    async def sweep(self, now: float) -> Swept:
        """End what has lived long enough, rotate and destroy keys, empty the write-ahead log.

        Call it at the start and at least every 10 minutes. Safe to interrupt and to repeat. A row
        that a wrong clock gave too long a life is cut to the life of its table.
        """

        def work(connection: Connection) -> list[int]:
            ended = []
            for table, _ in statements.LIVES:
                result = connection.execute(statements.end[table], {"now": int(now)})
                ended.append(result.rowcount)
            for shorten, life in statements.shorten:
                connection.execute(shorten, {"cap": int(now) + life})
            return [*ended, self._gaps.end(connection, now)]

        try:
            sessions, seen, replies, gaps = await self._database.run(work)
        finally:  # keys end in time even while the database is in trouble, and the other way round
            rotated = await asyncio.to_thread(self._keys.rotate)
        await self._database.tidy(thorough=rotated)
        return Swept(sessions, seen, replies, gaps, rotated)

    async def close(self) -> None:
        """Empty the write-ahead log into the database and let go of it."""
        try:
            await self._database.tidy(thorough=False)
        finally:
            await self._database.close()

    def _continue_numbers(self, connection: Connection) -> None:
        """Number replies after every one that is or was: by time, and past the last one here."""
        last = connection.execute(statements.last_reply).scalar_one() or 0
        by_time = int(self._clock() * 1000) << 16
        self._next_reply = max(self._next_reply, by_time, last + 1)

    def _load_sessions(
        self, connection: Connection, user_ids: Collection[int], now: int
    ) -> dict[int, Session]:
        current: dict[bytes, int] = {}
        previous: dict[bytes, int] = {}
        for user_id in user_ids:
            name, old_name = self._keys.pseudonyms(user_id)
            current[name] = user_id
            if old_name:
                previous[old_name] = user_id
        asked = {"people": [*current, *previous], "now": now}
        found, older = {}, {}
        for row in connection.execute(statements.load_sessions, asked):
            name = bytes(row.person)
            if name in current:
                found[current[name]] = rows.session_of(row, self._cipher)
            else:
                older[previous[name]] = rows.session_of(row, self._cipher)
        return older | found

    def _apply(self, connection: Connection, batch: Batch) -> list[int]:
        now = int(self._clock())
        execute = connection.execute
        dropped, kept = self._session_changes(batch, now)
        if dropped:
            execute(statements.drop_session, dropped)
        if batch.forgotten:
            # Nothing decided before she asked may still be sent after a crash (R6).
            execute(statements.drop_replies_of, self._names(batch.forgotten))
        if kept:
            execute(self._keep_session, kept)
        if batch.seen:
            expires = now + SEEN_LIFE
            execute(self._mark_seen, [{"update_id": id_, "expires": expires} for id_ in batch.seen])
        if batch.delivered:
            execute(statements.drop_reply, [{"which": id_} for id_ in batch.delivered])
        if batch.attempts:
            counts = [{"which": id_, "times": n} for id_, n in batch.attempts.items()]
            execute(statements.count_attempts, counts)
        if batch.gaps:
            self._gaps.count(connection, batch.gaps, now)
        return self._add_replies(connection, batch, now) if batch.replies else []

    def _session_changes(self, batch: Batch, now: int) -> tuple[list[Values], list[Values]]:
        """The names to drop, those of the previous key included, and the sessions to keep."""
        dropped: list[Values] = []
        kept: list[Values] = []
        dropped += self._names(batch.forgotten)
        for user_id, keep in batch.sessions.items():
            name, old_name = self._keys.pseudonyms(user_id)
            if old_name:
                dropped.append({"who": old_name})
            life = ABOUT_LIFE if rows.tells(keep.session) else SESSION_LIFE
            expires = min(keep.expires, now + life)
            kept.append(rows.session_row(name, keep.session, expires, self._cipher))
        return dropped, kept

    def _names(self, user_ids: Collection[int]) -> list[Values]:
        """Every living name of these people, as a statement takes it."""
        return [
            {"who": name} for user_id in user_ids for name in self._keys.pseudonyms(user_id) if name
        ]

    def _add_replies(self, connection: Connection, batch: Batch, now: int) -> list[int]:
        first = self._next_reply
        self._next_reply += len(batch.replies)
        added = []
        for number, reply in enumerate(batch.replies, first):
            person = self._keys.pseudonym(reply.user_id)
            expires = min(reply.expires, now + (ABOUT_LIFE if rows.tells(reply) else OUTBOX_LIFE))
            added.append(rows.outbox_row(number, person, reply, self._cipher, expires))
        connection.execute(statements.add_reply, added)
        return list(range(first, self._next_reply))
