"""A conversation under test: a scripted channel, a real store in memory, hours in no time."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any

from bot.channels.port import Inbound, Removal, Undecided
from bot.conversation import Conversation
from bot.engine.events import Chosen, Commanded, Wrote
from bot.store.keys import KeyRing
from bot.store.store import Store
from bot.turns import Retention
from tests.store.looking import look
from tests.virtual_time import VirtualLoop

START = 1_795_000_000
RETENTION = Retention(sensitive=1800, session=24 * 3600, reply=300, waiting=24 * 3600)


def clock():
    """Read the epoch seconds of the loop's own time."""
    return START + VirtualLoop.present.time()


@dataclass
class Sent:
    """One message as it reached a person."""

    at: float
    chat_id: int
    shown: Any
    message_id: int | None
    tap: str | None

    @property
    def text(self):
        return "removed" if isinstance(self.shown, Removal) else self.shown.text

    @property
    def place(self):
        return "removed" if isinstance(self.shown, Removal) else self.shown.place


class ScriptedChannel:
    """Does for each chat what its script says, then delivers everything.

    A number in the script takes that many seconds; an exception is raised; a pair of a true value
    and an exception is raised after the message has reached the person all the same. Edits of
    messages in `stuck` never come to a decision.
    """

    def __init__(self):
        self.sent, self.calls = [], []
        self.scripts = defaultdict(deque)
        self.stuck = set()
        self.now, self.most, self.new_now, self.most_new = 0, 0, 0, 0

    async def deliver(self, shown, chat_id, message_id, tap):
        sent = Sent(clock(), chat_id, shown, message_id, tap)
        self.calls.append(sent)
        self.now += 1
        self.new_now += message_id is None
        self.most, self.most_new = max(self.most, self.now), max(self.most_new, self.new_now)
        try:
            await self._play(sent)
        finally:
            self.now -= 1
            self.new_now -= message_id is None

    async def _play(self, sent):
        if sent.message_id in self.stuck:
            raise Undecided
        script = self.scripts[sent.chat_id] or self.scripts["everybody"]
        act = script.popleft() if script else 0.05
        if isinstance(act, tuple):
            self.sent.append(sent)
            raise act[1]
        if isinstance(act, Exception):
            raise act
        await asyncio.sleep(act)
        self.sent.append(sent)

    def to(self, chat_id):
        return [one for one in self.sent if one.chat_id == chat_id]

    def places(self, chat_id):
        return [one.place for one in self.to(chat_id)]


class Talk:
    """People who talk to one conversation; `again` starts the bot anew over the same store."""

    def __init__(self, stage, folder):
        self.stage, self.folder = stage, folder
        self.channel = ScriptedChannel()
        self.number = 0
        self.store: Any = None
        self.conversation: Any = None

    async def open(self, **options):
        if self.store is None:
            keys = KeyRing(self.folder / "keys", clock)
            self.store = await Store.open("sqlite://", keys, clock=clock)
        self.conversation = Conversation(
            self.stage, self.store, self.channel, RETENTION, clock, **options
        )
        await self.conversation.__aenter__()
        return self.conversation

    async def again(self, **options):
        """Kill what runs, keep what is durable, start anew."""
        await self.kill()
        return await self.open(**options)

    async def kill(self):
        tasks = [*self.conversation._tasks, *self.conversation.delivery._running]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self):
        if self.conversation is not None:
            await self.conversation.__aexit__(None, None, None)
        if self.store is not None:
            await self.store.close()

    def doing(self, who, event, *, over=None, ago=0.0, number=None, revealing=None):
        if number is None:
            self.number += 1
            number = self.number
        tap = f"tap{number}" if isinstance(event, Chosen) else None
        return Inbound(number, who, who, event, clock() - ago, "en", over, tap, revealing)

    async def say(self, who, text, **facts):
        """Type words or a command and wait until everything has gone out."""
        event = Commanded(text[1:]) if text.startswith("/") else Wrote(text)
        await self.do(who, event, **facts)

    async def do(self, who, event, **facts):
        await self.conversation.take([self.doing(who, event, **facts)])
        await self.conversation.settled()

    async def in_kazakhstan(self, who):
        """Bring somebody to the menu, country known."""
        await self.do(who, Chosen("country", "kz"), over=1)

    async def waiting(self):
        """Read what stands in the outbox, once strikes have had time to be written."""
        await asyncio.sleep(0.05)
        return (await self.store.pending()).replies


def failing(monkeypatch, talk, name, *errors):
    """Let the store's method raise these errors first; return the list of calls."""
    genuine, left, calls = getattr(talk.store, name), [*errors], []

    async def method(*args):
        calls.append(args)
        if left:
            raise left.pop(0)
        return await genuine(*args)

    monkeypatch.setattr(talk.store, name, method)
    return calls


async def session(talk, who):
    return (await look(talk.store, {who}, (), clock())).sessions.get(who)
