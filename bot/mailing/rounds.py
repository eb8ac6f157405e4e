"""The way to the mailroom and back: what is settled is brought there, what comes next is fetched."""

import asyncio
import logging
import secrets
from collections.abc import Mapping
from contextlib import suppress

from bot.campaigns.commands import Pause
from bot.campaigns.proposal import Phase
from bot.errors import StoreError
from bot.mailing.doubting import Doubting
from bot.mailing.pace import Pace
from bot.mailing.pages import Pages
from bot.mailing.share import take
from bot.mailing.terms import FRESH, Clocks, Terms
from bot.mailing.tray import Tray
from bot.store.bag import Bag
from bot.store.letters import Exchange, Fate, Place, Settled
from bot.store.mailroom import Mailroom

_log = logging.getLogger("tirek.mailing")

_TICK = 1.0
"""Seconds after which the store is asked at the latest: a pause or a stop is seen so soon."""

_COUNTED = 0.5
"""Seconds for which a process does not ask again how many there are."""


class Rounds:
    """Exchanges letters with the mailroom, at the latest when a second has passed.

    Attributes:
        going: by campaign, how far those have come that are looked after.
    """

    def __init__(
        self,
        mailroom: Mailroom,
        pages: Pages,
        pace: Pace,
        clocks: Clocks,
        terms: Terms,
        tray: Tray,
        bag: Bag,
    ) -> None:
        """Fetch letters into `tray`; nothing may go at `pace` before the first round.

        What `bag` was left with by a killed process is given back with that round.
        """
        self._mailroom, self._pages, self._pace = mailroom, pages, pace
        self._clocks, self._terms, self._tray, self._bag = clocks, terms, tray, bag
        tray.settled += [Settled(one, Fate.UNSENT, due=int(clocks.wall())) for one in bag.left]
        self._doubting = Doubting(mailroom, clocks, tray)
        self.going: Mapping[str, Phase] = {}
        self._holder = secrets.token_bytes(8)
        self._place: Place | None = None
        self._told = float("-inf")
        self._unheard = False
        now = clocks.steady()
        pace.allow(0, now, now, now)

    async def run(self) -> None:
        """Exchange again and again, until the tray is told to stop."""
        while not self._tray.stopping:
            try:
                await self._doubting.look()
                await self._exchange()
            except StoreError:
                _log.exception("mailing.unavailable")
                await asyncio.sleep(_TICK)
            except Exception:  # noqa: BLE001 - a campaign may fail, but not end all later ones
                _log.exception("mailing.broken")
                await asyncio.sleep(_TICK)
            self._tray.wanted.clear()
            self._tray.ask_for_more()  # what came of letters meanwhile may wait until there is more
            with suppress(TimeoutError):
                async with asyncio.timeout(_TICK):
                    await self._tray.wanted.wait()

    async def leave(self) -> None:
        """Bring what is settled for the last time, and let the other processes go on."""
        brought = Exchange(self._holder, tuple(self._tray.settled), again=self._unheard)
        await self._mailroom.release(brought)
        self._bag.carry(())

    async def _exchange(self) -> None:
        """Bring what is settled and take as many new letters as there are places."""
        settled = tuple(self._tray.settled)
        held, asked = self._tray.held, self._clocks.steady()
        places = self._terms.window - len(held)  # with the same commit what is settled is over
        brought = Exchange(
            self._holder,
            settled,
            held,
            places if self._is_open else 0,
            doubts=not any(letter.attempts > 1 for letter in held),
            place=self._place if asked - self._told < _COUNTED else None,
            again=self._unheard,
        )
        self._unheard = True
        handed = await self._mailroom.exchange(brought, self._terms.awake, self._terms.caps)
        self._unheard = False
        self._bag.carry((*held, *handed.letters))
        del self._tray.settled[: len(settled)]
        self.going = handed.going
        now = self._clocks.steady()
        self._tray.exchanged(now - asked)
        if handed.place:
            self._place, self._told = handed.place, asked
            take(self._pace, handed.place, asked, now)
        for id_, revision in {(letter.campaign, letter.revision) for letter in handed.letters}:
            await self._pages.read(id_, revision)
        self._tray.waiting.extend(handed.letters)
        await self._pause_the_failing()
        if self._tray.waiting:
            self._tray.ready.set()

    @property
    def _is_open(self) -> bool:
        """Tell whether a letter claimed now could go soon."""
        now = self._clocks.steady()
        return self._pace.next(now) <= now + FRESH / 2

    async def _pause_the_failing(self) -> None:
        for id_, one in [*self._tray.failing.items()]:
            if id_ not in self.going:
                del self._tray.failing[id_]
            elif one.too_many:
                _log.error("mailing.failing")
                del self._tray.failing[id_]
                await self._mailroom.act(id_, Pause())
                self._tray.give_back()
