"""While the disk is full, or the database fails, nothing goes out that could not be noted (R36)."""

import asyncio
import random
import resource
from contextlib import contextmanager

import pytest

from bot.campaigns.proposal import Phase
from bot.channels.port import Inbound
from bot.engine.events import Commanded
from bot.errors import StoreError
from bot.store.letters import Totals
from tests.mailing.post import Post
from tests.virtual_time import in_no_time

NORA = 7_000_000_001


@contextmanager
def full_disk():
    """Let no file grow: every write of this process ends as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@in_no_time
async def test_a_full_disk_holds_letters_back_and_not_help(tmp_path, world):
    """The file cannot grow for five minutes: letters wait, help comes from memory, nobody gets two."""
    url = f"sqlite:///{tmp_path}/data/tirek.db"
    async with Post(tmp_path, world, readers=400, url=url) as post:
        await post.tg.meet(NORA)
        async with post.mailer(), post.conversation() as talk:
            await post.until(lambda one: one.totals.sent >= 50)
            said = await post.tg.say(NORA, "/start")
            with full_disk():
                claimed = len(post.sent())
                await asyncio.sleep(5)
                before = len(post.sent())
                assert before - claimed <= 8
                doing = Inbound(1, NORA, NORA, Commanded("start"), post.clock(), "en", written=said)
                taking = asyncio.create_task(talk.take([doing]))
                await asyncio.sleep(300)
                assert not taking.done()  # nothing is confirmed that is not on the disk
                (help_,) = post.sent()[before:]
            assert help_.params["chat_id"] == NORA
            assert "112" in help_.params["text"]
            await taking
            await post.over()
        progress = await post.progress()
        assert (progress.phase, progress.totals) == (Phase.DONE, Totals(sent=400))
        assert set(post.copies().values()) == {1}


class Failing:
    """A database whose transactions fail by chance: before they are done, or after it, unheard."""

    def __init__(self, database, chance):
        self._database, self._chance = database, chance
        self._dice = random.Random(7)
        self.failed = 0

    async def run(self, work):
        if self._dice.random() < self._chance:
            self.failed += 1
            raise StoreError("the disk cannot be written")
        result = await self._database.run(work)
        if self._dice.random() < self._chance:
            self.failed += 1
            raise StoreError("the line is gone, and nobody knows what became of it")
        return result


@pytest.mark.parametrize("chance", [0.1, 0.3])
@in_no_time
async def test_a_failing_database_loses_and_doubles_nobody(tmp_path, world, chance):
    """Transactions fail by chance, before or after they are done: everybody gets it once, counted once."""
    async with Post(tmp_path, world, readers=300) as post:
        mailroom = post.store.mailroom
        sound = mailroom._database
        async with post.mailer():
            await post.until(lambda one: one.totals.sent >= 20)
            mailroom._database = failing = Failing(sound, chance)
            async with asyncio.timeout(24 * 3600):
                while min(post.copies().values()) == 0:  # noqa: ASYNC110 - a chat calls nobody
                    await asyncio.sleep(5)
            mailroom._database = sound
            await post.over()
        assert failing.failed > 20
        assert set(post.copies().values()) == {1}
        progress = await post.progress()
        assert (progress.phase, progress.totals) == (Phase.DONE, Totals(sent=300))
