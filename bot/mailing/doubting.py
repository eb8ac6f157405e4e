"""A clock that was set is believed by nobody: what goes out by it is held back (R38)."""

import logging

from bot.campaigns.commands import Doubt
from bot.campaigns.proposal import Phase
from bot.mailing.terms import Clocks
from bot.mailing.tray import Tray
from bot.store.mailroom import Mailroom

_log = logging.getLogger("tirek.mailing")

_COMPARED = 300.0
"""Seconds over which both clocks are compared: a step of many small ones counts as one."""


class Doubting:
    """Compares the time of day with a clock that nobody sets."""

    def __init__(self, mailroom: Mailroom, clocks: Clocks, tray: Tray) -> None:
        """Believe both clocks as they stand now."""
        self._mailroom, self._clocks, self._tray = mailroom, clocks, tray
        self._seen = clocks.read()

    async def look(self) -> None:
        """Send nothing by a clock that was set, until a person has looked (R38)."""
        now = self._clocks.read()
        if now.stepped(self._seen):
            _log.error("mailing.clock_set")
            for one in await self._mailroom.all():
                if one.busy or one.phase is Phase.APPROVED:
                    await self._mailroom.act(one.id, Doubt())
            self._tray.give_back()
        elif now.steady - self._seen.steady < _COMPARED:
            return  # compared with every tick, a clock that stands still would never be far off
        self._seen = now
