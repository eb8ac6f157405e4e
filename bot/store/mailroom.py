"""Where campaigns are decided about and handed out: each doing in a transaction of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row

from bot.campaigns.approval import applied, decide
from bot.campaigns.audience import LEAST, Audience
from bot.campaigns.board import Board, Drafted, Ordered, Posted, Reworded, Rewritten, Writing
from bot.campaigns.campaign import Campaign
from bot.campaigns.commands import (
    MACHINE,
    Amend,
    Begin,
    By,
    Command,
    Correct,
    Doubt,
    Finish,
    Revise,
)
from bot.campaigns.estimate import reach
from bot.campaigns.events import (
    Allowed,
    Amended,
    Begun,
    Deleted,
    Doubted,
    Dropped,
    Event,
    Finished,
    Lapsed,
    Recalled,
    Refusal,
    Resumed,
    Stopped,
)
from bot.campaigns.headway import Stretch, told
from bot.campaigns.proposal import DELETABLE, DRAFTS, LASTS, Phase, Proposal
from bot.counting.weeks import DAY
from bot.errors import StoreError
from bot.staff.audit import Deed
from bot.staff.roles import Act, Role
from bot.store.audiences import count_meant, count_readers
from bot.store.audits import AuditBook
from bot.store.batch import MAILING_LIFE
from bot.store.campaigns import CampaignBook, progress_of, proposal_of
from bot.store.claiming import Claim, Claiming, Rules
from bot.store.corrections import Corrections
from bot.store.database import Database
from bot.store.lately import Lately
from bot.store.lending import Lending
from bot.store.letters import NOTHING, Awake, Caps, Exchange, Fate, Handed, Letter, Progress, Totals
from bot.store.longkey import LongKey
from bot.store.mailings import MailingBook
from bot.store.renaming import Renaming
from bot.store.senders import SenderBook
from bot.store.settling import Settling
from bot.store.subscribers import SubscriberBook
from bot.store.team import TeamBook
from bot.store.watch import Watch

_POSTED: Final = 9
"""Campaigns that are shown to somebody at once: what fits on a screen."""

_SENDS: Final = frozenset((Phase.SENDING, Phase.CORRECTING, Phase.RECALLED))
"""The phases in which messages go out, are edited, or are taken back."""

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
        key: LongKey,
        campaigns: CampaignBook,
        subscribers: SubscriberBook,
        team: TeamBook,
        audits: AuditBook,
        renaming: Renaming,
        *,
        clock: Callable[[], float],
    ) -> None:
        """Work in `database` under `key`; `clock` in epoch seconds."""
        self._database, self._clock = database, clock
        self._campaigns, self._mailings = campaigns, MailingBook()
        self._senders = SenderBook(database.insert)
        self._settling, self._lending = Settling(key), Lending(key, subscribers)
        self._claiming = Claiming(key, subscribers)
        self._team, self._audits, self._renaming = team, audits, renaming
        self._corrections = Corrections(campaigns, self._lending, team)
        self._watch = Watch(campaigns, self._mailings)
        self._cleared_at = float("-inf")
        self._lately = Lately()

    async def draft(self, one: Campaign, audience: Audience, starts: int, author: bytes) -> None:
        """Keep a new campaign of `author`, by her name in the team."""
        now, drafted = int(self._clock()), Drafted(one, audience, starts)

        def work(connection: Connection) -> None:
            by = By(author, self._team.standing_of(connection, author))
            self._draft(connection, drafted, by, now)

        await self._database.run(work)

    async def act(self, id_: str, command: Command, by: By = MACHINE) -> Event | Refusal | None:
        """Judge a command and do it; return what happened or why not, None without such a one."""
        now = self._clock()
        return await self._database.run(lambda at: self._act(at, id_, command, by, now))

    async def correct(self, words: Campaign, by: By = MACHINE) -> Event | Refusal | None:
        """Propose other words for the campaign of the same id; return as `act` does."""
        now = self._clock()
        return await self._database.run(lambda at: self._correct(at, words, by, now))

    async def reach(self, audience: Audience) -> int | None:
        """Tell how many readers an audience has, as far as that may be told."""
        return reach(await self._database.read(lambda at: count_meant(at, audience)))

    async def all(self) -> list[Progress]:
        """List the campaigns of the last year, the latest start first."""
        return await self._database.read(self._campaigns.all)

    async def one(self, id_: str) -> Progress | None:
        """Show one campaign; None without such a one."""

        def work(connection: Connection) -> Progress | None:
            row = self._campaigns.one(connection, id_)
            return progress_of(row) if row else None

        return await self._database.read(work)

    async def headway(self, id_: str) -> tuple[Stretch, ...]:
        """Tell how a campaign went out over time, as far as that may be told."""

        def work(connection: Connection) -> tuple[Stretch, ...]:
            row = self._campaigns.one(connection, id_)
            return self._headway(connection, row) if row else ()

        return await self._database.read(work)

    async def posted(self, id_: str) -> Posted | None:
        """Show how far one campaign has come; None without such a one, or before it begins."""
        now = self._clock()

        def work(connection: Connection) -> Posted | None:
            row = self._campaigns.one(connection, id_)
            if row is None or not row.reach:
                return None
            return self._posted(connection, row, proposal_of(row), now, counted=True)

        return await self._database.read(work)

    async def content(self, id_: str) -> tuple[Campaign, Audience]:
        """Read what a campaign says, and to whom."""
        return await self._database.read(lambda at: self._campaigns.content(at, id_))

    async def texts(self, id_: str) -> tuple[int, Campaign]:
        """Read what a campaign says by now, and how often it was corrected until then."""

        def work(connection: Connection) -> tuple[int, Campaign]:
            row = self._campaigns.one(connection, id_)
            one, _ = self._campaigns.content(connection, id_)
            return row.revision if row else 0, one

        return await self._database.read(work)

    async def exchange(self, exchanged: Exchange, awake: Awake, caps: Caps) -> Handed:
        """Settle what the mailer did, and claim what it can do next: one transaction.

        Campaigns that are open are locked first: so of many processes no two claim the same, and none
        settles what another claims again at that moment. What is handed out says how many send, for the rate
        is one for all of them.
        """
        now = self._clock()

        def work(connection: Connection) -> Handed:
            rows = self._campaigns.open_ones(connection)
            brought = self._renaming.brought(connection, exchanged)
            totals = self._settling.settle(connection, brought, int(now))
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

    async def once_more(self, letter: Letter) -> bool:
        """Count the second try of a letter, right before it goes; False where it must not.

        Killed between its claim and this, it comes again: so it is lost only by a kill between this
        and the request, after another before the first one (R33).
        """
        now, held = int(self._clock()), Exchange(b"", held=(letter,))

        def work(connection: Connection) -> bool:
            (named,) = self._renaming.brought(connection, held).held
            return self._mailings.once_more(connection, named, now)

        return await self._database.run(work)

    async def release(self, released: Exchange) -> None:
        """Settle what was done and send no more: the others take up its part of the rate."""
        now = self._clock()

        def work(connection: Connection) -> None:
            self._campaigns.open_ones(connection)
            brought = self._renaming.brought(connection, released)
            self._campaigns.count(
                connection, self._settling.settle(connection, brought, int(now)), int(now)
            )
            self._senders.leave(connection, brought.holder)

        await self._database.run(work)

    def board(self, connection: Connection, by: By, now: float, *, waiting: bool = True) -> Board:
        """Show the newest campaigns that she may see, within the caller's transaction.

        Authors see their own, approvers all that were proposed. Without those that are `waiting` for
        their start nobody's readers are counted, which takes long where they are many.
        """
        approves = by.standing.may(Act.APPROVE)
        posted: list[Posted] = []
        for row in self._campaigns.newest(connection, int(now) - LASTS - DELETABLE):
            proposal = proposal_of(row)
            drafted = proposal.phase is Phase.DRAFT
            waits = drafted or proposal.phase in (Phase.PROPOSED, Phase.APPROVED)
            seen = proposal.author == by.name or (approves and not drafted)
            is_open = not waits or (waiting and (drafted or now < proposal.starts))
            if seen and len(posted) < _POSTED and is_open:
                posted.append(self._posted(connection, row, proposal, now, counted=not waits))
        return Board(by.name, tuple(posted))

    def note(self, connection: Connection, writing: Writing, by: By, now: float) -> None:
        """Apply what somebody did, within the caller's transaction.

        Raises:
            StoreError: things have changed since she was looked at; the turn is to be taken again.
        """
        match writing:
            case Drafted() if by.standing.may(Act.WRITE):
                self._draft(connection, writing, by, int(now))
            case Rewritten(one, audience, starts):
                revise = Revise(one.digest(audience, starts), starts)
                _done(self._act(connection, one.id, revise, by, now))
                self._campaigns.revise(connection, one, audience)
            case Ordered(id_, command):
                _done(self._act(connection, id_, command, by, now))
            case Reworded(words):
                _done(self._correct(connection, words, by, now))

    def _draft(self, connection: Connection, drafted: Drafted, by: By, now: int) -> None:
        if self._campaigns.drafts(connection, by.name) >= DRAFTS:
            raise StoreError("Somebody who had too many drafts began another.")
        one, audience, starts = drafted.campaign, drafted.audience, drafted.starts
        proposal = Proposal(by.name, one.digest(audience, starts), starts)
        self._campaigns.draft(connection, one, audience, proposal, now)
        self._audits.note(connection, Deed.DRAFTED, by.standing.role, now, one.id)

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
        self,
        connection: Connection,
        row: Row[Any],
        proposal: Proposal,
        now: float,
        *,
        counted: bool,
    ) -> Posted:
        one, audience = self._campaigns.content(connection, row.id)
        if counted:
            readers, going = row.reach or None, self._watch.going(connection, row, now)
            headway = self._headway(connection, row)
            words = self._campaigns.words(connection, row.id)
            return Posted(one, audience, proposal, readers, reach(row.sent), going, headway, words)
        return Posted(one, audience, proposal, reach(count_readers(connection, one, audience)))

    def _headway(self, connection: Connection, row: Row[Any]) -> tuple[Stretch, ...]:
        kept = self._campaigns.headway.load(connection, row.id)
        return told(kept, self._clock() if row.phase == Phase.PAUSED else None)

    def _act(
        self, connection: Connection, id_: str, command: Command, by: By, now: float
    ) -> Event | Refusal | None:
        row = self._campaigns.one(connection, id_)
        if row is None:
            return None
        event = decide(proposal_of(row), command, by, now)
        if not isinstance(event, Refusal):
            by_itself = isinstance(command, Begin | Doubt | Finish | Amend)
            self._happen(connection, row, event, None if by_itself else by.standing.role, now)
        return event

    def _correct(
        self, connection: Connection, words: Campaign, by: By, now: float
    ) -> Event | Refusal | None:
        row = self._campaigns.one(connection, words.id)
        if row is None:
            return None
        proposal = proposal_of(row)
        event = decide(proposal, Correct(self._corrections.digest(connection, row, words)), by, now)
        if isinstance(event, Refusal):
            return event
        if not self._corrections.fits(connection, words):
            return Refusal.ANOTHER
        self._campaigns.correct(connection, words, applied(proposal, event))
        self._audits.happened(connection, event, by.standing.role, now, row.id)
        return event

    def _happen(
        self,
        connection: Connection,
        row: Row[Any],
        event: Event,
        role: Role | None,
        now: float,
    ) -> None:
        """Write down what happened to a campaign and who did it, and what follows from it."""
        more: dict[str, Any] = {}
        after = applied(proposal_of(row), event)
        match event:
            case Begun() | Allowed():
                more = {"busy": True}
            case Finished() | Stopped() | Resumed(late=True):
                self._give_up(connection, row, now)
                goes_on = after.phase is Phase.CORRECTING or after.correction is not None
                more = {"busy": goes_on, "cursor": b""}
            case Recalled():
                more = {"busy": True, "cursor": b""}
            case Dropped() | Doubted() if after.phase is Phase.DONE:
                more = {"busy": False}
        if after.phase is Phase.PAUSED:
            self._campaigns.headway.pause(connection, row.id, now)
        elif row.phase == Phase.PAUSED:
            self._campaigns.headway.resume(connection, row.id, now)
        if isinstance(event, Deleted):
            self._campaigns.delete(connection, row.id)
        elif isinstance(event, Amended):
            self._campaigns.amend(connection, row, after)
        else:
            self._campaigns.move(connection, row.id, after, **more)
        self._audits.happened(connection, event, role, now, row.id)

    def _give_up(self, connection: Connection, row: Row[Any], now: float) -> None:
        """Let go of letters that nobody is sending: their readers are missed."""
        missed = self._mailings.give_up(connection, row.id, int(now))
        self._campaigns.count(connection, {row.id: Totals(missed=missed)}, int(now))

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
        edits = self._amend(connection, row, proposal, brought, now)
        if edits is not None:
            return edits
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

    def _amend(
        self,
        connection: Connection,
        row: Row[Any],
        proposal: Proposal,
        brought: Exchange,
        now: float,
    ) -> list[Letter] | None:
        """Do what comes next about a correction; None where the campaign just goes on."""
        waits = proposal.correction
        if waits and waits.starts and now >= waits.starts:
            self._act(connection, row.id, self._corrections.amend(connection, row), MACHINE, now)
            return []
        if proposal.phase is Phase.DONE:
            self._campaigns.change(connection, row.id, {"busy": waits is not None})
            return []
        edits, goes_on = self._corrections.edits(connection, row, proposal, brought, now)
        if proposal.phase is not Phase.CORRECTING:
            return edits or None
        if not goes_on:
            # Nothing says anything else any more; what is in doubt is waited for.
            self._give_up(connection, row, now)
            if not self._mailings.waits(connection, row.id):
                self._act(connection, row.id, Finish(), MACHINE, now)
        return edits

    def _begin(self, connection: Connection, row: Row[Any], now: float) -> None:
        """Start what is due, with both people as they stand now, or void its approval."""
        if now < row.starts or self._renaming.lasts(connection):
            return
        one, audience = self._campaigns.content(connection, row.id)
        author = self._team.standing_of(connection, bytes(row.author))
        approver = self._team.standing_of(connection, bytes(row.approver))
        readers = count_readers(connection, one, audience)
        if readers < LEAST:
            self._happen(connection, row, Lapsed(), None, now)
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
        rules = Rules(awake, caps.each, others, proposal.ends, row.revision)
        # Letters are due at a second; those that are put off now are looked for anew.
        due = self._lately.known(
            (row.id, "due"), now, lambda: self._mailings.has_due(connection, row.id, int(now))
        )
        if due:
            if brought.doubts:
                self._claiming.doubt(connection, row.id, rules, claim, now)
            most = brought.places - len(claim.letters)
            if most > 0:
                self._claiming.take_up(connection, row.id, rules, claim, now, most)
        # While names change nobody can go on in their order: whoever is renamed waits in the queue.
        reads = not claim.reached and not self._renaming.lasts(connection)
        if reads and len(claim.letters) < brought.places:
            audience = self._campaigns.readers(connection, row)
            self._claiming.go_on(connection, row.id, rules, claim, now, brought.places, audience)
        return claim

    def _take_back(
        self, connection: Connection, row: Row[Any], brought: Exchange, now: float
    ) -> list[Letter]:
        """Hand out what still stands in the chats of readers; with the last of it all is done."""
        if not brought.places:
            return []
        letters, lost = self._lending.standing(connection, row.id, now, brought.places)
        if not letters and not lost and not self._mailings.stands(connection, row.id, int(now)):
            self._mailings.give_up(connection, row.id, int(now))
            self._campaigns.change(connection, row.id, {"busy": False})
        return letters

    def _clear(self, connection: Connection, now: float) -> None:
        """Let go of who got what of a campaign that is too old to be recalled."""
        if abs(now - self._cleared_at) < 1.0:
            return
        self._cleared_at = now
        id_ = self._campaigns.over(connection, int(now) - MAILING_LIFE)
        if id_ is not None and not self._mailings.clear(connection, id_, _CLEARED):
            self._campaigns.headway.merge(connection, id_)
            self._campaigns.change(connection, id_, {"cleared": True, "busy": False})


def _done(happened: Event | Refusal | None) -> None:
    """Make sure that what she was offered to do was done."""
    if happened is None or isinstance(happened, Refusal):
        raise StoreError("A campaign changed while somebody decided about it.")
