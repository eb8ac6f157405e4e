"""What mailers did is settled and what they can do next is handed out, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Row

from bot.campaigns.proposal import Phase
from bot.counting.weeks import DAY
from bot.store.batch import MAILING_LIFE
from bot.store.campaigns import CampaignBook
from bot.store.lately import Lately
from bot.store.letters import Awake, Caps, Exchange, Fate, Handed, Letter, Totals
from bot.store.mailings import MailingBook
from bot.store.renaming import Renaming
from bot.store.senders import SenderBook
from bot.store.settling import Settling
from bot.store.tending import Tending

_SENDS: Final = frozenset((Phase.SENDING, Phase.CORRECTING, Phase.RECALLED))
"""The phases in which messages go out, are edited, or are taken back."""

_WINDOW: Final = 8
"""Letters that each other process may have under way at most, near the end of a day's messages (R33)."""

_CLEARED: Final = 2000
"""Rows let go of in one second: a million of them in eight minutes (R5)."""


class Exchanging:
    """Exchanges letters with mailers, each time within the caller's transaction."""

    def __init__(
        self,
        campaigns: CampaignBook,
        mailings: MailingBook,
        senders: SenderBook,
        settling: Settling,
        tending: Tending,
        renaming: Renaming,
        lately: Lately,
    ) -> None:
        """Work with the books and the rooms of the mailroom."""
        self._campaigns, self._mailings, self._senders = campaigns, mailings, senders
        self._settling, self._tending = settling, tending
        self._renaming, self._lately = renaming, lately
        self._cleared_at = float("-inf")

    def exchange(
        self, connection: Connection, exchanged: Exchange, awake: Awake, caps: Caps, now: float
    ) -> Handed:
        """Settle what a mailer did, and claim what it can do next.

        Campaigns that are open are locked first: so of many processes no two claim the same, and none
        settles what another claims again at that moment. What is handed out says how many send, for the rate
        is one for all of them.
        """
        rows = self._campaigns.open_ones(connection)
        brought = self._renaming.brought(connection, exchanged)
        totals = self._settling.settle(connection, brought, int(now))
        if any(one.due for one in brought.settled if one.fate is not Fate.SENT):
            self._lately.forget()
        self._clear(connection, now)
        handed = Handed(going={row.id: Phase(row.phase) for row in rows})
        place = brought.place
        if place is None and not _SENDS.isdisjoint(handed.going.values()):
            place = handed.place = self._senders.stand(connection, brought.holder, int(now))
        self._mailings.renew(connection, brought.held, int(now))
        others = place.many - 1 if place else 0
        left = caps.overall - self._sent_today(connection, rows, totals, now)
        left -= len(brought.held) + others * _WINDOW
        for row in rows:
            room = replace(brought, places=max(brought.places - len(handed.letters), 0))
            today = replace(caps, overall=max(left, 0))
            letters = self._tending.tend(connection, row, room, totals, awake, today, now)
            left -= sum(one.message_id is None for one in letters)
            handed.letters += letters
        self._campaigns.count(connection, totals, int(now))
        return handed

    def once_more(self, connection: Connection, letter: Letter, now: int) -> bool:
        """Count the second try of a letter; False where it is no longer its mailer's to send."""
        (named,) = self._renaming.brought(connection, Exchange(b"", held=(letter,))).held
        return self._mailings.once_more(connection, named, now)

    def release(self, connection: Connection, released: Exchange, now: float) -> None:
        """Settle what a mailer did, which sends no more."""
        self._campaigns.open_ones(connection)
        brought = self._renaming.brought(connection, released)
        totals = self._settling.settle(connection, brought, int(now))
        self._campaigns.count(connection, totals, int(now))
        self._senders.leave(connection, brought.holder)

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

    def _clear(self, connection: Connection, now: float) -> None:
        """Let go of who got what of a campaign that is too old to be recalled."""
        if abs(now - self._cleared_at) < 1.0:
            return
        self._cleared_at = now
        id_ = self._campaigns.over(connection, int(now) - MAILING_LIFE)
        if id_ is not None and not self._mailings.clear(connection, id_, _CLEARED):
            self._campaigns.headway.merge(connection, id_)
            self._campaigns.change(connection, id_, {"cleared": True, "busy": False})
