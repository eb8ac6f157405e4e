"""Ten thousand readers at the usual rate, by the double's clock: `make soak`."""

import asyncio

import pytest

from bot.campaigns.proposal import Phase
from bot.store.letters import Totals
from tests.mailing.post import Post
from tests.virtual_time import VirtualLoop

READERS = 10_000


async def sent(folder, world, latency):
    async with Post(folder, world, readers=READERS, latency=latency) as post:
        async with post.mailer():
            await post.over()
        progress = await post.progress()
        assert (progress.phase, progress.totals) == (Phase.DONE, Totals(sent=READERS))
        assert set(post.copies().values()) == {1}
        assert post.tg.record.violations == []
        return post.fullest(), post.used()


@pytest.mark.soak
@pytest.mark.parametrize("latency", [0, 50, 200])
def test_ten_thousand_in_no_time(tmp_path, world, latency):
    """Nobody lost, nobody twice, 25 in any second at most, 97 % of that used."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        fullest, used = runner.run(sent(tmp_path, world, latency))
    assert fullest <= 25
    assert used >= 0.97


@pytest.mark.soak
async def test_ten_thousand_by_the_real_clock(tmp_path, world):
    """The same with 50 ms a call and every hiccup of the machine: it takes seven minutes."""
    fullest, used = await sent(tmp_path, world, 50)
    assert fullest <= 25
    assert used >= 0.97
