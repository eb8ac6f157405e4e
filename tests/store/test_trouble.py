"""When the disk is full or the database gone, nothing is half done and it goes on by itself."""

import asyncio
import resource
import sqlite3

import asyncpg
import pytest

from bot.errors import SettingsError, StoreError
from bot.store.batch import Batch, Loaded
from bot.store.store import Store
from tests.store.looking import look, write
from tests.store.people import turns

CROWD = range(6_000_000_000, 6_000_000_400)


@pytest.fixture
async def file(tmp_path):
    return tmp_path / "data" / "t.db"


@pytest.fixture
async def filed(file, keys, clock):
    store = await Store.open(f"sqlite:///{file}", keys, clock=clock)
    yield store
    await store.close()


async def pragma(store, name, value):
    await store._database.run(lambda c: c.exec_driver_sql(f"PRAGMA {name} = {value}").close())


async def all_or_nothing(store, clock):
    """How much of the crowd's one batch is there: none of it or all of it."""
    loaded = await look(store, CROWD, range(1, 401), clock())
    counts = {len(loaded.sessions), len(loaded.seen), len((await store.pending()).replies)}
    assert len(counts) == 1
    return counts.pop()


async def test_a_full_database(filed, clock):
    """A batch that does not fit is refused whole, and applied whole once there is room."""
    await pragma(filed, "max_page_count", 20)
    with pytest.raises(StoreError, match="The disk is full"):
        await write(filed, turns(CROWD, clock()))
    assert await all_or_nothing(filed, clock) == 0
    await pragma(filed, "max_page_count", 10_000)
    await write(filed, turns(CROWD, clock()))
    assert await all_or_nothing(filed, clock) == 400


async def test_a_file_that_cannot_grow(filed, file, clock):
    """When the system refuses to let files grow, batches fail whole and later ones succeed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    confirmed = []

    async def turn_by_turn():
        for update, person in enumerate(CROWD, 1):
            await write(filed, turns([person], clock(), update))
            confirmed.append(person)

    grown = max(one.stat().st_size for one in file.parent.iterdir() if one.is_file())
    resource.setrlimit(resource.RLIMIT_FSIZE, (grown + 40_000, hard))
    try:
        with pytest.raises(StoreError, match="disk"):
            await turn_by_turn()
        with pytest.raises(StoreError, match="disk"):
            await write(filed, turns(CROWD, clock(), 1000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert 0 < len(confirmed) < 400
    assert await all_or_nothing(filed, clock) == len(confirmed)
    await write(filed, turns(CROWD, clock()))
    assert (await look(filed, [], range(1, 401), clock())).seen == set(range(1, 401))


async def test_a_held_database(filed, file, clock):
    """While another program holds the file nothing is written; afterwards it goes on."""
    await pragma(filed, "busy_timeout", 20)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="Another program holds"):
        await write(filed, turns(CROWD, clock()))
    assert await filed.mailroom.all() == []  # who only reads waits for nobody
    other.execute("ROLLBACK")
    other.close()
    assert await all_or_nothing(filed, clock) == 0
    await write(filed, turns(CROWD, clock()))
    assert await all_or_nothing(filed, clock) == 400


async def test_a_damaged_file(file, keys, clock):
    """A file that is no database stops the start with the remedy."""
    file.parent.mkdir()
    file.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreError, match="Restore the latest backup"):
        await Store.open(f"sqlite:///{file}", keys, clock=clock)


async def test_a_folder_that_cannot_be_made(tmp_path, keys, clock):
    """A path that leads through a file stops the start with the remedy."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="database"):
        await Store.open(f"sqlite:///{tmp_path}/file/d/t.db", keys, clock=clock)


async def test_a_server_that_drops_the_line(emptied, keys, clock):
    """After PostgreSQL dropped the connection one call fails whole and the next one works."""
    store = await Store.open(emptied, keys, clock=clock)
    server = await asyncpg.connect(emptied.replace("+asyncpg", ""))
    await server.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    with pytest.raises(StoreError, match="Check that it answers"):
        await write(store, turns(CROWD, clock()))
    await write(store, turns(CROWD, clock()))
    assert await all_or_nothing(store, clock) == 400
    await server.close()
    await store.close()


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        (("postgres?", "nowhere?"), "does not exist"),
        (("host=/", "host=/nowhere/"), "Check that it answers"),
    ],
)
async def test_a_server_that_is_not_there(postgres, keys, clock, change, remedy):
    """A wrong database or a silent server stops the start with the remedy."""
    with pytest.raises(StoreError, match=remedy):
        await Store.open(postgres.replace(*change), keys, clock=clock)


@pytest.mark.parametrize("address", ["tirek.db", "mysql://u:secret@h/d", ""])
async def test_an_address_of_another_kind(address, keys):
    """An address that is neither SQLite nor PostgreSQL is refused without being repeated."""
    with pytest.raises(SettingsError, match="sqlite:///") as caught:
        await Store.open(address, keys)
    assert "secret" not in str(caught.value)


async def test_a_cancelled_commit_is_whole(store, clock):
    """A commit whose caller gave up is afterwards there in full or not at all."""
    for pause in range(6):
        task = asyncio.create_task(write(store, turns(CROWD, clock())))
        for _ in range(pause):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        loaded = await look(store, CROWD, range(1, 401), clock())
        assert (len(loaded.sessions), len(loaded.seen)) in {(0, 0), (400, 400)}
    assert await look(store, [], [], clock()) == Loaded({}, set())
    await write(store, Batch(seen=[1]))
