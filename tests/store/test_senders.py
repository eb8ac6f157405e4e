"""Processes that send know of each other: who lives, and where each stands."""

import pytest

from bot.store.letters import LEASE, Caps, Exchange, Place
from tests.mailing.approved import FIRST, appoint, approve, subscribe
from tests.store.examining import rows

ME, YOU, THEY = b"1", b"2", b"3"


@pytest.fixture
async def asked(store, clock):
    """Let a process exchange with a store in which a campaign goes out; what it is told of its place."""
    await appoint(store)
    await subscribe(store, range(FIRST, FIRST + 60))
    clock.now = await approve(store, clock)

    async def place(holder):
        handed = await store.mailroom.exchange(
            Exchange(holder), lambda _country, _quiet, at: at, Caps(1, 1000)
        )
        return handed.place

    assert await place(ME) is None  # it begins with this exchange
    return place


async def test_each_knows_where_it_stands(asked):
    """The first is alone; who comes is new once; all agree on their order."""
    assert await asked(YOU) == Place(1, 0, new=True)
    assert await asked(ME) == Place(2, 0, new=True)
    assert await asked(YOU) == Place(2, 1, new=False)
    assert await asked(THEY) == Place(3, 2, new=True)
    assert await asked(ME) == Place(3, 0, new=False)


async def test_who_falls_silent_is_counted_no_more(asked, clock, store):
    """When its lease is over a process is one of them no more, and new when it comes again."""
    await asked(ME)
    await asked(YOU)
    clock.now += LEASE - 1
    assert await asked(YOU) == Place(2, 1, new=False)
    clock.now += 1
    assert await asked(YOU) == Place(1, 0, new=False)
    assert len(await rows(store, "sender")) == 1
    assert await asked(ME) == Place(2, 0, new=True)


async def test_who_leaves_is_counted_no_more(asked, store):
    """Told to stop, a process leaves its place at once."""
    await asked(ME)
    await asked(YOU)
    await store.mailroom.release(Exchange(ME))
    assert await asked(YOU) == Place(1, 0, new=False)


async def test_a_clock_that_was_ahead_holds_nobody_up(asked, clock):
    """A lease longer than any can be counts for nothing."""
    clock.now += 3600
    await asked(ME)
    clock.now -= 3600
    assert await asked(YOU) == Place(1, 0, new=True)


async def test_without_a_campaign_nothing_is_written(store):
    """Where nothing goes out no process is noted."""
    await store.mailroom.exchange(Exchange(ME), lambda _country, _quiet, at: at, Caps(1, 1000))
    assert await rows(store, "sender") == []
