"""Campaigns are decided about: a command is judged, and what happened is written down and noted."""

from typing import Any

from sqlalchemy import Connection, Row

from bot.campaigns.approval import applied, decide
from bot.campaigns.audience import LEAST
from bot.campaigns.board import Drafted, Ordered, Reworded, Rewritten, Writing
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
from bot.campaigns.proposal import DRAFTS, Phase, Proposal
from bot.errors import StoreError
from bot.staff.audit import Deed
from bot.staff.roles import Act, Role
from bot.store.audiences import count_readers
from bot.store.audits import AuditBook
from bot.store.campaigns import CampaignBook, proposal_of
from bot.store.corrections import Corrections
from bot.store.letters import Totals
from bot.store.mailings import MailingBook
from bot.store.team import TeamBook


class Deciding:
    """Does what people and the mailer decide about campaigns, within the caller's transaction."""

    def __init__(
        self,
        campaigns: CampaignBook,
        mailings: MailingBook,
        corrections: Corrections,
        team: TeamBook,
        audits: AuditBook,
    ) -> None:
        """Write into the books of the mailroom."""
        self._campaigns, self._mailings = campaigns, mailings
        self._corrections, self._team, self._audits = corrections, team, audits

    def draft(self, connection: Connection, drafted: Drafted, by: By, now: int) -> None:
        """Keep a new campaign, unless she has as many drafts as anybody may have.

        Raises:
            StoreError: she has; she was not offered to begin another.
        """
        if self._campaigns.drafts(connection, by.name) >= DRAFTS:
            raise StoreError("Somebody who had too many drafts began another.")
        one, audience, starts = drafted.campaign, drafted.audience, drafted.starts
        proposal = Proposal(by.name, one.digest(audience, starts), starts)
        self._campaigns.draft(connection, one, audience, proposal, now)
        self._audits.note(connection, Deed.DRAFTED, by.standing.role, now, one.id)

    def note(self, connection: Connection, writing: Writing, by: By, now: float) -> None:
        """Apply what somebody did.

        Raises:
            StoreError: things have changed since she was looked at; the turn is to be taken again.
        """
        match writing:
            case Drafted() if by.standing.may(Act.WRITE):
                self.draft(connection, writing, by, int(now))
            case Rewritten(one, audience, starts):
                revise = Revise(one.digest(audience, starts), starts)
                _done(self.act(connection, one.id, revise, by, now))
                self._campaigns.revise(connection, one, audience)
            case Ordered(id_, command):
                _done(self.act(connection, id_, command, by, now))
            case Reworded(words):
                _done(self.correct(connection, words, by, now))

    def act(
        self, connection: Connection, id_: str, command: Command, by: By, now: float
    ) -> Event | Refusal | None:
        """Judge a command and do it; return what happened or why not, None without such a one."""
        row = self._campaigns.one(connection, id_)
        if row is None:
            return None
        event = decide(proposal_of(row), command, by, now)
        if not isinstance(event, Refusal):
            by_itself = isinstance(command, Begin | Doubt | Finish | Amend)
            self._happen(connection, row, event, None if by_itself else by.standing.role, now)
        return event

    def correct(
        self, connection: Connection, words: Campaign, by: By, now: float
    ) -> Event | Refusal | None:
        """Propose other words for the campaign of the same id; return as `act` does."""
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

    def begin(self, connection: Connection, row: Row[Any], now: float) -> None:
        """Start what is due, with both people as they stand now, or void its approval."""
        one, audience = self._campaigns.content(connection, row.id)
        author = self._team.standing_of(connection, bytes(row.author))
        approver = self._team.standing_of(connection, bytes(row.approver))
        readers = count_readers(connection, one, audience)
        if readers < LEAST:
            self._happen(connection, row, Lapsed(), None, now)
            return
        begin = Begin(one.digest(audience, row.starts), author, approver)
        self.act(connection, row.id, begin, MACHINE, now)
        self._campaigns.change(connection, row.id, {"reach": reach(readers)})

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
                self.give_up(connection, row, now)
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

    def give_up(self, connection: Connection, row: Row[Any], now: float) -> None:
        """Let go of letters that nobody is sending: their readers are missed."""
        missed = self._mailings.give_up(connection, row.id, int(now))
        self._campaigns.count(connection, {row.id: Totals(missed=missed)}, int(now))


def _done(happened: Event | Refusal | None) -> None:
    """Make sure that what she was offered to do was done."""
    if happened is None or isinstance(happened, Refusal):
        raise StoreError("A campaign changed while somebody decided about it.")
