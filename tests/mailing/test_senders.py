"""Many processes send one campaign: one rate, everybody once, each kill eight in doubt at most."""

import asyncio
import random

import pytest

from bot.campaigns.proposal import Phase
from bot.mailing.mailer import Mailer
from bot.store.letters import Totals
from tests.mailing.post import Post
from tests.virtual_time import VirtualLoop, in_no_time


def die(mailer):
    """Fall silent as a process does that is killed: nothing is settled, nothing given back."""
    for task in (mailer._dispatching, mailer._exchanging, *mailer._tray.calls):
        task.cancel()


async def sent(folder, world, readers, many, rate=1000):
    async with Post(folder, world, readers=readers, rate=rate, latency=50) as post:
        mailers = [post.mailer() for _ in range(many)]
        for one in mailers:
            await one.__aenter__()
        await post.over()
        for one in mailers:
            await one.__aexit__()
        assert (await post.progress()).totals == Totals(sent=readers)
        assert set(post.copies().values()) == {1}
        assert post.tg.record.violations == []
        # Until all of them have begun the rate is not theirs.
        times = sorted(one.at for one in post.sent())
        full = [at for at in times if at > times[0] + 7]
        return post.fullest(), (len(full) - 1) / (full[-1] - full[0]) / rate


@in_no_time
async def test_eight_together_use_what_one_cannot(tmp_path, world):
    """At 200 a second with 50 ms a call two processes use nine tenths of it, and never more."""
    fullest, used = await sent(tmp_path, world, 4000, 2, rate=200)
    assert fullest <= 200
    assert used >= 0.9


@pytest.mark.soak
def test_a_hundred_thousand(tmp_path, world):
    """Eight processes, 50 ms a call, 100,000 readers: never above 1,000 a second, and nine tenths of it."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        fullest, used = runner.run(sent(tmp_path, world, 100_000, 8))
    assert fullest <= 1000
    assert used >= 0.9


@pytest.mark.parametrize("seed", [1, 2, 3])
@in_no_time
async def test_they_come_and_go(tmp_path, world, seed):
    """Processes come, leave and are killed all the time: one rate, nobody lost, eight a kill at most."""
    dice = random.Random(seed)
    async with Post(tmp_path, world, readers=1500, rate=25, latency=50, seed=seed) as post:
        kills, living = 0, list[Mailer]()
        while (await post.progress()).phase is not Phase.DONE:
            if len(living) < 4 and (not living or dice.random() < 0.5):
                living.append(post.mailer())
                await living[-1].__aenter__()
            elif dice.random() < 0.5:
                await living.pop(dice.randrange(len(living))).__aexit__()
            else:
                die(living.pop(dice.randrange(len(living))))
                kills += 1
            await asyncio.sleep(dice.random() * 12)
        for one in living:
            await one.__aexit__()
        copies = post.copies()
        assert post.fullest() <= 25
        assert min(copies.values()) == 1
        assert max(copies.values()) <= 2
        assert sum(copies.values()) - len(copies) <= 8 * kills
        totals = (await post.progress()).totals
        assert totals.sent + totals.unsure == 1500


@in_no_time
async def test_the_part_of_a_dead_one_is_taken_up(tmp_path, world):
    """Fifteen seconds after one of two was killed the other uses the whole rate (R37)."""
    async with Post(tmp_path, world, readers=1500, rate=25) as post:
        first, second = post.mailer(), post.mailer()
        await first.__aenter__()
        async with second:
            await post.until(lambda one: one.totals.sent >= 300)
            die(first)
            died = post.clock()
            await post.over()
        after = [one.at for one in post.sent() if died + 15 < one.at < died + 35]
        assert post.fullest() <= 25
        assert len(after) >= 0.97 * 25 * 20
