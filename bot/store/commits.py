"""What a batch of turns looks up and what it changes, on the connection of its one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from bot.counting.tally import Tally
from bot.engine.session import Session
from bot.store.batch import Batch, Loaded, StandingBy
from bot.store.campaigns import CampaignBook
from bot.store.desk import OpenDesk
from bot.store.games import GameBook
from bot.store.known import Known
from bot.store.mailroom import Mailroom
from bot.store.outbox import Outbox
from bot.store.pickups import PickupBook
from bot.store.seen import SeenBook
from bot.store.sessions import SessionBook
from bot.store.tallies import TallyBook
from bot.store.team import TeamBook
from bot.store.traces import TraceBook


@dataclass(frozen=True, slots=True)
class Commits:
    """Every book that a turn can read or write, and the order in which they are written."""

    sessions: SessionBook
    seen: SeenBook
    pickups: PickupBook
    outbox: Outbox
    traces: TraceBook
    games: GameBook
    known: Known
    team: TeamBook
    mailroom: Mailroom
    campaigns: CampaignBook
    tallies: TallyBook

    def load(
        self,
        connection: Connection,
        user_ids: Collection[int],
        update_ids: Collection[int],
        phrases: Collection[str],
        now: int,
    ) -> Loaded:
        """Look up what is known of a batch at `now`; the rest is looked up as it is asked for."""
        return Loaded(
            self.sessions.load(connection, user_ids, now) if user_ids else {},
            self.seen.load(connection, update_ids, now) if update_ids else set(),
            self.pickups.load(connection, phrases, now) if phrases else {},
            partial(self.known.recall, connection, now=now),
            partial(self.known.subscribed, connection),
            self._desk(connection, now),
        )

    def standing_by(
        self, connection: Connection, user_ids: Collection[int], now: int
    ) -> dict[int, StandingBy]:
        """Look up who of these people still has a conversation, and what she may see by now."""
        desk = self._desk(connection, now)
        return {
            user_id: StandingBy(
                session,
                self.sessions.until(connection, user_id),
                desk.standing(user_id, ""),
                desk.begun(user_id),
            )
            for user_id, session in self.sessions.load(connection, user_ids, now).items()
        }

    def apply(
        self, connection: Connection, batch: Batch, known: dict[int, Session], clock: float
    ) -> list[int]:
        """Write what a batch changes at `clock`, epoch seconds; the ids of its replies, in order.

        `known` are the sessions that were found for it.
        """
        now = int(clock)
        self.sessions.change(connection, batch, known, now)
        leaves = self._meet(connection, batch, now)
        if batch.seen:
            self.seen.mark(connection, batch.seen, now)
        if batch.delivered:
            self.outbox.delivered(connection, batch.delivered)
        if batch.attempts:
            self.outbox.count_attempts(connection, batch.attempts)
        if counted := self.campaigns.countable(connection, [*batch.tallies, *leaves], now):
            self.tallies.count(connection, counted, now)
        if batch.taken:
            self.pickups.take(connection, batch.taken)
        if batch.left:
            self.pickups.leave(connection, batch.left, now)
        if batch.forgotten or batch.orders:
            self.games.follow(connection, batch, clock)
        if batch.traced:
            self.traces.note(connection, batch.traced, now)
        return self.outbox.add(connection, batch.replies, now) if batch.replies else []

    def _meet(self, connection: Connection, batch: Batch, now: int) -> list[Tally]:
        """Let go of whom a batch lets go of, keep who asked to be known; the leaves that count."""
        left = [user_id for user_id, traced in batch.traced.items() if traced.leave]
        if batch.forgotten or left:
            # Nothing decided before she asked may still be sent after a crash (R6).
            self.outbox.drop(connection, [*batch.forgotten, *left])
        self.known.learn(connection, batch, now)
        leaves = self.known.leaves(connection, batch)  # before her letters go with her
        self.known.subscribe(connection, batch, now)
        for user_id in batch.forgotten:  # with this turn: a role would outlive a crash after it
            self.team.forget(connection, user_id, now)
        return leaves

    def _desk(self, connection: Connection, now: int) -> OpenDesk:
        return OpenDesk(self.team, self.mailroom, connection, now)
