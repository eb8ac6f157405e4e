"""What is stored is what is listed, and nothing else."""

import subprocess
import sys
from dataclasses import asdict
from unittest.mock import patch

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import column as sql_column
from sqlalchemy import inspect
from sqlalchemy import table as sql_table

from bot.counting.tally import Count, Kind
from bot.counting.weeks import monday
from bot.errors import StoreError
from bot.staff.audit import Deed, Entry, broken_at, head
from bot.staff.roles import Role
from bot.store import migrate
from bot.store.batch import HOUR, Batch, Kept, Loaded
from bot.store.ciphers import Cipher
from bot.store.database import connect
from bot.store.store import Store
from bot.store.tables import HEAD, metadata
from tests.store.datapage import PAGE, page
from tests.store.examining import TABLES, rows, stolen
from tests.store.looking import look, write
from tests.store.people import TOLD
from tests.store.yesterday import OPEN, first_tables


async def differences(store):
    """What a live schema has more, less or otherwise than the list."""

    def work(connection):
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, metadata)

    return await store._database.run(work)


async def test_the_schema_is_the_list(store):
    """The tables and columns are those listed, with their types, and no other table."""
    assert await differences(store) == []
    names = await store._database.run(lambda c: set(inspect(c).get_table_names()))
    assert names == set(TABLES)


async def test_the_steps_lead_to_the_tables_a_new_database_gets(url):
    """All migrations together make the very tables that a new database is given at once."""
    database = connect(url)
    await database.upgrade(migrate.run_steps)

    def work(connection):
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, metadata), migrate.recorded(connection)

    assert await database.run(work) == ([], HEAD)
    await database.close()


async def test_an_older_log_verifies_and_goes_on(url, keys, clock):
    """Rows written before campaigns were named keep their hashes, and new ones follow them."""
    old: list[Entry] = []
    for deed in (Deed.INVITED, Deed.ACCEPTED, Deed.PROPOSED):
        old.append(Entry.after(old[-1] if old else None, int(clock() // HOUR), deed, "volunteer"))
    database = connect(url)

    def work(connection):
        with patch.object(migrate, "HEAD", "0009"):
            migrate.run_steps(connection)
        cells = [asdict(one) for one in old]
        for cell in cells:
            del cell["campaign"]
        connection.execute(sql_table("audit", *map(sql_column, cells[0])).insert(), cells)

    await database.upgrade(work)
    await database.close()
    store = await Store.open(url, keys, clock=clock)
    await store.office.invite(Role.VOLUNTEER)
    log = await store.office.audit()
    assert log[:3] == old
    assert len(log) == 4
    assert broken_at(log, int(clock() // HOUR), head(old)) is None
    assert await differences(store) == []
    await store.close()


async def test_older_counts_are_kept_as_they_are(url, keys, clock):
    """What was counted before there was one table for all counts is in it, with the noise it had."""
    week = monday(clock()) - 7
    database = connect(url)

    def work(connection):
        with patch.object(migrate, "HEAD", "0003"):
            migrate.run_steps(connection)
        cells = [{"week": week, "region": "kz-almaty", "sector": "legal", "count": 41}]
        connection.execute(sql_table("gap", *map(sql_column, cells[0])).insert(), cells)

    await database.upgrade(work)
    await database.close()
    store = await Store.open(url, keys, clock=clock)
    cell = ("kz-almaty", "legal")
    assert await store.counts(Kind.GAP, week, [cell]) == [Count(week, *cell, 41)]
    assert await differences(store) == []
    await store.close()


async def test_an_older_database_lets_go_of_what_lay_open(url, keys, clock):
    """Of the first tables the applied updates are kept, and no row that told openly of a place."""
    await first_tables(url, Cipher(keys), keys, [11, 12], clock())
    store = await Store.open(url, keys, clock=clock)
    assert await differences(store) == []
    loaded = await look(store, [11, 12], [1, 2], clock())
    assert loaded == Loaded({}, {1, 2})
    assert await rows(store, "outbox") == []
    await store.sweep(clock())
    assert OPEN.encode() not in await stolen(store, url)
    await write(store, Batch(sessions={11: Kept(TOLD, int(clock()) + HOUR)}))
    assert (await look(store, [11], [], clock())).sessions == {11: TOLD}
    await store.close()


@pytest.mark.parametrize(
    "change", ["ALTER TABLE session ADD COLUMN name TEXT", "CREATE TABLE words (said TEXT)"]
)
async def test_an_unlisted_column_is_noticed(store, change):
    """The comparison above fails for one column or table more."""
    await store._database.run(lambda connection: connection.exec_driver_sql(change))
    assert len(await differences(store)) == 1


def test_every_column_says_why_it_is_there():
    """Each column has a purpose, a key and a life."""
    for table in metadata.tables.values():
        for column in table.columns:
            assert all(column.info[word] for word in ("purpose", "key", "life")), str(column)


def test_the_data_page_is_the_list():
    """`docs/data.md` shows the list (write it anew with `python -m tests.store.datapage`)."""
    assert PAGE.read_text() == page()


def test_the_recorded_head_is_the_last_migration():
    """The version that skips migrating is that of the newest step."""
    assert ScriptDirectory(str(migrate._FOLDER)).get_current_head() == HEAD


def test_an_up_to_date_start_is_light(tmp_path):
    """Opening a database that is new or up to date does not import Alembic."""
    program = (
        "import asyncio, sys; from pathlib import Path\n"
        "from bot.store.keys import KeyRing; from bot.store.store import Store\n"
        "async def start():\n"
        "    store = await Store.open(sys.argv[1], KeyRing(Path(sys.argv[2])))\n"
        "    await store.close()\n"
        "asyncio.run(start()); print('alembic' in sys.modules)"
    )
    arguments = [f"sqlite:///{tmp_path}/d/t.db", str(tmp_path / "k")]
    seen = [
        subprocess.run(
            [sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True
        ).stdout.strip()
        for _ in range(2)
    ]
    assert seen == ["False", "False"]


async def test_a_later_version_is_left_alone(store, url, keys, clock):
    """A database made by a later version is refused with the remedy and not changed."""
    bump = "UPDATE alembic_version SET version_num = '9999'"
    await store._database.run(lambda connection: connection.exec_driver_sql(bump))
    with pytest.raises(StoreError, match="another version"):
        await Store.open(url, keys, clock=clock)
    assert await differences(store) == []
