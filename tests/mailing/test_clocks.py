"""The clock of the machine is set, back and forth, or stands still: nothing goes out by it (R38)."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.campaigns.commands import Resume
from bot.campaigns.events import Refusal
from bot.campaigns.proposal import Phase
from bot.errors import StoreError
from bot.store.letters import Totals
from tests.mailing.post import Post
from tests.virtual_time import in_no_time

HOUR = 3600.0
STEPS = [25 * HOUR, -25 * HOUR, 3 * HOUR, -3 * HOUR, 60.0, -60.0]


@asynccontextmanager
async def sending(folder, world, **options):
    """Send to the first fifty of 300 readers, and go on; count how often the store is asked."""
    async with Post(folder, world, readers=300, **options) as post:
        asked, exchange = [0], post.store.mailroom.exchange

        async def counted(*given):
            asked[0] += 1
            return await exchange(*given)

        post.store.mailroom.exchange = counted
        async with post.mailer():
            await post.until(lambda one: one.totals.sent >= 50)
            yield post, asked


async def holds(post, asked, seconds):
    """Tell whether for so long nothing goes, and nobody asks more than once a second for it."""
    sent, before = len(post.sent()), asked[0]
    await asyncio.sleep(seconds)
    return len(post.sent()) == sent and asked[0] - before <= seconds + 1


@pytest.mark.parametrize("step", STEPS)
@in_no_time
async def test_a_step_pauses_it(tmp_path, world, step):
    """However it is set, within two seconds nothing goes any more until a person has looked."""
    async with sending(tmp_path, world) as (post, asked):
        post.skew = step
        await asyncio.sleep(2)
        assert await holds(post, asked, 600)
        # A day later by any clock it is over: that nothing of it goes then is certain as well.
        over = Phase.DONE if step > 24 * HOUR else Phase.PAUSED
        assert (await post.progress()).phase is over


@pytest.mark.parametrize("step", STEPS[1:])
@in_no_time
async def test_once_it_is_set_right_all_get_it_once(tmp_path, world, step):
    """The clock is wrong for ten minutes; then a person lets it go on: nobody is left out, nobody gets two."""
    async with sending(tmp_path, world) as (post, _):
        post.skew = step
        await asyncio.sleep(600)
        post.skew = 0.0
        await asyncio.sleep(2)
        await post.store.mailroom.act("spring", Resume())
        await post.over()
        assert set(post.copies().values()) == {1}
        assert (await post.progress()).totals == Totals(sent=300)


@in_no_time
async def test_nothing_goes_by_a_clock_outside_its_window(tmp_path, world):
    """Who lets it go on while the clock is wrong by a day sends nothing: too early, or too late."""
    async with sending(tmp_path, world) as (post, asked):
        post.skew = -25 * HOUR
        await asyncio.sleep(2)
        await post.store.mailroom.act("spring", Resume())
        assert await holds(post, asked, 600)
        post.skew = 25 * HOUR
        await asyncio.sleep(2)
        assert isinstance(await post.store.mailroom.act("spring", Resume()), Refusal)
        assert await holds(post, asked, 600)


@in_no_time
async def test_a_clock_that_stands_still_is_noticed(tmp_path, world):
    """It shows the same moment for ever: half a minute later nothing goes by it, and nothing spins."""
    async with sending(tmp_path, world, rate=5) as (post, asked):
        post.frozen = post.clock()
        await asyncio.sleep(32)
        assert await holds(post, asked, HOUR)
        assert (await post.progress()).phase is Phase.PAUSED


@in_no_time
async def test_a_clock_that_creeps_is_noticed(tmp_path, world):
    """Set forward by ten seconds again and again, it is as if it were set once."""
    async with sending(tmp_path, world, rate=5) as (post, asked):
        for _ in range(5):
            post.skew += 10.0
            await asyncio.sleep(1.5)
        assert await holds(post, asked, 600)


@in_no_time
async def test_a_clock_that_jumps_to_and_fro_sends_nothing(tmp_path, world):
    """It is set by 25 hours every few seconds, and somebody lets it go on each time: no second of it is wrong.

    What goes out goes at a moment of its window, by the clock that shows it.
    """
    async with sending(tmp_path, world) as (post, asked):
        before = asked[0]
        for turn in range(100):
            post.skew = (25 * HOUR, 0.0, -25 * HOUR, 0.0)[turn % 4]
            sent = len(post.sent())
            await asyncio.sleep(7)
            if post.skew:
                assert len(post.sent()) - sent <= 2 * post.rate  # those of its last second
            await post.store.mailroom.act("spring", Resume())
        assert asked[0] - before <= 700 + len(post.sent())
        post.skew = 0.0
        await asyncio.sleep(2)
        await post.store.mailroom.act("spring", Resume())
        await post.over()
        assert max(post.copies().values()) == 1


@in_no_time
async def test_a_step_is_not_forgotten_while_the_database_is_away(tmp_path, world):
    """It is set while nothing can be written: nothing goes once that is over, either."""
    async with sending(tmp_path, world) as (post, asked):
        mailroom = post.store.mailroom
        sound, mailroom._database = mailroom._database, Away()
        post.skew = HOUR
        await asyncio.sleep(20)
        mailroom._database = sound
        await asyncio.sleep(2)
        assert await holds(post, asked, 600)
        assert (await post.progress()).phase is Phase.PAUSED


class Away:
    """A database that does not answer."""

    async def run(self, _work):
        raise StoreError("the database is away")
