"""What staff see of campaigns: their list, how far one has come, and how it went out over time."""

from typing import Any, Final

from sqlalchemy import Connection, Row

from bot.campaigns.board import Board, Posted
from bot.campaigns.commands import By
from bot.campaigns.estimate import reach
from bot.campaigns.headway import Stretch, told
from bot.campaigns.proposal import DELETABLE, LASTS, Phase, Proposal
from bot.staff.roles import Act
from bot.store.audiences import count_readers
from bot.store.campaigns import CampaignBook, proposal_of
from bot.store.mailings import MailingBook
from bot.store.watch import Watch

_POSTED: Final = 9
"""Campaigns that are shown to somebody at once: what fits on a screen."""


class Showing:
    """Shows campaigns, each time within the caller's transaction; nothing is written."""

    def __init__(self, campaigns: CampaignBook, mailings: MailingBook) -> None:
        """Read from the books of the mailroom."""
        self._campaigns = campaigns
        self._watch = Watch(campaigns, mailings)

    def board(self, connection: Connection, by: By, now: float, *, waiting: bool = True) -> Board:
        """Show the newest campaigns that she may see.

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

    def posted(self, connection: Connection, id_: str, now: float) -> Posted | None:
        """Show how far one has come by `now`; None without such a one, or before it begins."""
        row = self._campaigns.one(connection, id_)
        if row is None or not row.reach:
            return None
        return self._posted(connection, row, proposal_of(row), now, counted=True)

    def headway(self, connection: Connection, id_: str, now: float) -> tuple[Stretch, ...]:
        """Tell how one went out over time until `now`, as far as that may be told."""
        row = self._campaigns.one(connection, id_)
        return self._headway(connection, row, now) if row else ()

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
            headway = self._headway(connection, row, now)
            words = self._campaigns.words(connection, row.id)
            return Posted(one, audience, proposal, readers, reach(row.sent), going, headway, words)
        return Posted(one, audience, proposal, reach(count_readers(connection, one, audience)))

    def _headway(self, connection: Connection, row: Row[Any], now: float) -> tuple[Stretch, ...]:
        kept = self._campaigns.headway.load(connection, row.id)
        return told(kept, now if row.phase == Phase.PAUSED else None)
