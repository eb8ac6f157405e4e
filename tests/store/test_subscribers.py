"""Who asked for news: sealed, unlinked, and gone with the turn that ends it, in old copies as well."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from bot.campaigns.audience import Reader
from bot.campaigns.subscription import QUIET, Subscription
from bot.errors import KeyMissingError, SettingsError, StoreError
from bot.store.batch import HOUR, Batch, Kept, Subscriber
from bot.store.longkey import LongKey
from bot.store.sqlite import SqliteDatabase
from bot.store.store import Store
from bot.store.tables import subscriber
from tests.store.examining import found, rows, stolen, windows
from tests.store.looking import swap, write
from tests.store.people import SESSION
from tests.store.test_marks import copied

DAY = 24 * HOUR
ANNA, BOTA = 6_000_000_001, 6_000_000_002
CROWD = [6_000_000_000 + 7_919 * n for n in range(300)]
AGREED = date(2027, 1, 15)
READER = Reader("ky", "kg", "kg-osh-region", "15-19", frozenset({"days", "meetings"}))
ASKED = Subscription(AGREED, 3, READER, QUIET[1])


def asking(*people, asked=ASKED):
    return {person: Subscriber(person, asked) for person in people}


@pytest.fixture
def opening(url, keys, clock, tmp_path):
    """Open the store anew: over the same database, keys and marks."""

    async def opened(long_key="long-key"):
        return await Store.open(
            url, keys, clock=clock, marks=tmp_path / "erasures", long_key=tmp_path / long_key
        )

    return opened


@pytest.fixture
async def store(opening):
    store = await opening()
    yield store
    await store.close()


async def asked(store, person, now):
    found = []

    def decide(loaded):
        found.append(loaded.subscribed(person))
        return Batch()

    await store.transact([], [], now, decide)
    return found[0]


async def name(store, person):
    """What the row of this person is named by."""
    (found,) = await store._database.run(lambda c: store._subscribers.known(c, [person]))
    return found


async def test_it_is_found_again(opening, clock):
    """What somebody asked for is there after a restart, with the chat to send it to; nobody else's."""
    store = await opening()
    await write(store, Batch(subscribers=asking(ANNA)))
    await store.close()
    store = await opening()
    assert await asked(store, ANNA, clock()) == ASKED
    assert await asked(store, BOTA, clock()) is None
    (row,) = await rows(store, "subscriber")
    assert store._subscribers.chat_of(row) == ANNA
    await store.close()


async def test_a_change_takes_the_place_of_what_was_there(store, clock):
    """Who changes what she asked for has one row, and what she left out is in it no more."""
    await write(store, Batch(subscribers=asking(ANNA)))
    bare = replace(ASKED, reader=Reader("ru", "kz"), quiet=QUIET[0])
    await write(store, Batch(subscribers=asking(ANNA, asked=bare)))
    assert await asked(store, ANNA, clock()) == bare
    (row,) = await rows(store, "subscriber")
    assert {READER.region, READER.age, "days meetings"}.isdisjoint(row)


async def test_hours_that_are_offered_no_more_are_the_usual_ones(store, clock):
    """A row with quiet hours of an older version is read with those of whoever chose none."""
    await write(store, Batch(subscribers=asking(ANNA, asked=replace(ASKED, quiet="01-02"))))
    assert await asked(store, ANNA, clock()) == replace(ASKED, quiet=QUIET[0])


async def test_a_stolen_copy_names_nobody(store, url, clock, tmp_path):
    """Without the key a copy names nobody; with it those who get news, and nobody else."""
    readers, others = CROWD[:50], CROWD[50:]
    sessions = {person: Kept(SESSION, int(clock()) + HOUR) for person in CROWD}
    await write(store, Batch(sessions=sessions, subscribers=asking(*readers)))
    raw = await stolen(store, url)
    assert found(CROWD, raw) == []
    sealed = [row.chat for row in await rows(store, "subscriber")]
    assert len(set(sealed)) == len(readers)
    key = LongKey(tmp_path / "long-key", clock).current
    assert all(key.pseudonym(person, b"subscriber") in raw for person in readers)
    assert not any(key.pseudonym(person, b"subscriber") in raw for person in others)


async def test_nothing_links_a_row_to_a_session_or_to_a_player(store, keys, clock):
    """Her row has a name of its own, and no moment that her other rows have, too."""
    await write(
        store,
        Batch(
            sessions={ANNA: Kept(SESSION, int(clock()) + HOUR)},
            subscribers=asking(ANNA),
        ),
    )
    (row,) = await rows(store, "subscriber")
    assert row.person not in keys.pseudonyms(ANNA)
    assert row.person != store._learners._name(ANNA)
    assert row.person != store._team.name(ANNA)
    assert {column.name for column in subscriber.c} == {
        *("person", "chat", "language", "country", "region", "age", "topics", "quiet"),
        *("agreed", "version"),
    }


async def test_a_chat_moved_to_another_row_is_refused(store):
    """Nothing is sent to the chat of a row that was tampered with."""
    await write(store, Batch(subscribers=asking(ANNA, BOTA)))
    await swap(store, subscriber, "chat")
    for row in await rows(store, "subscriber"):
        with pytest.raises(StoreError):
            store._subscribers.chat_of(row)


async def test_it_lasts_until_she_ends_it(store, clock):
    """No time ends it: after three years it is as it was."""
    await write(store, Batch(subscribers=asking(ANNA)))
    for _ in range(3):
        clock.now += 365 * DAY
        await store.sweep(clock())
    assert await asked(store, ANNA, clock()) == ASKED


ENDS = {
    "she leaves": lambda store: write(store, Batch(subscribers={ANNA: None})),
    "she is forgotten in a turn": lambda store: write(store, Batch(forgotten=[ANNA])),
    "she blocks the bot": lambda store: store.forget(ANNA),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_an_older_copy_brings_nobody_back(opening, url, clock, end):
    """However it ended, it stays so when an older copy is put back; the others are untouched.

    Who says yes anew gets news anew.
    """
    store = await opening()
    await write(store, Batch(subscribers=asking(ANNA, BOTA)))
    hers = await name(store, ANNA)
    await store.close()
    put_back = await copied(url)
    store = await opening()
    await end(store)
    assert await asked(store, ANNA, clock()) is None
    await store.close()

    await put_back()
    store = await opening()
    assert await asked(store, ANNA, clock()) is None
    assert await asked(store, BOTA, clock()) == ASKED
    assert hers not in windows(await stolen(store, url), 16)
    await write(store, Batch(subscribers=asking(ANNA)))
    await store.close()
    store = await opening()
    assert await asked(store, ANNA, clock()) == ASKED
    await store.close()


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_the_next_sweep_leaves_no_trace(store, url, clock, end):
    """However it ended, after the next sweep the raw files hold nothing of it."""
    await write(store, Batch(subscribers=asking(ANNA, BOTA)))
    hers = await name(store, ANNA)
    assert hers in await stolen(store, url)
    await end(store)
    await store.sweep(clock())
    assert hers not in await stolen(store, url)


async def test_who_never_asked_is_in_no_mark(store, clock, tmp_path):
    """Who leaves without having asked, or erases everything, has no long-term name anywhere."""
    await write(store, Batch(forgotten=[BOTA], subscribers={ANNA: None}))
    await store.forget(BOTA)
    key = LongKey(tmp_path / "long-key", clock).current
    marks = (tmp_path / "erasures").read_text()
    assert not any(key.pseudonym(one, b"subscriber").hex() in marks for one in (ANNA, BOTA))


async def test_a_lockdown_takes_key_and_rows(store, url, clock, tmp_path):
    """After a lockdown there is no row, no trace of one and no key to read a copy with."""
    await write(store, Batch(subscribers=asking(*CROWD)))
    names = {row.person for row in await rows(store, "subscriber")}
    await store.lockdown()
    assert await rows(store, "subscriber") == []
    assert names.isdisjoint(windows(await stolen(store, url), 16))
    assert list((tmp_path / "long-key").iterdir()) == []
    with pytest.raises(KeyMissingError):
        await asked(store, ANNA, clock())


async def test_another_key_is_refused(opening):
    """Where somebody gets news, the bot does not start with a key under which nobody is found."""
    store = await opening()
    await write(store, Batch(subscribers=asking(ANNA)))
    await store.close()
    with pytest.raises(SettingsError, match="another long-term key"):
        await opening("another-key")


async def test_what_it_costs(tmp_path, keys, clock):
    """Looking somebody up is one statement, keeping is one; a turn that does neither pays nothing."""
    store = await Store.open(f"sqlite:///{tmp_path}/d/t.db", keys, clock=clock)
    statements = []
    assert isinstance(store._database, SqliteDatabase)
    engine = store._database._engine
    event.listen(engine, "after_cursor_execute", lambda *a: statements.append(a[2]))

    async def turn(update, *, news):
        statements.clear()

        def decide(loaded):
            if not news:
                return Batch(seen=[update])
            assert loaded.subscribed(ANNA) is None
            return Batch(seen=[update], subscribers=asking(ANNA))

        await store.transact([ANNA], [update], clock(), decide)
        return [one.split()[0] for one in statements if "subscriber" in one]

    assert await turn(1, news=False) == []
    assert await turn(2, news=True) == ["SELECT", "INSERT"]
    await store.close()


async def test_days_are_kept_as_they_were(store, clock):
    """The day of her yes and the version of the text come back as they were given."""
    early = replace(ASKED, agreed=AGREED - timedelta(days=9_000), version=999)
    await write(store, Batch(subscribers=asking(ANNA, asked=early)))
    assert await asked(store, ANNA, clock()) == early
