"""A mailer, a real store and the double of Telegram, in one loop whose hours may pass at once."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from bot.channels.telegram.api import Api
from bot.channels.telegram.buttons import Codebook
from bot.channels.telegram.messages import Messages
from bot.channels.telegram.sender import TelegramSender
from bot.conversation import Conversation
from bot.engine.stage import Stage
from bot.mailing.beside import Beside
from bot.mailing.mailer import Mailer
from bot.mailing.pace import Pace
from bot.mailing.pages import Pages
from bot.mailing.terms import Clocks, Terms
from bot.outward.erasures import Erasures
from bot.store.bag import Bag
from bot.store.keys import KeyRing
from bot.store.letters import Caps
from bot.store.store import Store
from tests.mailing.approved import FIRST, appoint, approve, campaign, subscribe
from tests.standin.clock import Clock
from tests.standin.server import StandIn
from tests.talking import RETENTION
from tests.virtual_time import VirtualLoop

START = 1_795_000_000


class LoopClock(Clock):
    """The loop's own time, at the double as here."""

    def now(self):
        return START + asyncio.get_running_loop().time() + self._ahead


class Post:
    """`readers` people who asked for news, and a campaign that begins when this does."""

    def __init__(self, folder, world, *, readers=100, rate=25, latency=0.0, seed=0, url=None):
        self.folder, self.world, self.rate = Path(folder), world, rate
        self.people = range(FIRST, FIRST + readers)
        self.url = url or "sqlite://"
        self.tg = StandIn(clock=LoopClock(), seed=seed)
        self.latency = latency
        self.skew = 0.0
        self.frozen: float | None = None
        self.keys = KeyRing(self.folder / "keys", self.clock)
        self.store: Any = None
        self.now = 0.0

    def clock(self):
        """Read the time of day as the bot is told it: `skew` seconds off, or `frozen` at a moment."""
        return (self._true() if self.frozen is None else self.frozen) + self.skew

    def _true(self):
        """Read the double's time; threads of the store read the latest one of the loop."""
        try:
            self.now = self.tg.world.clock.now()
        except RuntimeError:
            loop = getattr(VirtualLoop, "present", None)
            if loop is not None and not loop.is_closed():
                self.now = START + loop.time() + self.tg.world.clock._ahead
        return self.now

    async def __aenter__(self):
        self._stack = AsyncExitStack()
        await self._stack.enter_async_context(self.tg)
        await self.tg.set_latency(self.latency)
        for one in self.people:
            await self.tg.meet(one)
        self.store = await Store.open(self.url, self.keys, clock=self.clock)
        self._stack.push_async_callback(self.store.close)
        await appoint(self.store)
        await subscribe(self.store, self.people)
        self.starts = await approve(self.store, self.clock, campaign())
        await self.tg.advance(self.starts - self.clock())
        self.api = await self._stack.enter_async_context(Api(self.tg.url, self.tg.token))
        book = Codebook.of(self.world.content, self.world.offered.languages)
        messages = Messages(book, self.keys, self.store._long_key)
        self.sender = TelegramSender(self.api, messages, self.folder)
        self.sender.link = "https://t.me/stand_in_bot"
        self.erasures = Erasures(self.store)
        erasing = asyncio.create_task(self.erasures.run())
        self._stack.callback(erasing.cancel)
        return self

    async def __aexit__(self, *error):
        await self._stack.aclose()

    def mailer(self, channel=None, awake=lambda _country, _quiet, at: at, caps=None, window=8):
        """Make a process that sends; several may be beside each other."""
        self.pace = Pace(self.rate)
        loop = asyncio.get_running_loop()
        return Mailer(
            self.store.mailroom,
            channel or self.sender,
            Pages(self.store.mailroom, lambda: self.world),
            self.pace,
            Clocks(self.clock, loop.time),
            Terms(awake, caps or Caps(1, 1_000_000), window),
            Bag(None),
            erase=self.erasures.now,
        )

    def conversation(self):
        """Make what answers people, beside the latest mailer and at the same pace."""
        steady = asyncio.get_running_loop().time
        beside = Beside(self.sender, self.pace, steady)
        return Conversation(Stage(self.world), self.store, beside, RETENTION, self.clock)

    async def until(self, done, seconds=3600.0):
        """Look twice a second until `done` says so."""
        async with asyncio.timeout(seconds):
            while not done(await self.progress()):  # noqa: ASYNC110 - a row calls nobody
                await asyncio.sleep(0.5)

    async def over(self, seconds=3600.0):
        await self.until(lambda one: not one.busy and one.phase.value != "approved", seconds)

    async def progress(self, id_="spring"):
        return await self.store.mailroom.one(id_)

    def sent(self):
        """Every request for a message of the campaign."""
        return [one for one in self.tg.record.of("sendMessage") if one.params.get("chat_id")]

    def copies(self):
        """How many messages of the campaign each reader got."""
        counts = dict.fromkeys(self.people, 0)
        for one in self.people:
            events = self.tg.chat(one).events
            counts[one] = sum(event.what == "sent" for event in events)
        return counts

    def fullest(self):
        """Count the requests of the fullest second by the double's clock."""
        times, first, most = sorted(one.at for one in self.sent()), 0, 0
        for last, at in enumerate(times):
            while times[first] <= at - 1.0:
                first += 1
            most = max(most, last - first + 1)
        return most

    def used(self):
        """Tell which part of the rate was used, from the first request to the last."""
        times = [one.at for one in self.sent()]
        return (len(times) - 1) / (times[-1] - times[0]) / self.rate
