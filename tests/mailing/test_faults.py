"""Whatever goes wrong between us and Telegram: nobody is forgotten, nobody waits for others."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from bot.campaigns.proposal import Phase
from bot.channels.port import Inbound
from bot.engine.events import Commanded, Wrote
from tests.mailing.post import Post
from tests.virtual_time import in_no_time

KINDS: dict[str, dict[str, Any]] = {
    "429": {"kind": "error", "code": 429, "retry_after": 1},
    "429 for a chat": {"kind": "shut", "retry_after": 7},
    "429 for the bot": {"kind": "shut", "retry_after": 7, "whole": True},
    "500": {"kind": "error", "code": 500},
    "502": {"kind": "error", "code": 502},
    "no answer, not done": {"kind": "drop_before"},
    "no answer, done": {"kind": "drop_after"},
    "half an answer": {"kind": "truncate"},
    "too late": {"kind": "slow", "seconds": 30.0},
    "half-open": {"kind": "hang"},
}

FLYING = 9
"""Requests that a bot may still send when it is shut out: its window, and the one that tells it."""

NORA, HELD, GONE = 7_000_000_001, 7_000_000_002, 7_000_000_003


def undecided(call):
    """Tell whether nobody but the double knows what became of a call."""
    return call.fault in ("drop_before", "drop_after", "truncate", "slow", "hang") or (
        call.status >= 500
    )


def disobeyed(calls):
    """List requests to a chat that had been told to wait for longer, while its wait was not over."""
    found, until = [], dict[int, float]()
    for call in sorted(calls, key=lambda one: one.at):
        chat = call.params["chat_id"]
        if call.at < until.get(chat, 0.0):
            found.append(call)
        if call.status == 429:
            wait = int(call.description.rsplit(" ", 1)[1])
            until[chat] = call.at + wait
    return found


def pressed(calls, seconds):
    """Count the requests that were refused only because the whole bot was, each time that it was."""
    refused = [one.at for one in calls if one.status == 429 and not one.fault]
    shut = [one.at for one in calls if one.fault == "shut"]
    return [sum(first < at < first + seconds for at in refused) for first in shut]


@pytest.mark.parametrize("readers", [400, pytest.param(10_000, marks=pytest.mark.soak)])
@in_no_time
async def test_faults_lose_nobody(tmp_path, world, readers):
    """With every kind of fault, a tenth of the calls in all: two copies at most, and everybody is reached.

    But for those at whom two faults struck of which nobody can know whether the message arrived:
    a third try could be a third copy. They are counted as unsure. Copies come only from such
    faults, one from each at most (R33), and every 429 is obeyed (R35).
    """
    async with Post(tmp_path, world, readers=readers, seed=1) as post:
        # The first that is meant strikes, so a later one has the smaller rest to choose from.
        left = 1.0
        for how in KINDS.values():
            chance = 0.1 / len(KINDS)
            await post.tg.fault(**how, method="sendMessage", chance=chance / left)
            left -= chance
        async with post.mailer():
            await post.over(24 * 3600)
        progress = await post.progress()
        assert progress.phase is Phase.DONE
        calls, copies = post.sent(), post.copies()
        doubts = Counter(one.params["chat_id"] for one in calls if undecided(one))
        assert sum(one.fault != "" for one in calls) > 0.07 * readers
        twice = {who for who, times in doubts.items() if times == 2}
        assert max(doubts.values()) <= 2
        assert progress.totals.unsure == len(twice)
        assert progress.totals.sent == readers - len(twice)
        assert {who for who, count in copies.items() if not count} <= twice
        assert all(count <= min(2, 1 + doubts[who]) for who, count in copies.items())
        assert disobeyed(calls) == []
        assert max(pressed(calls, 7), default=0) <= FLYING
        assert post.tg.record.violations == []


class Person:
    """Somebody who writes to the bot while a campaign goes out."""

    number = 0

    def __init__(self, post, talk, who):
        self.tg, self.clock, self.talk, self.id = post.tg, post.clock, talk, who

    async def says(self, words):
        """Write; the turn is on the disk when this returns."""
        Person.number += 1
        written = await self.tg.say(self.id, words)
        event = Commanded(words[1:]) if words.startswith("/") else Wrote(words)
        number, now = Person.number, self.clock()
        await self.talk.take([Inbound(number, self.id, self.id, event, now, "en", written=written)])

    async def waits(self):
        """Write, and tell how many seconds later an answer stands in the chat."""
        began, before = self.clock(), self._sent()
        await self.says("/start")
        async with asyncio.timeout(120):
            while self._sent() == before:  # noqa: ASYNC110 - at the double's own clock
                await asyncio.sleep(0.05)
        return self.clock() - began

    def _sent(self):
        return sum(one.what == "sent" for one in self.tg.chat(self.id).events)

    def standing(self):
        """Tell by whom the messages are that stand in her chat."""
        return [one.by_bot for one in self.tg.chat(self.id).messages.values()]


@pytest.mark.parametrize("kind", [one for one in KINDS if one != "429 for the bot"])
@in_no_time
async def test_each_fault_in_each_lane(tmp_path, world, kind):
    """One fault strikes an answer, a deletion and a letter, while one reader's chat is shut for a minute.

    All of it is done in the end, and somebody who has no part in it is answered at once (R35).
    """
    how = KINDS[kind]
    async with Post(tmp_path, world, readers=60) as post:
        shut, struck = post.people[11], post.people[22]
        for who in (NORA, HELD, GONE):
            await post.tg.meet(who)
        for who, method in (
            (HELD, "sendMessage"),
            (GONE, "deleteMessages"),
            (struck, "sendMessage"),
        ):
            await post.tg.fault(**how, method=method, chat_id=who, times=1)
        await post.tg.fault("shut", method="sendMessage", chat_id=shut, times=1, retry_after=60)
        async with post.mailer(), post.conversation() as talk:
            nora, held, gone = (Person(post, talk, who) for who in (NORA, HELD, GONE))
            await post.until(lambda one: one.totals.sent >= 20)
            await gone.says("/start")
            await held.says("/start")
            await asyncio.sleep(0.2)
            await gone.says("stop")
            waits = []
            while (await post.progress()).busy:
                waits.append(await nora.waits())
                await asyncio.sleep(1)
            await talk.settled()
        assert max(waits) <= 0.1
        calls = [one for one in post.tg.record.calls if "chat_id" in one.params]
        assert disobeyed(calls) == []
        copies = post.copies()
        assert min(copies.values()) == 1
        assert max(copies.values()) <= 1 + any(undecided(one) for one in calls)
        assert all(count == 1 for who, count in copies.items() if who != struck)
        came = [one for one in post.sent() if one.params["chat_id"] == shut]
        assert [one.status for one in came] == [429, 200]
        assert 1 <= sum(e.what == "sent" for e in post.tg.chat(HELD).events) <= 2
        assert gone.standing() == [True]
        assert post.tg.record.violations == []
