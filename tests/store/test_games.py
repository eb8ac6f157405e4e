"""A game lies in one sealed row, for as long as it goes on, and tells a thief nothing."""

from dataclasses import replace

import pytest

from bot.learning.live.game import LIFE, Phase, announced, answered, asked
from bot.learning.live.orders import Begin, Hurry, Stop
from bot.store.batch import Batch
from bot.store.store import Store
from bot.store.tables import game
from tests.store.examining import found, rows, stolen
from tests.store.looking import write
from tests.store.test_marks import copied

GROUP, OTHER = -1_001_234_567_890, -1_009_876_543_210
PEOPLE = range(6_000_000_000, 6_000_000_030)
NAME = "Zhanyl-canary"


def begin(group=GROUP):
    return Begin(group, "ky", "help", ("one", "two"), 30, 7, b"salt" * 4)


async def going_on(store):
    return await store.play(lambda _: {})


async def changed(store, group, how):
    return await store.play(lambda games: {group: how(games[group])})


async def played(store, now):
    """A game with answers of a crowd."""
    await write(store, Batch(orders=[begin()]))

    def how(one):
        one = asked(announced(one, now), "poll", 5, (1,), now)
        for who in PEOPLE:
            one = answered(one, "poll", who, f"{NAME}{who}", (who % 2,), now + 3)
        return one

    return (await changed(store, GROUP, how))[GROUP]


async def test_an_order_begins_one_game_in_a_group(store):
    """A second order for the same group changes nothing; another group has a game of its own."""
    await write(store, Batch(orders=[begin(), replace(begin(), quiz="other")]))
    await write(store, Batch(orders=[replace(begin(), quiz="other"), begin(OTHER)]))
    games = await going_on(store)
    assert {group: one.quiz for group, one in games.items()} == {GROUP: "help", OTHER: "help"}


async def test_that_a_game_began_is_in_the_log_and_no_more(store):
    """Each beginning is a deed there, without group, quiz or person; nothing that follows is."""
    await write(store, Batch(orders=[begin(), begin()]))
    await write(store, Batch(orders=[Hurry(GROUP), begin(), begin(OTHER), Stop(GROUP)]))
    log = await store.office.audit()
    said = [(one.deed, one.role, one.campaign) for one in log]
    assert said == [("quiz begun in a group", "", "")] * 2


async def test_orders_are_obeyed_in_their_turn(store, clock):
    """Hurrying and stopping reach the game as it stands, and a batch may hold several orders."""
    await write(store, Batch(orders=[begin()]))
    await changed(store, GROUP, lambda one: announced(one, clock()))
    await write(store, Batch(orders=[Hurry(GROUP), Stop(OTHER)]))
    assert (await going_on(store))[GROUP].until == clock()
    await write(store, Batch(orders=[Stop(GROUP), begin(OTHER), Stop(OTHER)]))
    assert all(one.phase is Phase.ENDS for one in (await going_on(store)).values())


async def test_all_of_a_game_is_read_again(store, clock):
    """What was kept is what is found: players, points, times, the open poll."""
    one = await played(store, clock())
    assert len(one.players) == len(PEOPLE)
    assert await going_on(store) == {GROUP: one}


async def test_a_game_that_is_over_leaves_no_row(store, clock):
    """With its end the row is gone, and another game can begin."""
    await played(store, clock())
    assert await store.play(lambda _: {GROUP: None}) == {}
    assert await rows(store, "game") == []
    await write(store, Batch(orders=[begin()]))
    assert len(await rows(store, "game")) == 1


async def test_a_game_ends_after_three_hours_whatever_happens(store, clock):
    """A row that nobody ends is not found from then on, and is swept."""
    await played(store, clock())
    clock.now += LIFE
    assert await going_on(store) == {}
    await store.sweep(clock())
    assert await rows(store, "game") == []


async def test_a_game_goes_on_under_a_new_key(store, keys, clock):
    """When keys turn in the middle of a game it is found, and moves under the new one."""
    one = await played(store, clock())
    (before,) = await rows(store, "game")
    clock.now += 24 * 3600
    late = replace(one, ends=int(clock()) + LIFE)
    await store.play(lambda _: {GROUP: late})
    keys.rotate()
    assert await going_on(store) == {GROUP: late}
    await changed(store, GROUP, lambda one: one)
    (after,) = await rows(store, "game")
    assert after.place != before.place
    assert await going_on(store) == {GROUP: late}


@pytest.mark.parametrize("at_once", [True, False])
async def test_who_is_forgotten_is_in_no_table(store, clock, at_once):
    """Forgotten in a turn, or because she blocked the bot, she has no name and no points there."""
    before = await played(store, clock())
    gone = before.known_as(PEOPLE[0])
    if at_once:
        await write(store, Batch(forgotten=[PEOPLE[0]]))
    else:
        await store.forget(PEOPLE[0])
    after = (await going_on(store))[GROUP]
    assert {*before.players} - {*after.players} == {gone}


async def test_a_thief_reads_neither_group_nor_player_nor_name(store, url, clock):
    """In the raw files stand no id of the group or of a player, in no guise, and no first name."""
    await played(store, clock())
    raw = await stolen(store, url)
    assert found([-GROUP, *PEOPLE], raw) == []
    assert not any(GROUP.to_bytes(8, order, signed=True) in raw for order in ("big", "little"))
    assert NAME.encode() not in raw
    assert b"help" not in raw


async def test_what_cannot_be_read_is_let_go(store, clock):
    """A row whose key is gone, or that was altered, is deleted; the others play on."""
    await played(store, clock())
    await write(store, Batch(orders=[begin(OTHER)]))

    one, _ = await rows(store, "game")
    about = bytes(one.about)
    spoilt = game.update().where(game.c.place == bytes(one.place))
    spoilt = spoilt.values(about=about[:-1] + bytes([about[-1] ^ 1]))
    await store._database.run(lambda connection: connection.execute(spoilt))
    assert len(await going_on(store)) == 1
    assert len(await rows(store, "game")) == 1


async def test_an_older_copy_brings_no_player_back(url, keys, clock, tmp_path):
    """Somebody erased was among the players of a copy: put back, the copy knows of no game."""
    marks = tmp_path / "marks"
    store = await Store.open(url, keys, clock=clock, marks=marks)
    await played(store, clock())
    await store.close()
    put_back = await copied(url)
    store = await Store.open(url, keys, clock=clock, marks=marks)
    assert await going_on(store) != {}
    await store.forget(PEOPLE[0])
    await store.close()
    await put_back()
    store = await Store.open(url, keys, clock=clock, marks=marks)
    assert await rows(store, "game") == []
    await store.close()
