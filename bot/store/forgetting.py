"""People are forgotten: some who asked for it, or everybody in a lockdown."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import Connection, delete

from bot.store import bag
from bot.store.database import Database
from bot.store.erased import ErasedBook
from bot.store.games import GameBook
from bot.store.keys import KeyRing
from bot.store.known import Known
from bot.store.longkey import LongKey
from bot.store.outbox import Outbox
from bot.store.sessions import SessionBook
from bot.store.tables import (
    campaign,
    cover,
    game,
    headway,
    learner,
    mailing,
    outbox,
    pickup,
    session,
    subscriber,
    trace,
)
from bot.store.team import TeamBook
from bot.store.traces import TraceBook

_OF_PEOPLE = (
    *(session, outbox, trace, cover, pickup, game),
    *(learner, subscriber, mailing, campaign, headway),
)
"""What a lockdown empties. A campaign names its author, and nobody can read it without the key."""


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Every book that knows people, and both keys they are known under."""

    database: Database
    keys: KeyRing
    long_key: LongKey
    erased: ErasedBook
    known: Known
    sessions: SessionBook
    team: TeamBook
    traces: TraceBook
    games: GameBook
    outbox: Outbox

    async def some(self, user_ids: Collection[int], now: int, until: int | None) -> None:
        """Erase these people, or only their replies up to the id `until`: `Store.forget`."""

        def work(connection: Connection) -> None:
            self.erased.mark(connection, user_ids, now, promised)
            if until is None:
                self.known.forget(connection, user_ids, now)
                self.sessions.forget(connection, user_ids)
                for user_id in user_ids:
                    self.team.forget(connection, user_id, now)
                    self.traces.forget(connection, user_id)
                self.games.forget(connection, user_ids, now)
            self.outbox.drop(connection, user_ids, until)

        promised = None if until is None else await self.database.run(self.erased.promise)
        await self.database.run(work)

    async def everybody(self, clock: Callable[[], float]) -> None:
        """Destroy every key, then every row that is about a person: `Store.lockdown`."""

        def work(connection: Connection) -> None:
            for table in _OF_PEOPLE:
                connection.execute(delete(table))
            self.team.lock(connection, int(clock()))

        try:
            await asyncio.to_thread(self.long_key.destroy)
        finally:
            await self._unkeyed(work)

    async def _unkeyed(self, work: Callable[[Connection], None]) -> None:
        try:
            await asyncio.to_thread(self.keys.destroy_all)
            await asyncio.to_thread(bag.destroy, self.keys.folder)
        finally:
            await self.database.run(work)
            await self.database.tidy(thorough=True)
