"""Days of many chats pass at once: nothing stands too long, or else it is reported (R9)."""

import asyncio
import logging
import random
import re
from collections import defaultdict

import pytest

from bot.engine.events import Chosen, Commanded, Wrote
from tests.journeys.forgetful import HOUR, FailingChannel, OnDisk
from tests.virtual_time import in_virtual_time

MINUTE = 60
STEP = 10 * MINUTE
LEFT = re.compile(r"wipe\.left count=(\d+)")
SAID = (Wrote("menu"), Wrote("меню"), Commanded("about"), Wrote("talk"), Commanded("language"))


@pytest.fixture
def talk(stage, tmp_path):
    return OnDisk(stage, tmp_path)


def visits(people: int, hours: float, draw: random.Random) -> dict[int, list[int]]:
    """Draw who says something in which step: a visit or two each; one in a hundred talks for 49 hours."""
    steps = int(hours * HOUR / STEP)
    doings = defaultdict(list)
    for who in range(1000, 1000 + people):
        if who % 100 == 0:
            first = draw.randrange(0, 6)
            said = [*range(first, first + int(49 * HOUR / STEP))]
        else:
            begun = [draw.randrange(steps - 20) for _ in range(draw.choice((1, 1, 2)))]
            said = [first + n for first in begun for n in range(draw.randrange(1, 5))]
        for step in said:
            doings[step].append(who)
    return doings


async def live(talk, people: int, hours: float, crashes: int, draw: random.Random):
    """Let so many people come and go; the bot is killed so many times, for up to 20 minutes."""
    doings = visits(people, hours, draw)
    steps = int(hours * HOUR / STEP)
    ends = {draw.randrange(10, steps - 10): draw.choice((0, 0, 0, 1)) for _ in range(crashes)}
    late, off = 0, 0
    await talk.open()
    for step in range(steps):
        if step in ends and not off:
            off = ends[step]
            await talk.crash()
            if not off:
                await talk.open()
        elif off:
            off -= 1
            if not off:
                await talk.open()
        if not off:
            inbound = []
            for who in doings[step]:
                event = (
                    Chosen("country", "kz") if not talk.channel.stands[who] else draw.choice(SAID)
                )
                over = 1 if isinstance(event, Chosen) else None
                inbound.append(talk.doing(who, event, over=over))
                talk.channel.watch.look(talk.channel, who)
            for at in range(0, len(inbound), 100):
                await talk.conversation.take(inbound[at : at + 100])
        await asyncio.sleep(STEP)
        late += len(talk.channel.watch.overdue(talk.channel))
    return late


@pytest.mark.parametrize(
    ("people", "hours", "crashes", "seed"),
    [
        (100, 50, 4, 1),
        pytest.param(1000, 72, 6, 1, marks=pytest.mark.soak),
        pytest.param(2000, 24 * 7, 40, 2, marks=pytest.mark.soak),
    ],
)
@in_virtual_time
async def test_days_of_many_chats_leave_nothing_behind(talk, caplog, people, hours, crashes, seed):
    """With crashes, and 20 of 100 removals failing, nothing stands for 47 hours, unreported or not."""
    caplog.set_level(logging.WARNING)
    talk.channel = FailingChannel(0.2, seed)
    late = await live(talk, people, hours, crashes, random.Random(seed))
    await asyncio.sleep(HOUR)
    watch = talk.channel.watch
    reported = sum(int(n) for n in LEFT.findall(caplog.text))
    oldest = max(watch.gone) / HOUR
    assert len(watch.gone) > people * 3
    assert talk.channel.failed > people * 0.15
    assert late == 0
    assert reported == 0
    assert oldest < 47
    assert oldest > 45
    standing = [one for stands in talk.channel.stands.values() for one in stands.values()]
    assert {getattr(one, "place", one) for one in standing} == {"start"}
