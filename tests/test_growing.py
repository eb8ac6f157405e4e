"""Truths about how the tree grows: finished weeks alone, at the start and day by day, and no harm done."""

import asyncio

import pytest

from bot.counting.ribbons import ELSEWHERE, WEEKS
from bot.counting.tally import Kind, Tally
from bot.counting.weeks import DAY, monday
from bot.errors import StoreError
from bot.growing import grow, read_tree
from bot.store.batch import Batch
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.store.conftest import START, Clock
from tests.store.looking import write
from tests.store.people import Silence
from tests.talking import Talk
from tests.virtual_time import in_virtual_time

MONDAY = monday(START)


@pytest.fixture
async def exact(tmp_path):
    """A store that counts without noise, and its clock."""
    clock = Clock()
    keys = KeyRing(tmp_path / "keys", clock)
    store = await Store.open("sqlite://", keys, clock=clock, noise=Silence())
    yield store, clock
    await store.close()


def tied(ribbon, many, country="kz"):
    return Batch(tallies=[Tally(Kind.WISH, country, ribbon, many)])


async def test_only_weeks_that_are_over_grow_on_it(exact, world):
    """Ribbons of last week stand there, those of the running week not yet, whoever tied them."""
    store, clock = exact
    await write(store, tied("red", 73))
    await write(store, tied("blue", 60, ELSEWHERE))
    clock.now = (MONDAY + 7) * DAY
    await write(store, tied("green", 500))
    tree = await read_tree(store, world, clock.now)
    assert {*tree} == {*world.offered.countries, ELSEWHERE}
    assert (tree["kz"]["red"], tree["kz"]["green"]) == (70, None)
    assert tree[ELSEWHERE]["blue"] == 60


async def test_few_ribbons_are_not_told(exact, world):
    """Below the floor a count is nothing at all, in each country and colour by itself."""
    store, clock = exact
    for country in world.offered.countries:
        await write(store, tied("red", 19, country))
    clock.now = (MONDAY + 7) * DAY
    tree = await read_tree(store, world, clock.now)
    assert {many for ribbons in tree.values() for many in ribbons.values()} == {None}


async def test_old_ribbons_fall(exact, world):
    """After so many weeks as the tree shows, a ribbon is on it no more."""
    store, clock = exact
    await write(store, tied("red", 90))
    for weeks, many in ((WEEKS, 90), (WEEKS + 1, None)):
        clock.now = (MONDAY + 7 * weeks) * DAY
        assert (await read_tree(store, world, clock.now))["kz"]["red"] == many


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


@in_virtual_time
async def test_it_grows_day_by_day(talk, monkeypatch):
    """What the store tells is served within a day; while it does not answer the old tree stands."""
    conversation = await talk.open()
    trees = [{"kz": {"red": 60}}, StoreError("away"), {"kz": {"red": 70}}]

    async def read(_store, world, _now):
        assert world.content is talk.stage.world.content
        tree = trees.pop(0)
        if isinstance(tree, StoreError):
            raise tree
        return tree

    monkeypatch.setattr("bot.growing.read_tree", read)
    growing = asyncio.create_task(grow(conversation, talk.store, lambda: 0.0))
    seen = []
    for _ in range(3):
        await asyncio.sleep(1)
        seen.append(conversation.world.tree["kz"]["red"])
        await asyncio.sleep(DAY - 1)
    growing.cancel()
    assert seen == [60, 60, 70]


@in_virtual_time
async def test_new_content_keeps_the_tree(talk):
    """A reload takes no ribbon away, and a tree that did not change makes no screen anew."""
    conversation = await talk.open()
    conversation.grow({"kz": {"red": 60}})
    grown = conversation.outward.delivery.stage
    conversation.grow({"kz": {"red": 60}})
    assert conversation.outward.delivery.stage is grown
    conversation.reload(talk.stage)
    assert conversation.world.tree == {"kz": {"red": 60}}
    await talk.say(101, "/tree")
    assert "Kazakhstan: 60 ribbons" in talk.channel.to(101)[-1].text
