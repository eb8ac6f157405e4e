"""A campaign reaches everybody who asked for it, once, evenly, and nobody else."""

import asyncio
import functools

import pytest

from bot.campaigns.commands import Pause, Recall, Resume, Stop
from bot.campaigns.proposal import Phase
from bot.store.letters import Totals
from tests.betrayal import betrayals
from tests.mailing.approved import leave
from tests.mailing.post import Post
from tests.virtual_time import VirtualLoop


def in_no_time(test):
    """Run an async test in a loop whose hours pass at once."""

    @functools.wraps(test)
    def run(**fixtures):
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(test(**fixtures))

    return run


@pytest.mark.parametrize("latency", [0, 50, 200])
@in_no_time
async def test_everybody_gets_it_at_the_full_rate(tmp_path, world, latency):
    """300 readers, 0 to 200 ms a call: each once, no second too full, 97 % of the rate used."""
    async with Post(tmp_path, world, readers=300, latency=latency) as post:
        async with post.mailer():
            await post.over()
        assert set(post.copies().values()) == {1}
        assert post.fullest() <= 25
        assert post.used() >= 0.97
        progress = await post.progress()
        assert (progress.phase, progress.totals) == (Phase.DONE, Totals(sent=300))
        assert post.tg.record.violations == []
        assert betrayals(post.tg.record.calls) == []
