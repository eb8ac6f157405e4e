"""What is published is drawn once, tells of nobody, and hardly changes with one person more (R43)."""

import random
from collections import Counter
from datetime import date

import pytest

from bot.campaigns.audience import Reader
from bot.campaigns.commands import Recall
from bot.campaigns.people import scale
from bot.campaigns.response import LEAVES, TAPS, WEEKS, tap
from bot.campaigns.results import ARRIVED, COLUMNS, LOST
from bot.campaigns.subscription import Subscription
from bot.counting.tally import Kind
from bot.counting.weeks import DAY, Period, monday
from bot.store.batch import Batch, Subscriber
from bot.store.letters import Fate
from bot.store.store import Store
from tests.mailing.approved import FIRST, appoint, approve, campaign, leave, subscribe
from tests.store.examining import rows
from tests.store.looking import write
from tests.store.people import Silence
from tests.store.test_mailings import Sending
from tests.store.test_tallies import compare

CROWD = range(FIRST, FIRST + 60)
KINDS = {
    "language": ("ky", "ru"),
    "country": ("kg", "kz"),
    "age": ("15-19", ""),
    "topics": ("days", "meetings", ""),
}
MANY = 2
"""Topics among these."""


def readers(*people, reader):
    asked = Subscription(date(2027, 1, 15), 1, reader)
    return Batch(subscribers={one: Subscriber(one, asked) for one in people})


@pytest.fixture
async def noisy(url, keys, clock):
    store = await Store.open(url, keys, clock=clock, noise=random.Random(8))
    yield store
    await store.close()


def week(clock):
    return Period(monday(clock()), 1, scale(MANY))


async def test_people_are_drawn_once_a_week(noisy, clock):
    """Whoever says yes or leaves meanwhile changes nothing of it; in the next week it is drawn anew."""
    ky = Reader("ky", "kg", "", "15-19", frozenset({"days"}))
    await write(noisy, readers(*CROWD, reader=ky))
    first = await noisy.reports.people(KINDS, week(clock))
    kept = await rows(noisy, "tally")
    await leave(noisy, *CROWD[:50])
    await write(noisy, readers(FIRST + 900, reader=Reader("ru", "kz")))
    clock.now = (monday(clock()) + 7) * DAY - 1
    assert await noisy.reports.people(KINDS, week(clock)) == first
    assert await rows(noisy, "tally") == kept
    clock.now += 1
    await noisy.reports.people(KINDS, week(clock))
    assert len(await rows(noisy, "tally")) == 2 * len(kept)


async def test_what_is_told_of_says_nothing_about_who_is_there(noisy, clock):
    """The same lines stand there for nobody, and for one who reads what is not offered."""
    period = week(clock)
    empty = await noisy.reports.people(KINDS, period)
    clock.now += 7 * DAY
    await write(noisy, readers(FIRST, reader=Reader("xx", "yy", "zz", "99", frozenset({"gone"}))))
    one = await noisy.reports.people(KINDS, week(clock))
    for told in (empty, one):
        assert {way: tuple(there) for way, there in told.by.items()} == KINDS
        assert told.all is None
        assert {many for there in told.by.values() for many in there.values()} == {None}


async def test_without_noise_it_would_be_exact(url, keys, clock):
    """What is drawn begins from the true counts: who chose two topics counts for each."""
    store = await Store.open(url, keys, clock=clock, noise=Silence())
    ky = Reader("ky", "kg", "", "15-19", frozenset({"days", "meetings"}))
    await write(store, readers(*range(FIRST, FIRST + 300), reader=ky))
    await write(store, readers(*range(FIRST + 300, FIRST + 404), reader=Reader("ru", "kz")))
    told = await store.reports.people(KINDS, week(clock))
    await store.close()
    assert told.all == 400
    assert told.by["language"] == {"ky": 300, "ru": 100}
    assert told.by["topics"] == {"days": 300, "meetings": 300, "": 100}


async def test_one_person_more_changes_all_that_is_drawn_of_people_little(keys, clock):
    """All counts that she is in together are at most e times likelier with her in them."""
    store = await Store.open("sqlite://", keys, clock=clock, noise=random.Random(9))
    one, width = Reader("ky", "kg", "", "15-19", frozenset({"days", "meetings"})), scale(MANY)
    there = {("all", ""), ("language", one.language), ("country", one.country), ("age", one.age)}
    there |= {("topics", topic) for topic in one.topics}
    assert len(there) == width

    def drawn(width, first):
        """In how many of her counts a random part points to her: in a world with her and in one without."""

        def work(connection):
            seen: tuple[Counter[int], Counter[int]] = Counter(), Counter()
            for at in range(first, first + 14 * 5_000, 14):
                for more in (1, 0):
                    cells = dict.fromkeys(there, 40 + more)
                    monday_ = at + 7 * more
                    found = store._tallies.snapshot(connection, Kind.PEOPLE, monday_, cells, width)
                    seen[1 - more][sum(count > 40 for count in found.values())] += 1
            return seen

        return store._database.run(work)

    more, less = await drawn(width, 0)
    compare(more, less)
    assert len(more) > 4
    assert more[width] > 1.5 * less[width]
    narrow = await drawn(1, 14 * 5_000)
    with pytest.raises(AssertionError):
        compare(*narrow)  # so narrow a noise would tell of her, and this test would see it
    await store.close()


@pytest.fixture
async def over(url, keys, clock):
    """A store without noise and a campaign that 52 got, 8 did not, and after which 3 left."""
    store = await Store.open(url, keys, clock=clock, noise=Silence())
    await appoint(store)
    await subscribe(store, CROWD)
    clock.now = await approve(store, clock)
    mailer = Sending(store)
    await mailer.turn(0)
    await mailer.turn()
    mailer.settle(Fate.BLOCKED)
    got = await mailer.all()
    await write(store, Batch(tallies=[tap("spring")] * 33))
    await leave(store, *got[:3])
    yield store
    await store.close()


async def test_a_campaign_is_published_when_all_of_it_is_counted(over, clock):
    """Not before the second week is over; then with what arrived, what did not, taps and leaves."""
    end = (monday(clock()) + 7 * WEEKS) * DAY
    clock.now = end - 1
    assert await over.reports.campaigns() == {}
    clock.now = end
    ((one, counts),) = (await over.reports.campaigns()).items()
    assert (one.id, one.topic, one.recalled) == ("spring", "quizzes", False)
    assert counts == {ARRIVED: 52, LOST: 8, TAPS: 33, LEAVES: 3}
    assert tuple(counts) == COLUMNS


async def test_what_was_published_never_changes(over, clock):
    """However often it is asked for, and whatever happens to the row."""
    clock.now = (monday(clock()) + 7 * WEEKS) * DAY
    first = await over.reports.campaigns()
    await over._database.run(
        lambda connection: over._campaigns.change(connection, "spring", {"sent": 51})
    )
    assert await over.reports.campaigns() == first


async def test_what_never_began_is_not_published(over, clock):
    """A draft is in no report."""
    await approve(over, clock, campaign("second"))
    clock.now = (monday(clock()) + 7 * (WEEKS + 1)) * DAY
    assert {one.id for one in await over.reports.campaigns()} == {"spring"}


async def test_a_recalled_one_says_so(over, clock):
    """What arrived and was taken back is counted as arrived, and said to be recalled."""
    await over.mailroom.act("spring", Recall())
    clock.now = (monday(clock()) + 7 * WEEKS) * DAY
    assert [one.recalled for one in await over.reports.campaigns()] == [True]


async def test_what_was_drawn_a_year_ago_is_not_drawn_again(over, clock):
    """Near the end of a year it is published no more: other noise would tell more of the same."""
    began = monday(clock())
    clock.now = (began + 357) * DAY
    assert len(await over.reports.campaigns()) == 1
    clock.now = (began + 365) * DAY
    await over.sweep(clock())
    assert await over.reports.campaigns() == {}
