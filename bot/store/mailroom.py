"""Where campaigns are decided about and handed out: each doing in a transaction of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row

from bot.campaigns.approval import applied, decide
from bot.campaigns.audience import LEAST, Audience
from bot.campaigns.board import Board, Drafted, Ordered, Posted, Writing
from bot.campaigns.campaign import Campaign
from bot.campaigns.commands import MACHINE, Begin, By, Command, Finish
from bot.campaigns.estimate import reach
from bot.campaigns.events import (
    Approved,
    Begun,
    Event,
    Finished,
    Lapsed,
    Paused,
    Proposed,
    Recalled,
    Refusal,
    Resumed,
    Stopped,
)
from bot.campaigns.proposal import DELETABLE, LASTS, Phase, Proposal
from bot.counting.weeks import DAY
from bot.errors import StoreError
from bot.staff.audit import Deed
from bot.staff.roles import Act
from bot.store.audits import AuditBook
from bot.store.batch import MAILING_LIFE
from bot.store.campaigns import CampaignBook, progress_of, proposal_of
from bot.store.database import Database
from bot.store.lately import Lately
from bot.store.letters import NOTHING, Caps, Exchange, Fate, Handed, Letter, Progress, Totals
from bot.store.mailings import Awake, Claim, MailingBook, Rules
from bot.store.senders import SenderBook
from bot.store.team import TeamBook

_DEEDS: Final[Mapping[type[Event], Deed]] = {
    Proposed: Deed.PROPOSED,
    Approved: Deed.APPROVED,
    Paused: Deed.PAUSED,
    Resumed: Deed.RESUMED,
    Stopped: Deed.STOPPED,
    Recalled: Deed.RECALLED,
}
"""What is noted in the audit log, by what happened."""

_POSTED: Final = 9
"""Campaigns that are shown to somebody at once: what fits on a screen."""

_SENDS: Final = frozenset((Phase.SENDING, Phase.RECALLED))
"""The phases in which messages go out, or are taken back."""

_WINDOW: Final = 8
"""Letters that each other process may have under way at most, near the end of a day's messages (R33)."""

_CLEARED: Final = 2000
"""Rows let go of in one second: a million of them in eight minutes (R5)."""


class Mailroom:
    """Keeps campaigns and hands their letters out.

    Every method raises `StoreError` with the remedy when the database cannot do its work; then
    nothing of that call was applied.
    """

    def __init__(
        self,
        database: Database,
        campaigns: CampaignBook,
        mailings: MailingBook,
        senders: SenderBook,
        team: TeamBook,
        audits: AuditBook,
        clock: Callable[[], float],
    ) -> None:
        """Work in `database`; `clock` in epoch seconds."""
        self._database, self._clock = database, clock
        self._campaigns, self._mailings, self._senders = campaigns, mailings, senders
        self._team, self._audits = team, audits
        self._audiences: dict[bytes, Audience] = {}
        self._cleared_at = float("-inf")
        self._lately = Lately()

    async def draft(self, one: Campaign, audience: Audience, starts: int, author: bytes) -> None:
        """Keep a new campaign of `author`, by her name in the team."""
        now = int(self._clock())
        proposal = Proposal(author, one.digest(audience, starts), starts)
        await self._database.run(lambda at: self._campaigns.draft(at, one, audience, proposal, now))

    async def act(self, id_: str, command: Command, by: By = MACHINE) -> Event | Refusal | None:
        """Judge a command and do it; return what happened or why not, None without such a one."""
        now = self._clock()
        return await self._database.run(lambda at: self._act(at, id_, command, by, now))

    async def reach(self, audience: Audience) -> int | None:
        """Tell how many readers an audience has, as far as that may be told."""
        return reach(await self._database.run(lambda at: self._mailings.reach(at, audience)))

    async def all(self) -> list[Progress]:
        """List the campaigns of the last year, the latest start first."""
        return await self._database.run(self._campaigns.all)

    async def one(self, id_: str) -> Progress | None:
        """Show one campaign; None without such a one."""

        def work(connection: Connection) -> Progress | None:
            row = self._campaigns.one(connection, id_)
            return progress_of(row) if row else None

        return await self._database.run(work)

    async def content(self, id_: str) -> tuple[Campaign, Audience]:
        """Read what a campaign says, and to whom."""
        return await self._database.run(lambda at: self._campaigns.content(at, id_))

    async def exchange(self, brought: Exchange, awake: Awake, caps: Caps) -> Handed:
        """Settle what the mailer did, and claim what it can do next: one transaction.

        Campaigns that are open are locked first: so of many processes no two claim the same, and none
        settles what another claims again at that moment. What is handed out says how many send, for the rate
        is one for all of them.
        """
        now = self._clock()

        def work(connection: Connection) -> Handed:
            rows = self._campaigns.open_ones(connection)
            totals = self._mailings.settle(connection, brought.settled, int(now))
            if any(one.due for one in brought.settled if one.fate is not Fate.SENT):
                self._lately = Lately()
            self._clear(connection, now)
            handed = Handed(going={row.id: Phase(row.phase) for row in rows})
            place = brought.place
            if place is None and not _SENDS.isdisjoint(handed.going.values()):
                place = handed.place = self._senders.stand(connection, brought.holder, int(now))
            self._mailings.renew(connection, brought.held, int(now))
            others = place.many - 1 if place else 0
            left = caps.overall - self._sent_today(connection, rows, totals, now)
            left -= len(brought.held) + others * _WINDOW
            places = min(brought.places, max(left, 0))
            for row in rows:
                brought_now = replace(brought, places=places)
                handed.letters += self._look_after(
                    connection, row, brought_now, totals, awake, caps, now
                )
                places = max(brought.places - len(handed.letters), 0)
            self._campaigns.count(connection, totals, int(now))
            return handed

        return await self._database.run(work)

    async def release(self, brought: Exchange) -> None:
        """Settle what was done and send no more: the others take up its part of the rate."""
        now = self._clock()

        def work(connection: Connection) -> None:
            self._campaigns.open_ones(connection)
            totals = self._mailings.settle(connection, brought.settled, int(now))
            self._campaigns.count(connection, totals, int(now))
            self._senders.leave(connection, brought.holder)

        await self._database.run(work)

    def board(self, connection: Connection, by: By, now: float) -> Board:
        """Show the newest campaigns that she may see, within the caller's transaction.

        Authors see their own, approvers all that were proposed.
        """
        approves = by.standing.may(Act.APPROVE)
        posted: list[Posted] = []
        for row in self._campaigns.newest(connection, int(now) - LASTS - DELETABLE):
            proposal = proposal_of(row)
            waits = proposal.phase in (Phase.DRAFT, Phase.PROPOSED, Phase.APPROVED)
            seen = proposal.author == by.name or (approves and proposal.phase is not Phase.DRAFT)
            if seen and len(posted) < _POSTED and (not waits or now < proposal.starts):
                posted.append(self._posted(connection, row, proposal, counted=not waits))
        return Board(by.name, tuple(posted))

    def note(self, connection: Connection, writing: Writing, by: By, now: float) -> None:
        """Apply what somebody did, within the caller's transaction.

        Raises:
            StoreError: things have changed since she was looked at; the turn is to be taken again.
        """
        match writing:
            case Drafted(one, audience, starts) if by.standing.may(Act.WRITE):
                proposal = Proposal(by.name, one.digest(audience, starts), starts)
                self._campaigns.draft(connection, one, audience, proposal, int(now))
            case Ordered(id_, command):
                happened = self._act(connection, id_, command, by, now)
                if happened is None or isinstance(happened, Refusal):
                    raise StoreError("A campaign changed while somebody decided about it.")

    def _sent_today(
        self,
        connection: Connection,
        rows: Sequence[Row[Any]],
        totals: Mapping[str, Totals],
        now: float,
    ) -> int:
        """Count the messages of this day: what is open counts as it stands, with what is brought."""
        ids = tuple(row.id for row in rows)
        closed = self._lately.known(
            ids, now, lambda: self._campaigns.sent_today(connection, int(now), ids)
        )
        opened: int = sum(row.today for row in rows if row.day == int(now) // DAY)
        return closed + opened + sum(one.sent for one in totals.values())

    def _posted(
        self, connection: Connection, row: Row[Any], proposal: Proposal, *, counted: bool
    ) -> Posted:
        one, audience = self._campaigns.content(connection, row.id)
        if counted:
            return Posted(one, audience, proposal, row.reach or None, reach(row.sent))
        readers = self._mailings.reach(connection, one.heard_by(audience))
        return Posted(one, audience, proposal, reach(readers))

    def _act(
        self, connection: Connection, id_: str, command: Command, by: By, now: float
    ) -> Event | Refusal | None:
        row = self._campaigns.one(connection, id_)
        if row is None:
            return None
        event = decide(proposal_of(row), command, by, now)
        if not isinstance(event, Refusal):
            self._happen(connection, row, event, now)
            if deed := _DEEDS.get(type(event)):
                self._audits.note(connection, deed, by.standing.role, now)
        return event

    def _happen(self, connection: Connection, row: Row[Any], event: Event, now: float) -> None:
        """Write down what happened to a campaign, and what follows from it."""
        more: dict[str, Any] = {}
        match event:
            case Begun():
                more = {"busy": True}
            case Finished() | Stopped():
                missed = self._mailings.give_up(connection, row.id, int(now))
                self._campaigns.count(connection, {row.id: Totals(missed=missed)}, int(now))
                more = {"busy": False, "cursor": b""}
            case Recalled():
                more = {"busy": True, "cursor": b""}
        self._campaigns.move(connection, row.id, applied(proposal_of(row), event), **more)

    def _look_after(
        self,
        connection: Connection,
        row: Row[Any],
        brought: Exchange,
        totals: dict[str, Totals],
        awake: Awake,
        caps: Caps,
        now: float,
    ) -> list[Letter]:
        proposal = proposal_of(row)
        if proposal.phase is Phase.APPROVED:
            self._begin(connection, row, now)
            return []
        if proposal.phase is Phase.RECALLED:
            return self._take_back(connection, row, brought, now)
        if now >= proposal.ends:
            self._act(connection, row.id, Finish(), MACHINE, now)
        elif proposal.sends(now):
            claim = self._claim(connection, row, proposal, brought, awake, caps, now)
            more = totals.pop(row.id, NOTHING) + claim.totals
            if claim.moved:
                self._campaigns.move_on(
                    connection, row.id, more, int(now), claim.cursor, reached=claim.reached
                )
            else:
                self._campaigns.count(connection, {row.id: more}, int(now))
            if claim.reached and not claim.letters and not self._mailings.waits(connection, row.id):
                self._act(connection, row.id, Finish(), MACHINE, now)
            return claim.letters
        return []

    def _begin(self, connection: Connection, row: Row[Any], now: float) -> None:
        """Start what is due, with both people as they stand now, or void its approval."""
        if now < row.starts:
            return
        one, audience = self._campaigns.content(connection, row.id)
        author = self._team.standing_of(connection, bytes(row.author))
        approver = self._team.standing_of(connection, bytes(row.approver))
        try:
            readers = self._mailings.reach(connection, one.heard_by(audience))
        except ValueError:  # nobody reads any of its languages
            readers = 0
        if readers < LEAST:
            self._happen(connection, row, Lapsed(), now)
            return
        begin = Begin(one.digest(audience, row.starts), author, approver)
        self._act(connection, row.id, begin, MACHINE, now)
        self._campaigns.change(connection, row.id, {"reach": reach(readers)})

    def _claim(
        self,
        connection: Connection,
        row: Row[Any],
        proposal: Proposal,
        brought: Exchange,
        awake: Awake,
        caps: Caps,
        now: float,
    ) -> Claim:
        claim = Claim(self._campaigns.cursor(row), row.reached)
        if not brought.places:
            return claim
        others = self._lately.known(
            row.id,
            now,
            lambda: self._campaigns.recent(connection, row.starts - MAILING_LIFE, row.id),
        )
        rules = Rules(awake, caps.each, others, proposal.ends)
        # Letters are due at a second; those that are put off now are looked for anew.
        due = self._lately.known(
            (row.id, "due"), now, lambda: self._mailings.has_due(connection, row.id, int(now))
        )
        if due:
            if brought.doubts:
                self._mailings.doubt(connection, row.id, rules, claim, now)
            most = brought.places - len(claim.letters)
            if most > 0:
                self._mailings.take_up(connection, row.id, rules, claim, now, most)
        if not claim.reached and len(claim.letters) < brought.places:
            audience = self._audience(connection, row)
            self._mailings.go_on(connection, row.id, rules, claim, now, brought.places, audience)
        return claim

    def _take_back(
        self, connection: Connection, row: Row[Any], brought: Exchange, now: float
    ) -> list[Letter]:
        """Hand out what still stands in the chats of readers; with the last of it all is done."""
        if not brought.places:
            return []
        letters, lost = self._mailings.standing(connection, row.id, now, brought.places)
        if not letters and not lost and not self._mailings.stands(connection, row.id, int(now)):
            self._mailings.give_up(connection, row.id, int(now))
            self._campaigns.change(connection, row.id, {"busy": False})
        return letters

    def _audience(self, connection: Connection, row: Row[Any]) -> Audience:
        """Read to whom it goes, once for each content."""
        digest = bytes(row.digest)
        if digest not in self._audiences:
            one, audience = self._campaigns.content(connection, row.id)
            self._audiences = {digest: one.heard_by(audience)}
        return self._audiences[digest]

    def _clear(self, connection: Connection, now: float) -> None:
        """Let go of who got what of a campaign that is too old to be recalled."""
        if abs(now - self._cleared_at) < 1.0:
            return
        self._cleared_at = now
        id_ = self._campaigns.over(connection, int(now) - MAILING_LIFE)
        if id_ is not None and not self._mailings.clear(connection, id_, _CLEARED):
            self._campaigns.change(connection, id_, {"cleared": True, "busy": False})
