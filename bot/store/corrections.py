"""Corrections of what has gone out: when they count, and which messages still say something else."""

from typing import Any

from sqlalchemy import Connection, Row

from bot.campaigns.campaign import Campaign
from bot.campaigns.commands import MACHINE, Amend
from bot.campaigns.proposal import Proposal
from bot.store.campaigns import CampaignBook
from bot.store.lending import Lending
from bot.store.letters import Exchange, Letter
from bot.store.team import TeamBook


class Corrections:
    """Looks after the corrections of campaigns, each doing within the caller's transaction."""

    def __init__(self, campaigns: CampaignBook, lending: Lending, team: TeamBook) -> None:
        """Work with the books of the mailroom."""
        self._campaigns, self._lending, self._team = campaigns, lending, team

    def fits(self, connection: Connection, words: Campaign) -> bool:
        """Tell whether these are other words for the campaign of the same id, and no other one."""
        before, _ = self._campaigns.content(connection, words.id)
        return words.corrects(before)

    def digest(self, connection: Connection, row: Row[Any], words: Campaign) -> bytes:
        """Take the fingerprint of a campaign in other words: to the same readers, at the same time."""
        _, audience = self._campaigns.content(connection, row.id)
        return words.digest(audience, row.starts)

    def amend(self, connection: Connection, row: Row[Any]) -> Amend:
        """Say what is about to be read, and how both people stand now."""
        words = self._campaigns.words(connection, row.id)
        digest = self.digest(connection, row, words) if words else b""
        author = MACHINE.standing
        if row.corrector:
            author = self._team.standing_of(connection, bytes(row.corrector))
        return Amend(digest, author, self._team.standing_of(connection, bytes(row.confirmer)))

    def edits(
        self,
        connection: Connection,
        row: Row[Any],
        proposal: Proposal,
        brought: Exchange,
        now: float,
    ) -> tuple[list[Letter], bool]:
        """Hand out messages that say something else; whether there may be more of them.

        One that is under way with earlier words says so once it is settled: there is more until then.
        """
        if not proposal.corrects(now):
            return [], now < proposal.starts  # by a clock that was set back nothing is over
        if not brought.places:
            return [], True
        letters, lost = self._lending.outdated(
            connection, row.id, now, brought.places, row.revision
        )
        more = letters or lost or self._lending.is_outdated(connection, row.id, row.revision)
        return letters, bool(more)
