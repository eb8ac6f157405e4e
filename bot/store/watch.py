"""How far a campaign has come, as staff may be told it every few seconds."""

from typing import Any

from sqlalchemy import Connection, Row

from bot.campaigns.estimate import reach
from bot.campaigns.progress import Going, Looks
from bot.store.campaigns import CampaignBook, progress_of
from bot.store.letters import LEASE
from bot.store.mailings import MailingBook


class Watch:
    """Remembers what was seen of each campaign of late: so its rate is known without a row."""

    def __init__(self, campaigns: CampaignBook, mailings: MailingBook) -> None:
        """Read from the books of the mailroom."""
        self._campaigns, self._mailings = campaigns, mailings
        self._looks: dict[str, Looks] = {}

    def going(self, connection: Connection, row: Row[Any], now: float) -> Going:
        """Tell how far it has come at `now`, in epoch seconds, within the caller's transaction."""
        one = progress_of(row)
        totals = one.totals
        if one.busy:
            looks = self._looks.setdefault(row.id, Looks())
            looks.note(now, one.done + totals.corrected)
            a_minute = looks.a_minute
        else:
            self._looks.pop(row.id, None)
            a_minute = None
        waits = self._mailings.waits_until(connection, row.id) if one.busy else 0
        return Going(
            readers=one.reach,
            sent=reach(totals.sent) or 0,
            blocked=reach(totals.blocked) or 0,
            departed=reach(totals.departed) or 0,
            others=reach(totals.failed + totals.unsure + totals.missed) or 0,
            recalled=reach(totals.recalled) or 0,
            corrected=reach(totals.corrected) or 0,
            a_minute=None if a_minute is None else reach(int(a_minute)),
            everybody=row.reached,
            waits=waits if waits > now + LEASE else 0,
            today=reach(self._campaigns.sent_today(connection, int(now))) or 0,
        )
