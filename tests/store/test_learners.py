"""What players asked to be remembered: sealed, unlinked, a year at most, and gone when they say so."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from bot.errors import KeyMissingError, StoreError
from bot.learning.memory import Memory, Seen
from bot.store.batch import HOUR, LEARNER_LIFE, Batch, Kept
from bot.store.longkey import LongKey
from bot.store.sqlite import SqliteDatabase
from bot.store.store import Store
from bot.store.tables import learner
from tests.store.examining import found, rows, stolen, windows
from tests.store.looking import swap, write
from tests.store.people import SESSION
from tests.store.test_marks import copied

DAY = 24 * HOUR
ANNA, BOTA = 6_000_000_001, 6_000_000_002
CROWD = [6_000_000_000 + 7_919 * n for n in range(300)]
AGREED = date(2027, 1, 15)
MEMORY = Memory(AGREED, 1, tuple(Seen(3, n, 2, AGREED + timedelta(days=n)) for n in range(40)))


@pytest.fixture
def opening(url, keys, clock, tmp_path):
    """Open the store anew: over the same database, keys and marks."""

    async def opened():
        return await Store.open(
            url, keys, clock=clock, marks=tmp_path / "erasures", long_key=tmp_path / "long-key"
        )

    return opened


@pytest.fixture
async def store(opening):
    store = await opening()
    yield store
    await store.close()


async def remembered(store, person, now):
    found = []

    def decide(loaded):
        found.append(loaded.recall(person))
        return Batch()

    await store.transact([], [], now, decide)
    return found[0]


async def name(store, person):
    """What the row of this person is named by."""
    (found,) = await store._database.run(lambda c: store._learners.known(c, [person]))
    return found


async def test_it_is_found_again(opening, clock):
    """What somebody asked to be remembered is there after a restart, and nobody else's."""
    store = await opening()
    await write(store, Batch(memories={ANNA: MEMORY}))
    await store.close()
    store = await opening()
    assert await remembered(store, ANNA, clock()) == MEMORY
    assert await remembered(store, BOTA, clock()) is None
    await store.close()


async def test_a_stolen_copy_names_nobody(store, url, clock, tmp_path):
    """Without the key a copy names nobody, tells no question, and no two people share a byte run.

    With the key it names whoever asked to be remembered, and nobody else.
    """
    players, others = CROWD[:50], CROWD[50:]
    sessions = {person: Kept(SESSION, int(clock()) + HOUR) for person in CROWD}
    await write(store, Batch(sessions=sessions, memories=dict.fromkeys(players, MEMORY)))
    raw = await stolen(store, url)
    assert found(CROWD, raw) == []
    assert MEMORY.written()[:14] not in raw
    sealed = [row.about for row in await rows(store, "learner")]
    assert len(set(sealed)) == len(players)
    key = LongKey(tmp_path / "long-key", clock).current
    assert all(key.pseudonym(person, b"learner") in raw for person in players)
    assert not any(key.pseudonym(person, b"learner") in raw for person in others)


async def test_nothing_links_a_row_to_a_session(store, keys, clock):
    """Neither the name nor the end of a row leads to the session that was written with it."""
    await write(
        store,
        Batch(
            sessions={ANNA: Kept(SESSION, int(clock()) + HOUR)}, memories={ANNA: Memory(AGREED, 1)}
        ),
    )
    (row,) = await rows(store, "learner")
    assert row.person not in keys.pseudonyms(ANNA)
    assert row.expires % (7 * DAY) == 0
    assert {column.name for column in learner.c} == {
        *("person", "agreed", "version", "expires", "about")
    }


async def test_lengths_tell_little(store):
    """Who met one question and who met forty have rows of the same length."""
    await write(store, Batch(memories={ANNA: MEMORY, BOTA: Memory(AGREED, 1, MEMORY.seen[:1])}))
    assert len({len(row.about) for row in await rows(store, "learner")}) == 1


async def test_a_swapped_row_is_nobodys(store, clock):
    """What was moved to another row cannot be read there: nothing is remembered then."""
    await write(store, Batch(memories={ANNA: MEMORY, BOTA: Memory(AGREED, 1)}))
    await swap(store, learner, "about")
    assert await remembered(store, ANNA, clock()) is None
    assert await remembered(store, BOTA, clock()) is None


async def test_it_lives_a_year_from_the_last_round(store, clock):
    """It is there for 51 weeks after it was written last, and never longer than a year."""
    start = clock()
    await write(store, Batch(memories={ANNA: MEMORY}))
    clock.now = start + 51 * 7 * DAY
    await store.sweep(clock())
    assert await remembered(store, ANNA, clock()) == MEMORY
    await write(store, Batch(memories={ANNA: MEMORY}))
    clock.now = start + LEARNER_LIFE + DAY
    await store.sweep(clock())
    assert await remembered(store, ANNA, clock()) == MEMORY
    clock.now = start + 51 * 7 * DAY + LEARNER_LIFE
    assert await remembered(store, ANNA, clock()) is None
    await store.sweep(clock())
    assert await rows(store, "learner") == []


ENDS = {
    "she says so": lambda store: write(store, Batch(memories={ANNA: None})),
    "she is forgotten in a turn": lambda store: write(store, Batch(forgotten=[ANNA])),
    "she blocks the bot": lambda store: store.forget(ANNA),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_an_older_copy_brings_nobody_back(opening, url, clock, end):
    """However it ended, it stays so when an older copy is put back; the others are untouched.

    Who agrees anew is remembered anew.
    """
    store = await opening()
    await write(store, Batch(memories={ANNA: MEMORY, BOTA: MEMORY}))
    hers = await name(store, ANNA)
    await store.close()
    put_back = await copied(url)
    store = await opening()
    await end(store)
    assert await remembered(store, ANNA, clock()) is None
    await store.close()

    await put_back()
    store = await opening()
    assert await remembered(store, ANNA, clock()) is None
    assert await remembered(store, BOTA, clock()) == MEMORY
    assert hers not in windows(await stolen(store, url), 16)
    await write(store, Batch(memories={ANNA: MEMORY}))
    await store.close()
    store = await opening()
    assert await remembered(store, ANNA, clock()) == MEMORY
    await store.close()


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_the_next_sweep_leaves_no_trace(store, url, clock, end):
    """However it ended, after the next sweep the raw files hold nothing of it."""
    await write(store, Batch(memories={ANNA: MEMORY, BOTA: MEMORY}))
    hers = await name(store, ANNA)
    assert hers in await stolen(store, url)
    await end(store)
    await store.sweep(clock())
    assert hers not in await stolen(store, url)


async def test_a_failed_sweep_is_made_up_for(store, url, clock, monkeypatch):
    """Where the files could not be tidied, the sweep after that leaves no trace."""
    await write(store, Batch(memories={ANNA: MEMORY, BOTA: MEMORY}))
    tidied = []

    async def broken(*, thorough):
        tidied.append(thorough)
        raise StoreError("no disk")

    await write(store, Batch(memories={ANNA: None}))
    with monkeypatch.context() as patch:
        patch.setattr(store._database, "tidy", broken)
        with pytest.raises(StoreError, match="no disk"):
            await store.sweep(clock())
    tidy = store._database.tidy

    async def watched(*, thorough):
        tidied.append(thorough)
        await tidy(thorough=thorough)

    monkeypatch.setattr(store._database, "tidy", watched)
    for _ in range(2):
        await store.sweep(clock())
    assert tidied == [True, True, False]


async def test_who_was_never_remembered_is_in_no_mark(store, clock, tmp_path):
    """Who erases everything, and never asked to be remembered, leaves no long-term name anywhere."""
    await write(store, Batch(forgotten=[BOTA], memories={ANNA: None}))
    await store.forget(BOTA)
    key = LongKey(tmp_path / "long-key", clock).current
    marks = (tmp_path / "erasures").read_text()
    assert not any(key.pseudonym(person, b"learner").hex() in marks for person in (ANNA, BOTA))


async def test_a_lockdown_takes_key_and_rows(store, url, clock, tmp_path):
    """After a lockdown there is no row, no trace of one and no key to read a copy with."""
    await write(store, Batch(memories=dict.fromkeys(CROWD, MEMORY)))
    names = {row.person for row in await rows(store, "learner")}
    await store.lockdown()
    assert await rows(store, "learner") == []
    assert names.isdisjoint(windows(await stolen(store, url), 16))
    assert list((tmp_path / "long-key").iterdir()) == []
    with pytest.raises(KeyMissingError):
        await remembered(store, ANNA, clock())


async def test_what_it_costs(tmp_path, keys, clock):
    """A turn at the quizzes asks for the version of the key, looks up and keeps; another pays nothing."""
    store = await Store.open(f"sqlite:///{tmp_path}/d/t.db", keys, clock=clock)
    statements = []
    assert isinstance(store._database, SqliteDatabase)
    engine = store._database._engine
    event.listen(engine, "after_cursor_execute", lambda *a: statements.append(a[2].split()[0]))

    async def turn(update, *, quiz):
        statements.clear()

        def decide(loaded):
            memories = {ANNA: loaded.recall(ANNA) or MEMORY} if quiz else {}
            kept = {ANNA: Kept(SESSION, int(clock()) + HOUR)}
            return Batch(sessions=kept, seen=[update], memories=memories)

        await store.transact([ANNA], [update], clock(), decide)
        return [*statements]

    assert await turn(1, quiz=False) == ["BEGIN", "SELECT", "SELECT", "INSERT", "INSERT"]
    assert await turn(2, quiz=True) == ["BEGIN"] + ["SELECT"] * 4 + ["INSERT"] * 3
    await store.close()
