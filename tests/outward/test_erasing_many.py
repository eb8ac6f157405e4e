"""Many who block the bot at once are erased at once, and the raw files are rewritten for all of them."""

import asyncio

import pytest

from bot.errors import StoreError
from bot.outward.erasures import Erasures
from tests.virtual_time import in_no_time


class Notes:
    """A store that notes who is erased and when the files are rewritten; `broken` times it fails."""

    def __init__(self, broken=0, takes=0.2):
        self.erased, self.compacted, self.broken, self.takes = [], [], broken, takes

    async def forget(self, *user_ids, until=None):
        now = asyncio.get_running_loop().time()
        self.erased += [(user_id, until, now) for user_id in user_ids]

    async def compact(self):
        await asyncio.sleep(self.takes)
        if self.broken:
            self.broken -= 1
            raise StoreError("no disk")
        self.compacted.append(asyncio.get_running_loop().time())


@pytest.fixture
def erasing():
    """Run erasures over a store of notes, from the first moment of a loop on."""

    def begin(notes):
        erasures = Erasures(notes)
        return erasures, asyncio.create_task(erasures.run())

    return begin


@in_no_time
async def test_of_nobody_a_trace_is_left_after_five_seconds(erasing):
    """For minutes somebody blocks the bot twice a second: each trace is gone in five seconds (R6)."""
    notes = Notes()
    erasures, running = erasing(notes)
    asked = {}
    for who in range(400):
        asked[who] = asyncio.get_running_loop().time()
        erasures.now(who)
        await asyncio.sleep(0.5)
    await asyncio.sleep(5)
    assert [who for who, _, _ in notes.erased] == [*asked]
    for who, _, at in notes.erased:
        assert at - asked[who] <= notes.takes
        assert min(end for end in notes.compacted if end - notes.takes >= at) - asked[who] <= 5
    assert len(notes.compacted) <= 200 / 2.5
    running.cancel()


@in_no_time
async def test_a_block_of_many_is_one_transaction(erasing):
    """All who were refused since the last time go together."""
    notes = Notes()
    erasures, running = erasing(notes)
    for who in range(50):
        erasures.now(who)
    await asyncio.sleep(4)
    assert len({at for _, _, at in notes.erased}) == len(notes.compacted) == 1
    running.cancel()


@in_no_time
async def test_who_asked_herself_waits_for_nobody(erasing):
    """Her traces go as soon as she has been told: four of her seconds may be over by then."""
    notes = Notes()
    erasures, running = erasing(notes)
    erasures.now(1)
    await asyncio.sleep(0.1)
    erasures.confirmed(2, 7)
    await asyncio.sleep(0.5)
    assert [(who, until) for who, until, _ in notes.erased] == [(1, None), (2, 7)]
    assert len(notes.compacted) == 1
    await asyncio.sleep(10)
    assert len(notes.compacted) == 1
    running.cancel()


@in_no_time
async def test_what_failed_is_made_up_for(erasing):
    """Files that could not be rewritten are so a moment later."""
    notes = Notes(broken=3)
    erasures, running = erasing(notes)
    erasures.now(1)
    await asyncio.sleep(6)
    assert len(notes.compacted) == 1
    assert len(notes.erased) == 1
    running.cancel()


@in_no_time
async def test_an_end_leaves_no_trace(erasing):
    """Told to stop in between, it rewrites the files before the store is closed."""
    notes = Notes()
    erasures, running = erasing(notes)
    erasures.now(1)
    await asyncio.sleep(0.1)
    running.cancel()
    await erasures.finish()
    assert len(notes.compacted) == 1
