"""A conversation under test: a scripted channel, a real store in memory, hours in no time."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass
from typing import Any

from bot.channels.port import Cleared, Inbound, PassedOn, Removal, Undecided
from bot.conversation import Conversation
from bot.engine.events import Chosen, Commanded, Departed, Wrote
from bot.outward.rendering import neutral
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
    messages in `stuck` never come to a decision. Clearing follows `clearings` in the same way; an
    outcome there is returned. `stands` is what each chat shows: by number, a page or "hers".
    """

    def __init__(self):
        self.sent, self.calls, self.cleared = [], [], []
        self.scripts, self.clearings = defaultdict(deque), defaultdict(deque)
        self.stands: dict[int, dict[int, Any]] = defaultdict(dict)
        self.last = 10_000
        self.stuck = set()
        self.now, self.most, self.new_now, self.most_new = 0, 0, 0, 0

    async def deliver(self, shown, chat_id, message_id, tap):
        sent = Sent(clock(), chat_id, shown, message_id, tap)
        self.calls.append(sent)
        self.now += 1
        self.new_now += message_id is None
        self.most, self.most_new = max(self.most, self.now), max(self.most_new, self.new_now)
        try:
            return await self._play(sent)
        finally:
            self.now -= 1
            self.new_now -= message_id is None

    async def clear(self, chat_id, messages, instead):  # noqa: ARG002 - all of it can go
        self.cleared.append((clock(), chat_id, tuple(messages)))
        script = self.clearings[chat_id] or self.clearings["everybody"]
        act = script.popleft() if script else 0.05
        if isinstance(act, Exception):
            raise act
        if isinstance(act, Cleared):
            return act
        await asyncio.sleep(act)
        for one in messages:
            self.stands[chat_id].pop(one, None)
        return Cleared(gone=frozenset(messages))

    async def _play(self, sent):
        if sent.message_id in self.stuck:
            raise Undecided
        script = self.scripts[sent.chat_id] or self.scripts["everybody"]
        act = script.popleft() if script else 0.05
        if isinstance(act, tuple):
            self._arrive(sent)
            raise act[1]
        if isinstance(act, Exception):
            raise act
        await asyncio.sleep(act)
        return self._arrive(sent)

    def _arrive(self, sent):
        self.sent.append(sent)
        if isinstance(sent.shown, Removal):
            self.stands[sent.chat_id].pop(sent.message_id, None)
            return None
        if isinstance(sent.shown, PassedOn):
            self.last += 1
            self.stands[sent.shown.team][self.last] = "copy"
            return self.last
        self.last += sent.message_id is None
        self.stands[sent.chat_id][sent.message_id or self.last] = sent.shown
        return self.last if sent.message_id is None else None

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
        outward = self.conversation.outward
        lanes, chats = outward.delivery._running, outward.wiping._tasks
        tasks = [*self.conversation._tasks, *lanes, *chats]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self):
        if self.conversation is not None:
            await self.conversation.__aexit__(None, None, None)
        if self.store is not None:
            await self.store.close()

    def doing(self, who, event, *, over=None, ago=0.0, number=None, written=None, shown_ago=0.0):
        """Make a doing; `over` is the tapped message, which appeared `shown_ago` seconds ago."""
        if number is None:
            self.number += 1
            number = self.number
        tap = f"tap{number}" if isinstance(event, Chosen) else None
        if written is None and not isinstance(event, Chosen | Departed):
            written = 1_000_000 + number
        if written is not None:
            self.channel.stands[who][written] = "hers"
        shown_at = clock() - shown_ago if over is not None else 0.0
        return Inbound(number, who, who, event, clock() - ago, "en", over, tap, shown_at, written)

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

    @property
    def start(self):
        """The text of the neutral start."""
        return neutral(self.stage, "start", "en", clock()).text

    def standing(self, who):
        """Name what stands in the chat: the place of each page, or "hers"."""
        return [getattr(one, "place", one) for one in self.channel.stands[who].values()]

    async def waiting(self):
        """Read what stands in the outbox, once strikes have had time to be written."""
        await asyncio.sleep(0.05)
        return (await self.store.pending()).replies


def failing(monkeypatch, talk, name, *errors):
    """Let the store's method raise these errors first; return the list of calls."""
    genuine, left, calls = getattr(talk.store, name), [*errors], []

    async def method(*args, **named):
        calls.append(args)
        if left:
            raise left.pop(0)
        return await genuine(*args, **named)

    monkeypatch.setattr(talk.store, name, method)
    return calls


async def session(talk, who):
    return (await look(talk.store, {who}, (), clock())).sessions.get(who)
