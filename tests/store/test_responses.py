"""Taps and leaves of a campaign are counted by the week, under campaigns that there are, and never who."""

import random
from collections import Counter

import pytest

from bot.campaigns.response import LEAVES, TAPS, WEEKS, cells, earliest, leave, over, tap, told
from bot.counting.tally import Count, Kind
from bot.counting.weeks import DAY, monday
from bot.store.batch import MAILING_LIFE, Batch
from bot.store.letters import Caps, Fate
from bot.store.store import Store
from tests.mailing.approved import FIRST, appoint, approve, campaign, subscribe
from tests.mailing.approved import leave as parted
from tests.store.conftest import START
from tests.store.examining import rows
from tests.store.looking import write
from tests.store.people import Silence
from tests.store.test_mailings import Sending
from tests.store.test_tallies import compare

CROWD = range(FIRST, FIRST + 60)


@pytest.fixture
async def exact(url, keys, clock):
    """A store that counts without noise, with a campaign that has just begun."""
    store = await Store.open(url, keys, clock=clock, noise=Silence())
    await appoint(store)
    await subscribe(store, CROWD)
    clock.now = await approve(store, clock)
    await Sending(store).turn(0)
    yield store
    await store.close()


async def counted(store):
    """What is counted of campaigns, by the id and what."""
    return {(row[2], row[3]): row[4] for row in await rows(store, "tally") if row[1] == "campaign"}


async def test_a_tap_is_counted_under_its_campaign(exact):
    """Each tap adds one to the cell of the week."""
    await write(exact, Batch(tallies=[tap("spring"), tap("spring")]))
    await write(exact, Batch(tallies=[tap("spring")]))
    assert await counted(exact) == {("spring", TAPS): 3}


async def test_what_names_no_campaign_is_nowhere(exact, clock):
    """Whoever writes a link herself writes nothing into a table; nor does one of a later campaign."""
    await approve(exact, clock, campaign("later"))
    await write(exact, Batch(tallies=[tap("annahere"), tap("later"), tap("spring")]))
    assert await counted(exact) == {("spring", TAPS): 1}


async def test_taps_are_counted_for_two_weeks(exact, clock):
    """In the week of the start and in the next one, and in no later one."""
    last = (monday(clock()) + 7 * WEEKS) * DAY
    for moment in (last - 1, last):
        clock.now = moment
        await write(exact, Batch(tallies=[tap("spring")]))
    assert await counted(exact) == {("spring", TAPS): 1}


async def test_who_leaves_with_a_message_is_counted_under_it(exact):
    """One leave is one, under the campaign whose message she has; who has none is not counted."""
    mailer = Sending(exact)
    got = [one.chat_id for one in await mailer.turn()]
    mailer.settle()
    await mailer.turn(0)
    await parted(exact, got[0], *[one for one in CROWD if one not in got][:3])
    assert await counted(exact) == {("spring", LEAVES): 1}
    await parted(exact, got[0], got[1])
    assert await counted(exact) == {("spring", LEAVES): 2}


async def test_a_leave_is_counted_once_under_the_last_message(exact, clock):
    """Who has messages of two campaigns changes one cell, that of the later one (R43)."""
    assert len(await Sending(exact).all()) == 60
    clock.now = await approve(exact, clock, campaign("second"))
    mailer = Sending(exact, caps=Caps(each=9, overall=1_000))
    await mailer.turn(0)
    assert len(await mailer.all()) == 60
    await parted(exact, CROWD[0])
    assert await counted(exact) == {("second", LEAVES): 1}


@pytest.mark.parametrize("fate", [Fate.FAILED, Fate.BLOCKED, Fate.UNSENT])
async def test_whom_nothing_reached_is_no_leave(exact, fate):
    """A letter that did not arrive made nobody leave."""
    mailer = Sending(exact)
    got = [one.chat_id for one in await mailer.turn()]
    mailer.settle(fate)
    await mailer.turn(0)
    await parted(exact, *got)
    assert await counted(exact) == {}


async def test_who_is_forgotten_is_in_no_count(exact):
    """Erasing beats reporting: neither `/forget` nor a block adds to the leaves."""
    mailer = Sending(exact)
    got = [one.chat_id for one in await mailer.turn()]
    mailer.settle()
    await mailer.turn(0)
    await write(exact, Batch(forgotten={got[0]}, subscribers={got[0]: None}))
    await exact.forget(got[1])
    assert await counted(exact) == {}


async def test_after_47_hours_a_leave_names_no_campaign(exact, clock):
    """Once it is not known who got what, a leave is nobody's."""
    await Sending(exact).all()
    clock.now += MAILING_LIFE
    await Sending(exact).turn()
    await parted(exact, CROWD[0])
    assert await counted(exact) == {}


def test_a_week_is_told_when_it_is_over():
    """Nothing of the running week; one week, then two, and no more than two ever."""
    start = START
    weeks = [over(start, (monday(start) + 7 * n) * DAY).weeks for n in range(5)]
    assert weeks == [0, 1, 2, 2, 2]
    assert over(start, (monday(start) + 7) * DAY - 1).weeks == 0
    assert earliest(start) == (monday(start) - 7) * DAY


@pytest.mark.parametrize("others", [0, 19, 30])
@pytest.mark.parametrize("one_more", [tap, leave])
async def test_one_more_changes_what_is_told_little(keys, clock, monkeypatch, others, one_more):
    """What is told of a campaign is at most e times likelier with one tap or leave more (R43)."""
    store = await Store.open("sqlite://", keys, clock=clock, noise=random.Random(5))
    names = [f"c{n}" for n in range(16_000)]
    monkeypatch.setattr(store._campaigns, "countable", lambda _at, tallies, _now: tallies)
    happened = [one_more(name) for name in names]
    await write(store, Batch(tallies=happened * others + happened[::2]))
    period = over(int(clock()), clock() + 7 * DAY)
    clock.now += 7 * DAY
    every = [cell for name in names for cell in cells(name)]
    counts = await store.counts(Kind.CAMPAIGN, period.first, every)
    await store.close()
    by_name: dict[str, list[Count]] = {name: [] for name in names}
    for one in counts:
        by_name[one.row].append(one)
    shown = [told(name, by_name[name], period) for name in names]
    more, less = (Counter((one.taps, one.leaves) for one in shown[n::2]) for n in (0, 1))
    compare(more, less)
    assert others == 0 or len(more) > 1
