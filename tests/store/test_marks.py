"""Who was erased stays erased, whatever older copy of the database is put back."""

import asyncio
import os
import shutil

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError, UnsafeSettingsError
from bot.store import keyfiles
from bot.store.batch import HOUR, Batch, Kept
from bot.store.marks import MARK_LIFE, Mark, Marks
from bot.store.sqlite import SqliteDatabase
from bot.store.store import Store
from tests.store.examining import TABLES, rows, stolen
from tests.store.looking import look, write
from tests.store.people import COVERED, outgoing, traced

NAMES = [(b"a" * 16, b"b" * 16), (b"c" * 16,)]
OF_PEOPLE = ("session", "outbox", "trace", "cover")
GONE, STAYS = 6_000_000_001, 6_000_000_002


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marked" / "erasures"


async def copied(url):
    """A backup of the database at `url`, closed by everybody: how to put it back."""
    if url.startswith("sqlite"):
        file = url.removeprefix("sqlite:///")
        shutil.copy(file, f"{file}-backup")

        async def put_back():
            shutil.move(f"{file}-backup", file)

        return put_back
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    saved = {table: await connection.fetch(f"SELECT * FROM {table}") for table in TABLES}
    await connection.close()

    async def put_back_rows():
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        for table, records in saved.items():
            await connection.execute(f"DELETE FROM {table}")
            await connection.copy_records_to_table(table, records=[tuple(one) for one in records])
        await connection.close()

    return put_back_rows


async def talk(store, clock, person):
    """A row of each kind that a person can have."""
    batch = Batch(
        sessions={person: Kept(COVERED, int(clock()) + HOUR)},
        replies=[outgoing(person, clock())],
        traced={person: traced(person, 1, 2, at=clock())},
    )
    await write(store, batch)


async def counts(store, keys, person):
    names = {name for name in keys.pseudonyms(person) if name}
    return [len([row for row in await rows(store, table) if names & {*row}]) for table in OF_PEOPLE]


async def test_an_older_copy_brings_nobody_back(url, keys, clock, path):
    """Erased before or after the keys turned, a person is erased from every older copy again."""
    store = await Store.open(url, keys, clock=clock, marks=path)
    for person in (GONE, STAYS):
        await talk(store, clock, person)
    clock.now += 24 * HOUR - 60
    keys.rotate()
    await store.close()
    put_back = await copied(url)
    clock.now += 60
    keys.rotate()
    store = await Store.open(url, keys, clock=clock, marks=path)
    await store.forget(GONE)
    await store.close()

    await put_back()
    without = await Store.open(url, keys, clock=clock)
    assert await counts(without, keys, GONE) == [1, 1, 1, 1]
    await without.close()
    store = await Store.open(url, keys, clock=clock, marks=path)
    assert await counts(store, keys, GONE) == [0, 0, 0, 0]
    assert await counts(store, keys, STAYS) == [1, 1, 1, 1]
    raw = await stolen(store, url)
    assert not [name for name in keys.pseudonyms(GONE) if name in raw]
    await talk(store, clock, GONE)
    await store.close()
    store = await Store.open(url, keys, clock=clock, marks=path)
    assert 0 not in await counts(store, keys, GONE)
    await store.close()


async def test_leaving_is_never_marked(url, keys, clock, path):
    """Whoever leaves a chat, or whose chat fades, is in no file of erasures."""
    store = await Store.open(url, keys, clock=clock, marks=path)
    await talk(store, clock, GONE)
    await write(store, Batch(traced={GONE: traced(GONE, at=(), active=False, leave=True)}))
    await store.due(clock() + HOUR)
    await store.cleared(GONE, [1, 2])
    await store.sweep(clock() + HOUR)
    await store.close()
    assert not path.exists()


async def test_the_mark_is_on_the_disk_before_the_rows_go(url, keys, clock, path, monkeypatch):
    """A database that fails right then leaves a mark: the next start erases what it did not."""
    store = await Store.open(url, keys, clock=clock, marks=path)
    await talk(store, clock, GONE)
    synced: list[object] = []
    monkeypatch.setattr(os, "fsync", synced.append)

    def broken(*_args, **_facts):
        assert synced
        raise StoreError("no disk")

    monkeypatch.setattr(store._outbox, "drop", broken)
    with pytest.raises(StoreError, match="no disk"):
        await store.forget(GONE)
    assert await counts(store, keys, GONE) == [1, 1, 1, 1]
    await store.close()
    store = await Store.open(url, keys, clock=clock, marks=path)
    assert await counts(store, keys, GONE) == [0, 0, 0, 0]
    await store.close()


async def test_a_mark_that_cannot_be_written_erases_nothing(url, keys, clock, path, monkeypatch):
    """A full disk is told with its remedy; the erasure is whole or is asked for again."""
    store = await Store.open(url, keys, clock=clock, marks=path)
    await talk(store, clock, GONE)

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"No space left.*Make room"):
        await store.forget(GONE)
    monkeypatch.undo()
    assert await counts(store, keys, GONE) == [1, 1, 1, 1]
    await store.forget(GONE)
    assert await counts(store, keys, GONE) == [0, 0, 0, 0]
    await store.close()


async def test_marks_end_with_the_sweep(url, keys, clock, path):
    """A mark is kept for 35 days and dropped by the first sweep after."""
    store = await Store.open(url, keys, clock=clock, marks=path)
    await store.forget(GONE)
    name = keys.pseudonym(GONE).hex()
    await store.sweep(clock() + MARK_LIFE - 1)
    assert name in path.read_text()
    await store.sweep(clock() + MARK_LIFE)
    assert path.read_text() == ""
    await store.forget(STAYS)
    assert [mark.number for mark in Marks(path).beyond(0)] == [2]
    await store.close()


async def test_a_lost_file_does_not_count_from_the_start(url, keys, clock, path):
    """Numbers go on after the last one the database knows, or later marks would be passed over."""
    store = await Store.open(url, keys, clock=clock, marks=path)
    await talk(store, clock, GONE)
    for person in range(5):
        await store.forget(person)
    await store.close()
    path.unlink()
    put_back = await copied(url)
    store = await Store.open(url, keys, clock=clock, marks=path)
    await store.forget(GONE)
    await store.close()
    await put_back()
    store = await Store.open(url, keys, clock=clock, marks=path)
    assert await counts(store, keys, GONE) == [0, 0, 0, 0]
    assert (await look(store, [GONE], [], clock())).sessions == {}
    await store.close()


@given(st.lists(st.lists(st.binary(min_size=16, max_size=16), min_size=1, max_size=2), max_size=60))
def test_every_mark_is_read_as_it_was_written(tmp_path_factory, people):
    """Marks come back in order, numbered without a gap, whichever file object wrote them."""
    path = tmp_path_factory.mktemp("marks") / "erasures"
    for when, names in enumerate(people):
        assert Marks(path).add([tuple(names)], when, 0) == when + 1
    found = Marks(path).beyond(0)
    assert found == [Mark(n + 1, n, tuple(names)) for n, names in enumerate(people)]
    assert Marks(path).beyond(3) == found[3:]


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_an_unfinished_mark_is_no_mark(path, cut):
    """What a crash left of a line is passed over, and the next mark is whole."""
    marks = Marks(path)
    assert marks.add(NAMES, 5, 0) == 2
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:cut])
    assert [mark.number for mark in marks.beyond(0)] == [1, 2]
    assert marks.add(NAMES[:1], 6, 0) == 3
    assert [mark.number for mark in marks.beyond(0)] == [1, 2, 3]
    assert len(path.read_bytes().splitlines()) == 3


def test_the_file_is_private(path):
    """It is made 0600, and refused with the command to type when others may read it."""
    Marks(path).add(NAMES, 5, 0)
    Marks(path).end(5 + MARK_LIFE)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(UnsafeSettingsError, match=f"chmod 600 {path}"):
        Marks(path)


async def test_two_processes_never_share_a_number(path):
    """Marks made at the same time by many have a number each, and none is lost."""
    adding = [asyncio.to_thread(Marks(path).add, NAMES[:1], 5, 0) for _ in range(40)]
    assert sorted(await asyncio.gather(*adding)) == [*range(1, 41)]
    assert len(Marks(path).beyond(0)) == 40


def test_a_start_without_a_folder_makes_it(path, monkeypatch):
    """The first mark makes the folder, as private as the database's, and its name durable."""
    synced: list[object] = []
    monkeypatch.setattr(keyfiles, "sync", synced.append)
    Marks(path).add(NAMES, 5, 0)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert synced == [path.parent]


async def test_after_a_crash_no_trace_is_left(tmp_path, keys, clock, path):
    """Killed when the rows are gone and the files not yet rewritten, the next start rewrites them."""
    url = f"sqlite:///{tmp_path}/data/tirek.db"
    store = await Store.open(url, keys, clock=clock, marks=path)
    for person in range(6_000_000_000, 6_000_000_300):
        await talk(store, clock, person)
    compacted = []

    async def never(*, thorough):
        compacted.append(thorough)

    await store.forget(6_000_000_007)
    crashed = await copied(url)
    await store.close()
    await crashed()
    store = await Store.open(url, keys, clock=clock, marks=path)
    raw = await stolen(store, url)
    assert not [name for name in keys.pseudonyms(6_000_000_007) if name and name in raw]
    await store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SqliteDatabase, "tidy", lambda _, thorough: never(thorough=thorough))
        await (await Store.open(url, keys, clock=clock, marks=path)).close()
    assert compacted == [False]
