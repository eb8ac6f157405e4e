"""The store: the one door to all that is kept, where every book of it is put together.

What turns read and write is in `commits.py`, whom they know for longer in `known.py`; how people are
forgotten in `forgetting.py`, and how all that is old ends in `sweeping.py`.
"""

import random
import secrets
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from sqlalchemy import Connection

from bot.counting.tally import Count, Kind
from bot.learning.live.game import Game
from bot.store import migrate
from bot.store.audits import AuditBook
from bot.store.batch import (
    MINUTE,
    TALLY_LIFE,
    Batch,
    Due,
    Loaded,
    Overdue,
    Recovered,
    StandingBy,
    Swept,
)
from bot.store.campaigns import CampaignBook
from bot.store.ciphers import Cipher
from bot.store.commits import Commits
from bot.store.database import Database, connect
from bot.store.erased import ErasedBook
from bot.store.forgetting import Forgetting
from bot.store.games import GameBook
from bot.store.keys import KeyRing
from bot.store.known import Known
from bot.store.learners import LearnerBook
from bot.store.longkey import LongKey
from bot.store.mailroom import Mailroom
from bot.store.office import Office
from bot.store.outbox import Outbox
from bot.store.pickups import PickupBook
from bot.store.rawfiles import RawFiles
from bot.store.renaming import Renaming
from bot.store.reports import Reports
from bot.store.rightkey import RightKey
from bot.store.rotation import Rotation
from bot.store.seen import SeenBook
from bot.store.sessions import SessionBook
from bot.store.subscribers import SubscriberBook
from bot.store.sweeping import Sweeping
from bot.store.tables import HEAD
from bot.store.tallies import TallyBook
from bot.store.team import TeamBook
from bot.store.traces import TraceBook
from bot.store.turning import Turning

USUAL_IDLE = 30 * MINUTE
"""Seconds without a doing after which a chat is cleared, where nobody said otherwise (R9)."""


class Store:
    """Sessions, waiting replies, messages to clear, weekly counts; on SQLite or PostgreSQL.

    Every method raises `StoreError` with the remedy when the database cannot do its work; then
    nothing of that call was applied, and the next call works again once the cause is gone.

    Attributes:
        office: what the operator does about roles.
        mailroom: what is done about campaigns.
        reports: what may be published of them, and of who gets them.
        rotation: how the long-term key is replaced.
    """

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        clock: Callable[[], float],
        *,
        noise: random.Random,
        marks: Path | None,
        long_key: LongKey,
        idle: int,
    ) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._cipher = Cipher(keys)
        self._sessions = SessionBook(database.insert, keys, self._cipher)
        self._outbox = Outbox(keys, self._cipher, clock)
        self._traces = TraceBook(database.insert, keys, self._cipher, idle)
        self._long_key, self._audits = long_key, AuditBook()
        self._games = GameBook(database.insert, keys, self._cipher, self._audits)
        self._tallies = TallyBook(database.insert, noise)
        self._erased = ErasedBook(database.insert, keys, long_key, marks)
        self._turning, self._campaigns = Turning(database.insert, long_key), CampaignBook(long_key)
        self._renaming = Renaming(database.insert, self._turning, self._campaigns, clock)
        self._right = RightKey(database.insert, self._turning, self._renaming)
        self._learners = LearnerBook(database.insert, long_key)
        self._subscribers = SubscriberBook(database.insert, long_key)
        self._raw = RawFiles(database, self._erased)
        self.rotation = Rotation(
            *(database, self._turning, self._renaming, self._right, self._erased),
            *(self._audits, clock),
        )
        self._team = TeamBook(self._turning, self._audits, self._erased, secrets.token_bytes)
        self.office = Office(database, self._team, self._audits, clock)
        self.mailroom = Mailroom(
            *(database, long_key, self._campaigns, self._subscribers),
            *(self._team, self._audits, self._renaming),
            clock=clock,
        )
        self.reports = Reports(database, self._subscribers, self._campaigns, self._tallies, clock)
        known = Known(self._learners, self._subscribers, self._renaming, self._erased, self._raw)
        self._commits = Commits(
            sessions=self._sessions,
            seen=SeenBook(database.insert),
            pickups=PickupBook(database.insert, keys, self._cipher),
            outbox=self._outbox,
            traces=self._traces,
            games=self._games,
            known=known,
            team=self._team,
            mailroom=self.mailroom,
            campaigns=self._campaigns,
            tallies=self._tallies,
        )
        self._forgetting = Forgetting(
            *(database, keys, long_key, self._erased, known),
            *(self._sessions, self._team, self._traces, self._games, self._outbox),
        )
        self._sweeping = Sweeping(
            *(database, self._raw, keys, self._cipher),
            *(self._traces, self._audits, self._tallies),
            erased=self._erased,
        )

    @classmethod
    async def open(
        cls,
        url: str,
        keys: KeyRing,
        *,
        clock: Callable[[], float] = time.time,
        noise: random.Random | None = None,
        marks: Path | None = None,
        long_key: Path | None = None,
        idle: int = USUAL_IDLE,
        any_key: bool = False,
    ) -> "Store":
        """Open the database at `url`, bringing its tables up to date if they are not.

        Args:
            url: `sqlite:///path`, `sqlite://` for memory, or
                `postgresql+asyncpg://user:password@host/name`.
            keys: the epoch keys; rotated by `sweep`.
            clock: the time in epoch seconds.
            noise: what weekly counts are blurred with; the system's by default, as it must be
                wherever people are counted.
            marks: the file of erasure marks, which are applied again if `url` is an older copy.
                None keeps none: for what is never backed up.
            long_key: the folder of the key under which those lie who asked to be known for longer.
                None makes one for this time: for what knows nobody of them.
            idle: the seconds without a doing after which a chat is cleared, unless she chose.
            any_key: whether to open also where people are known under another long-term key: for a
                lockdown, which ends them all.

        Raises:
            SettingsError: `url` names neither SQLite nor PostgreSQL; or people are known here under
                another long-term key, or a version of it that is gone.
            UnsafeSettingsError: others may read the marks.
            StoreError: the database cannot be opened, or was made by another version.
        """
        database = connect(url)
        try:
            store = cls(
                *(database, keys, clock),
                noise=noise or random.SystemRandom(),
                marks=marks,
                long_key=LongKey(long_key, clock),
                idle=idle,
            )
            if await database.read(migrate.recorded) != HEAD:
                await database.upgrade(migrate.bring_up)
            if long_key is not None and not any_key:
                await store.rotation.agree()
            if await database.run(store._begin):
                await store.compact()
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
        phrases: Collection[str] = (),
    ) -> list[int]:
        """Look a whole batch up, let `decide` say what changes, and apply that: one transaction.

        What has expired by `now` (epoch seconds) counts as absent. What was written under the
        previous key is found too and moves to the current one when it is kept. `phrases` are
        pick-up phrases, in one spelling, that somebody may have typed.

        `decide` runs where the database works, for SQLite on a thread of its own: it must be
        quick and must not wait. What it raises is raised here, and nothing has changed then.

        Returns:
            The ids of the replies that `decide` added, in order.
        """

        def work(connection: Connection) -> list[int]:
            loaded = self._commits.load(connection, user_ids, update_ids, phrases, int(now))
            found = dict(loaded.sessions)  # `decide` may change what it is given
            batch = decide(loaded)
            clock = self._clock()
            self._sweeping.written(clock)
            return self._commits.apply(connection, batch, found, clock)

        return await self._database.run(work)

    async def play(
        self, decide: Callable[[Mapping[int, Game]], Mapping[int, Game | None]]
    ) -> dict[int, Game]:
        """Look up the live quizzes that go on, by group, and apply what `decide` says changes.

        It gives the games that change, and None for those that are over. As for `transact` it
        must be quick and must not wait. Those that go on are returned, once it is durable.
        """
        now = int(self._clock())

        return await self._database.run(lambda at: self._games.play(at, decide, now))

    async def standing_by(self, user_ids: Collection[int], now: float) -> dict[int, StandingBy]:
        """Look whether these people still stand where they stood, and what they may see by now.

        Whoever has no conversation any more is left out. Nothing is written.
        """
        return await self._database.read(
            lambda at: self._commits.standing_by(at, user_ids, int(now))
        )

    async def pending(self) -> Recovered:
        """Every waiting reply in order, expired ones included, after a restart or takeover.

        Call it before the first `sweep`, which ends what has expired. Replies that cannot be
        read any more are deleted and counted.
        """
        return await self._database.run(self._outbox.pending)

    async def due(self, now: float, most: int = 200, besides: Collection[int] = ()) -> Overdue:
        """What has to be cleared by `now`, of `most` chats at most, those first that waited longest.

        A chat is handed out again until `cleared` was told of every message, unless its person
        is among `besides`. Whoever left her chat, or left it alone, has no session from then on.
        Rows that cannot be read any more are deleted and counted.
        """

        def work(connection: Connection) -> Overdue:
            chats, left, lost = self._traces.due(connection, int(now), most, besides)
            self._sessions.end(connection, left)
            return Overdue(chats, lost)

        return await self._database.run(work)

    async def traced(self, user_id: int) -> Due | None:
        """What is being cleared of her chat, or else all that is known of it; None if nothing is."""
        return await self._database.read(lambda connection: self._traces.known(connection, user_id))

    async def cleared(self, user_id: int, message_ids: Collection[int]) -> None:
        """Let go of messages that are gone, overwritten, or stay for good.

        With the last one everything known of the chat goes.
        """
        now = int(self._clock())
        await self._database.run(
            lambda connection: self._traces.clear(connection, user_id, message_ids, now)
        )

    async def counts(
        self,
        kind: Kind,
        since_week: int,
        cells: Collection[tuple[str, str]] = (),
        weeks: int = TALLY_LIFE,
    ) -> list[Count]:
        """The counts of `kind` in every finished week from `since_week` on, in order of week and cell.

        Args:
            kind: what was counted.
            since_week: a Monday in days since 1970-01-01; what is older than a year is gone.
            cells: every row and column a report will show. A cell where nothing was counted gets its
                noise now, once for all: else its absence would tell that nothing was (R43).
            weeks: how many weeks are asked for at most.
        """
        now = self._clock()
        return await self._database.run(
            lambda connection: self._tallies.finished(
                connection, kind, since_week, cells, now, weeks
            )
        )

    async def people(self) -> dict[str, Counter[str]]:
        """Count those who get news, by language, country, age and topics (`SubscriberBook.counts`)."""
        return await self._database.read(self._subscribers.counts)

    async def forget(self, *user_ids: int, until: int | None = None) -> None:
        """Erase people: all of their rows, now and in backups; `compact` then takes the traces.

        Clear their chats before, and tell `cleared` of it. With `until`, the id of the reply that told
        one of them so, only her replies up to that one go: all else went with the turn that
        forgot her, and what she began or left since is still to be known. Repeat it when it failed.
        """
        await self._forgetting.some(user_ids, int(self._clock()), until)

    async def compact(self) -> None:
        """Rewrite the raw files, so that of whoever was erased until now no trace is left in them.

        On SQLite nothing else is written meanwhile. Repeat it when it failed; after a crash a start does.
        """
        await self._raw.compact()

    async def lockdown(self) -> None:
        """Destroy every key, and every row that is about a person; counts and audit stay (R42).

        Nothing works afterwards until the keys are made anew. Repeat it when it failed.
        """
        await self._forgetting.everybody(self._clock)

    async def sweep(self, now: float) -> Swept:
        """End what has lived long enough, rotate and destroy keys, empty the write-ahead log.

        Call it at the start and at least every 10 minutes. Safe to interrupt and to repeat. A row
        that a wrong clock gave too long a life is cut to the life of its table.
        """
        return await self._sweeping.run(now)

    async def close(self) -> None:
        """Empty the write-ahead log into the database and let go of it."""
        try:
            await self._database.tidy(thorough=False)
        finally:
            await self._database.close()

    def _begin(self, connection: Connection) -> bool:
        """Go on where this copy stands; whether traces are left of people who were erased."""
        self._outbox.continue_numbers(connection)
        self._erased.repeat(connection)
        return self._erased.has_left_traces(connection)
