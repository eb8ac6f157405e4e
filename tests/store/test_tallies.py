"""Searches in vain are counted by the week, never exactly, and for a year."""

import random
from collections import Counter
from datetime import UTC, datetime
from math import e, exp

import pytest

from bot.content.model import Gazetteer, Place
from bot.counting.table import cells, published
from bot.counting.tally import Count, Kind, Tally
from bot.counting.weeks import DAY, Period, monday
from bot.directory import regions
from bot.errors import StoreError
from bot.store.batch import HOUR, TALLY_LIFE, Batch
from bot.store.store import Store
from tests.store.conftest import START
from tests.store.examining import rows
from tests.store.looking import look, write
from tests.store.people import Silence, turns

MONDAY = monday(START)
ALMATY = Tally(Kind.GAP, "kz-almaty", "legal")
OSH = Tally(Kind.GAP, "kg-osh", "shelter")
CELL = ("kz-almaty", "legal")


@pytest.fixture
async def exact(url, keys, clock):
    """A store that counts without noise."""
    store = await Store.open(url, keys, clock=clock, noise=Silence())
    yield store
    await store.close()


async def kept(store):
    return sorted(Count(row[0], *row[2:]) for row in await rows(store, "tally"))


async def test_searches_are_counted_in_their_week(exact, clock):
    """Each search counts once, in its own cell, in the week that begins on Monday in UTC."""
    week_end = (MONDAY + 7) * DAY
    await write(exact, Batch(tallies=[ALMATY, OSH, ALMATY]))
    clock.now = week_end - 1
    await write(exact, Batch(tallies=[ALMATY]))
    clock.now = week_end
    await write(exact, Batch(tallies=[ALMATY]))
    assert await kept(exact) == [
        Count(MONDAY, "kg-osh", "shelter", 1),
        Count(MONDAY, "kz-almaty", "legal", 3),
        Count(MONDAY + 7, "kz-almaty", "legal", 1),
    ]


def test_a_week_begins_on_monday():
    """Every second of a week has the same Monday, and that is one."""
    for day in range(-8, 30_000):
        found = datetime.fromtimestamp(monday(day * DAY) * DAY, UTC)
        assert found.weekday() == 0
        assert 0 <= day - monday(day * DAY) < 7
        assert monday(day * DAY + DAY - 0.5) == monday(day * DAY)


async def test_only_finished_weeks_are_read(exact, clock):
    """The running week is never read: whoever reads it twice would see single searches."""
    await write(exact, Batch(tallies=[ALMATY]))
    clock.now = (MONDAY + 7) * DAY - 1
    assert await exact.counts(Kind.GAP, MONDAY - 7, [CELL]) == [
        Count(MONDAY - 7, "kz-almaty", "legal", 0)
    ]
    clock.now += 1
    assert await exact.counts(Kind.GAP, MONDAY) == [Count(MONDAY, "kz-almaty", "legal", 1)]
    assert await exact.counts(Kind.GAP, MONDAY + 7) == []


async def test_no_more_weeks_begin_than_are_asked_for(exact, clock):
    """Of what is counted for two weeks alone, later ones have neither noise nor row."""
    clock.now = (MONDAY + 70) * DAY
    found = await exact.counts(Kind.GAP, MONDAY, [CELL], weeks=2)
    assert found == [Count(MONDAY, *CELL, 0), Count(MONDAY + 7, *CELL, 0)]
    assert len(await rows(exact, "tally")) == 2
    assert await exact.counts(Kind.GAP, MONDAY, [CELL], weeks=0) == []


async def test_a_repeated_update_counts_once(exact, clock):
    """A turn that is decided for unseen updates alone counts a repeated update once."""

    def decide(loaded):
        fresh = {7} - loaded.seen
        return Batch(seen=fresh, tallies=[ALMATY for _ in fresh])

    for _ in range(3):
        await exact.transact([], [7], clock(), decide)
    assert [row[-1] for row in await rows(exact, "tally")] == [1]


async def test_a_refused_batch_counts_nothing(exact, clock):
    """What cannot be committed has counted no search either."""
    (number,) = await write(exact, turns([1], clock()))
    exact._outbox._next = number
    batch = turns([1], clock(), 7)
    batch.tallies = [ALMATY]
    with pytest.raises(StoreError):
        await write(exact, batch)
    assert await rows(exact, "tally") == []
    assert (await look(exact, [], [7], clock())).seen == set()


async def test_counts_live_a_year(exact, clock):
    """A week is there until a year after its Monday, then gone, and no reading brings it back."""
    clock.now = MONDAY * DAY
    await write(exact, Batch(tallies=[ALMATY, OSH]))
    clock.now += TALLY_LIFE * DAY - 1
    assert (await exact.sweep(clock())).tallies == 0
    assert len(await rows(exact, "tally")) == 2
    clock.now += 1
    assert (await exact.sweep(clock())).tallies == 2
    assert await rows(exact, "tally") == []
    await exact.counts(Kind.GAP, MONDAY, [CELL])
    begun = [row.week for row in await rows(exact, "tally")]
    assert sorted(begun) == [*range(MONDAY + 7, monday(clock()), 7)]
    assert (await exact.sweep(clock())).tallies == 0


async def test_weeks_of_a_wrong_clock_end(exact, clock):
    """Counts written while the clock was a month ahead are gone once it is right."""
    clock.now += 30 * 24 * HOUR
    await write(exact, Batch(tallies=[ALMATY]))
    clock.now -= 30 * 24 * HOUR
    await write(exact, Batch(tallies=[OSH]))
    assert (await exact.sweep(clock())).tallies == 1
    assert [count.row for count in await kept(exact)] == ["kg-osh"]


async def test_noise_is_drawn_once_for_a_cell(url, keys, clock):
    """Searched or not, a cell has one noise for good, whatever is asked how often."""
    store = await Store.open(url, keys, clock=clock, noise=random.Random(1))
    regions = [(f"kz-{n}", "legal") for n in range(400)]
    await write(store, Batch(tallies=[Tally(Kind.GAP, *cell) for cell in regions[:200]]))
    clock.now = (MONDAY + 7) * DAY
    first = await store.counts(Kind.GAP, MONDAY, regions)
    assert len(first) == 400
    assert [await store.counts(Kind.GAP, MONDAY, regions) for _ in range(3)] == 3 * [first]
    assert len({count.count for count in first}) > 5
    await store.close()


async def test_the_noise_of_a_store_is_the_systems(store):
    """Unless a test asks otherwise, noise is drawn where nobody can foresee it."""
    assert isinstance(store._tallies._noise, random.SystemRandom)


async def test_noise_has_the_shape_it_claims(keys, clock):
    """The noise of 60,000 cells is rounded Laplace of scale 1, within five standard errors."""
    store = await Store.open("sqlite://", keys, clock=clock, noise=random.Random(2))
    drawn = Counter(store._tallies._draw() for _ in range(60_000))
    await store.close()
    shares = {0: 1 - exp(-0.5)} | {k: exp(-k) * (exp(0.5) - exp(-0.5)) / 2 for k in range(1, 7)}
    for k, share in shares.items():
        error = 5 * (share * (1 - share) / 60_000) ** 0.5
        assert abs(drawn[k] / 60_000 - share) < error
        assert abs(drawn[-k] / 60_000 - share) < error


def compare(more, less):
    """Check that each outcome is at most e times likelier in one world, within five errors."""
    assert more.total() == less.total()
    for outcome in more | less:
        for one, other in ((more[outcome], less[outcome]), (less[outcome], more[outcome])):
            assert one <= e * other + 5 * (one + e * e * other + 1) ** 0.5


@pytest.mark.parametrize("others", [0, 1, 30])
async def test_one_search_more_changes_a_count_little(keys, clock, others):
    """Whatever is read of a cell is at most e times likelier with one search more (R43)."""
    store = await Store.open("sqlite://", keys, clock=clock, noise=random.Random(3))
    gaps = [Tally(Kind.GAP, f"r{n}", "legal") for n in range(40_000)]
    await write(store, Batch(tallies=gaps * others + gaps[::2]))
    clock.now = (MONDAY + 7) * DAY
    read = await store.counts(Kind.GAP, MONDAY, [(one.row, one.column) for one in gaps])
    await store.close()
    found = {one.row: one.count for one in read}
    more, less = (Counter(found[one.row] for one in gaps[n::2]) for n in (0, 1))
    compare(more, less)
    assert more[others + 1] > 1.5 * less[others + 1]


@pytest.mark.parametrize("others", [0, 18, 24])
async def test_one_search_more_changes_what_is_published_little(keys, clock, others):
    """A published sum is at most e times likelier with one search more, even a week's only one."""
    store = await Store.open("sqlite://", keys, clock=clock, noise=random.Random(4))
    names = [f"kz-{n}" for n in range(24_000)]
    places = Gazetteer(Place(n, "kz", "region", n, n, {"en": n}, 45, 70) for n in names)
    named = regions.rows(places)
    gaps = [Tally(Kind.GAP, where, "legal") for where in names]
    await write(store, Batch(tallies=gaps * others))
    clock.now += 7 * DAY
    await write(store, Batch(tallies=gaps[::2]))
    clock.now += 7 * DAY
    period = Period.before(clock(), 2)
    counts = await store.counts(Kind.GAP, period.first, cells(named, ["legal"]))
    await store.close()
    table = published("", named, ["legal"], counts, period)
    shown = {row.id: row.shown for row in table.rows}
    more, less = (Counter(shown.get(where, 0) for where in names[n::2]) for n in (0, 1))
    compare(more, less)
    assert others == 0 or len(more) > 2
