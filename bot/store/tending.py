"""Open campaigns are looked after: each begins, goes out, says other words, is taken back, and ends."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row

from bot.campaigns.commands import MACHINE, Finish
from bot.campaigns.proposal import Phase, Proposal
from bot.store.campaigns import CampaignBook, proposal_of
from bot.store.claiming import Claiming
from bot.store.corrections import Corrections
from bot.store.deciding import Deciding
from bot.store.lending import Lending
from bot.store.letters import NOTHING, Awake, Caps, Exchange, Letter, Totals
from bot.store.mailings import MailingBook
from bot.store.renaming import Renaming


class Tending:
    """Does what comes next about a campaign, within a transaction of the caller who locked it."""

    def __init__(
        self,
        campaigns: CampaignBook,
        mailings: MailingBook,
        claiming: Claiming,
        lending: Lending,
        corrections: Corrections,
        deciding: Deciding,
        renaming: Renaming,
    ) -> None:
        """Work with the books and the rooms of the mailroom."""
        self._campaigns, self._mailings, self._renaming = campaigns, mailings, renaming
        self._claiming, self._lending = claiming, lending
        self._corrections, self._deciding = corrections, deciding

    def tend(
        self,
        connection: Connection,
        row: Row[Any],
        brought: Exchange,
        totals: dict[str, Totals],
        awake: Awake,
        caps: Caps,
        now: float,
    ) -> list[Letter]:
        """Do it for the campaign of a row, and hand out what is to be done about its letters.

        What became of its letters is taken from `totals` where it is written down here. `caps` say
        how many new messages may still go today: none is needed to take one back, or to edit it.
        """
        proposal = proposal_of(row)
        if proposal.phase is Phase.APPROVED:
            if now >= row.starts and not self._renaming.lasts(connection):
                self._deciding.begin(connection, row, now)
            return []
        if proposal.phase is Phase.RECALLED:
            return self._take_back(connection, row, brought, now)
        edits = self._amend(connection, row, proposal, brought, now)
        if edits is not None:
            return edits
        if now >= proposal.ends:
            self._deciding.act(connection, row.id, Finish(), MACHINE, now)
        elif proposal.sends(now):
            today = replace(brought, places=min(brought.places, caps.overall))
            claim = self._claiming.claim(connection, row, proposal, today, awake, caps, now)
            more = totals.pop(row.id, NOTHING) + claim.totals
            if claim.moved:
                self._campaigns.move_on(
                    connection, row.id, more, int(now), claim.cursor, reached=claim.reached
                )
            else:
                self._campaigns.count(connection, {row.id: more}, int(now))
            if claim.reached and not claim.letters and not self._mailings.waits(connection, row.id):
                self._deciding.act(connection, row.id, Finish(), MACHINE, now)
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
            self._deciding.act(
                connection, row.id, self._corrections.amend(connection, row), MACHINE, now
            )
            return []
        if proposal.phase is Phase.DONE:
            self._campaigns.change(connection, row.id, {"busy": waits is not None})
            return []
        edits, goes_on = self._corrections.edits(connection, row, proposal, brought, now)
        if proposal.phase is not Phase.CORRECTING:
            return edits or None
        if not goes_on:
            # Nothing says anything else any more; what is in doubt is waited for.
            self._deciding.give_up(connection, row, now)
            if not self._mailings.waits(connection, row.id):
                self._deciding.act(connection, row.id, Finish(), MACHINE, now)
        return edits

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
