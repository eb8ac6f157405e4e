"""Killed without warning in the middle of a campaign, the bot loses nobody and doubles few."""

import asyncio
import random
import signal
from functools import partial

import pytest

from bot.campaigns.proposal import Phase
from tests.mailing.running import copies, opened, prepared, settings
from tests.process import BotProcess
from tests.standin.server import StandIn


async def sweep(folder, readers, kills, rate, seed, how="kill"):
    """Kill it so many times at points of its own; who got how many, and what it counted."""
    dice = random.Random(seed)
    points = sorted(dice.sample(range(readers // 20, readers - readers // 20), kills))
    async with StandIn(seed=seed) as tg:
        await tg.set_latency(20)
        people = await prepared(folder, tg, readers)
        chosen = settings(paid="true", per_second=rate)
        async with BotProcess(folder, tg, extra=chosen) as bot:
            for point in points:
                await tg.world.pulse.until(partial(_reached, tg, point), 300, "messages")
                await asyncio.sleep(dice.random() * 0.05)
                if how == "kill":
                    await bot.kill()
                else:
                    await bot.send(signal.SIGTERM)
                    await bot.stop()
                await bot.start()
            await tg.world.pulse.until(
                lambda: min(copies(tg, people).values()) > 0, 300, "the last"
            )
            await tg.settled(quiet=3.0, timeout=60)
        assert tg.record.violations == []
        store = await opened(folder)
        progress = await store.mailroom.one("spring")
        await store.close()
        return copies(tg, people), progress


def _reached(tg, point):
    return len(tg.record.of("sendMessage")) >= point


def judge(outcome, doubled):
    got, progress = outcome
    assert min(got.values()) == 1
    assert max(got.values()) <= 2
    assert sum(got.values()) - len(got) <= doubled
    assert progress.phase is Phase.DONE
    # Killed a second time with the same letter under way, nobody can say whether it arrived.
    assert progress.totals.sent + progress.totals.unsure == len(got)


async def test_three_kills(tmp_path):
    """Killed three times among 300 readers: nobody is left out, at most eight doubled each time."""
    judge(await sweep(tmp_path, 300, 3, 200, seed=1), doubled=24)


async def test_three_orderly_ends(tmp_path):
    """Told to stop three times: nobody is left out, nobody gets two (R36)."""
    judge(await sweep(tmp_path, 300, 3, 200, seed=2, how="stop"), doubled=0)


@pytest.mark.soak
async def test_fifty_kills(tmp_path):
    """Killed fifty times among 10,000 readers: nobody is left out, at most eight doubled each time."""
    judge(await sweep(tmp_path, 10_000, 50, 200, seed=3), doubled=400)


async def test_leaving_is_one_tap(tmp_path):
    """The button below the message ends the news: the row is gone, and she reads that."""
    async with StandIn() as tg:
        people = await prepared(tmp_path, tg, 30)
        async with BotProcess(tmp_path, tg, extra=settings(per_second=25)):
            who = people[3]
            await tg.wait_shown(who, "Good news", timeout=30)
            await tg.tap(who, "No more news")
            await tg.wait_shown(who, "You get no more news")
        store = await opened(tmp_path)
        known = await store._database.run(lambda at: store._subscribers.known(at, people))
        await store.close()
        assert store._subscribers.name(who) not in known
        assert len(known) == 29
