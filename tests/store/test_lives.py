"""Everything ends in time, and what a person wants erased leaves no trace."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.errors import StoreError, UnsafeSettingsError
from bot.store.batch import (
    ABOUT_LIFE,
    COVER_LIFE,
    HOUR,
    MINUTE,
    OUTBOX_LIFE,
    PICKUP_LIFE,
    SEEN_LIFE,
    SESSION_LIFE,
    TRACE_LIFE,
    Batch,
    Kept,
)
from bot.store.store import Store
from tests.store.examining import rows, stolen, windows
from tests.store.looking import look, write
from tests.store.people import COVERED, SESSION, TOLD, TOWN, outgoing, traced, turns

CROWD = [6_000_000_000 + 7_919 * n for n in range(300)]
LIVES = {
    "session": SESSION_LIFE,
    "seen": SEEN_LIFE,
    "outbox": OUTBOX_LIFE,
    "trace": TRACE_LIFE,
    "cover": COVER_LIFE,
    "pickup": PICKUP_LIFE,
}


def all_kinds(user_ids, now):
    """A row of each kind of each person, to be kept as long as the caller may ask for."""
    batch = turns(user_ids, now)
    batch.sessions = {person: Kept(COVERED, int(now) + HOUR) for person in user_ids}
    batch.traced = {person: traced(person, 1, at=now) for person in user_ids}
    batch.left = {f"{person} river window horse": SESSION for person in user_ids}
    return batch


async def test_lives_are_kept_while_idle_and_over_restarts(url, keys, clock):
    """Whatever end a caller asks for, no row outlives its table's life by over 10 minutes."""
    store = await Store.open(url, keys, clock=clock)
    year = 365 * 24 * HOUR
    await write(
        store,
        Batch(
            sessions={1: Kept(COVERED, int(clock()) + year), 2: Kept(SESSION, int(clock()) + 1800)},
            seen=[1, 2],
            replies=[outgoing(1, clock() + year), outgoing(2, clock())],
            traced={1: traced(1, 1, at=clock() + year)},
            left={"apple river window horse": SESSION},
        ),
    )
    for table, life in LIVES.items():
        assert max(row.expires for row in await rows(store, table)) == clock() + life
    start = clock()
    lasted: dict[tuple[str, int], float] = {}
    for tick in range(50 * 6):
        if tick % 60 == 59:
            await store.close()
            store = await Store.open(url, keys, clock=clock)
        await store.sweep(clock())
        for table in LIVES:
            lasted |= dict.fromkeys(
                ((table, n) for n in range(len(await rows(store, table)))), clock() - start
            )
        clock.now += 10 * MINUTE
    await store.close()
    assert {table for table, _ in lasted} == set(LIVES)
    for (table, _), age in lasted.items():
        assert age <= LIVES[table] + 10 * MINUTE
    assert lasted["session", 1] <= 1800 + 10 * MINUTE
    assert lasted["outbox", 1] <= HOUR + 10 * MINUTE


async def test_overdue_after_a_standstill(url, keys, clock):
    """After a week without power the first sweep ends everything and counts it."""
    store = await Store.open(url, keys, clock=clock)
    await write(store, turns([1, 2, 3], clock()))
    await store.close()
    clock.now += 7 * 24 * HOUR
    store = await Store.open(url, keys, clock=clock)
    swept = await store.sweep(clock())
    again = await store.sweep(clock())
    await store.close()
    assert (swept.sessions, swept.seen, swept.replies, swept.rotated) == (3, 3, 3, True)
    assert (again.sessions, again.seen, again.replies, again.rotated) == (0, 0, 0, False)


async def test_a_clock_that_was_ahead_keeps_nothing_longer(store, clock):
    """Rows written while the clock was 25 hours ahead live no longer than their life from now."""
    clock.now += 25 * HOUR
    await write(store, all_kinds([1], clock()))
    clock.now -= 25 * HOUR
    await store.sweep(clock())
    assert (await look(store, [1], [1], clock())).seen == {1}
    for table, life in LIVES.items():
        (row,) = await rows(store, table)
        assert row.expires <= clock() + life


async def test_a_town_and_flags_live_half_an_hour(store, clock):
    """Whatever end a caller asks for, a row with a town or flags ends within 30 minutes."""
    end = int(clock()) + 24 * HOUR
    for person, told in enumerate((TOLD, replace(TOLD, said=()), replace(TOLD, town="")), 1):
        facts = {"town": told.town, "said": told.said}
        sessions = {person: Kept(told, end)}
        await write(store, Batch(sessions=sessions, replies=[outgoing(person, end, **facts)]))
    for table in ("session", "outbox"):
        assert {row.expires - clock() for row in await rows(store, table)} == {ABOUT_LIFE}
    clock.now += ABOUT_LIFE
    swept = await store.sweep(clock())
    assert (swept.sessions, swept.replies) == (3, 3)


async def test_a_clock_that_was_ahead_keeps_no_town_longer(store, clock):
    """A town written while the clock was 20 hours ahead ends within 30 minutes of the first sweep."""
    clock.now += 20 * HOUR
    replies = [outgoing(1, clock(), town=TOWN), outgoing(2, clock())]
    sessions = {1: Kept(TOLD, int(clock()) + HOUR), 2: Kept(SESSION, int(clock()) + HOUR)}
    await write(store, Batch(sessions=sessions, replies=replies))
    clock.now -= 20 * HOUR
    await store.sweep(clock())
    for table in ("session", "outbox"):
        ends = [row.expires - clock() for row in await rows(store, table)]
        assert sorted(ends) == [ABOUT_LIFE, 21 * HOUR]


async def test_a_clock_that_was_ahead_before_a_restart_is_found_out(url, keys, clock):
    """An update id that ends too late gives it away: what told a town ends in 30 minutes, too."""
    store = await Store.open(url, keys, clock=clock)
    clock.now += 20 * HOUR
    kept = {1: Kept(TOLD, int(clock()) + HOUR), 2: Kept(SESSION, int(clock()) + HOUR)}
    await write(store, Batch(sessions=kept, seen=[1]))
    await store.close()
    clock.now -= 20 * HOUR
    store = await Store.open(url, keys, clock=clock)
    await store.sweep(clock())
    ends = [row.expires - clock() for row in await rows(store, "session")]
    assert sorted(ends) == [ABOUT_LIFE, 21 * HOUR]
    await store.close()


async def test_forgetting_leaves_no_trace(store, url, keys, clock):
    """After forgetting, raw files hold nothing of whoever was forgotten, delivered or erased.

    No pseudonym, old or new, and no sealed address, not even in the corners of pages.
    """
    crowd = range(6_000_000_000, 6_000_001_000)
    gone = crowd[::2]
    await write(store, turns(crowd, clock()))
    clock.now += 24 * HOUR
    keys.rotate()
    again = turns(crowd, clock(), 3000)
    again.sessions = {person: Kept(COVERED, int(clock()) + HOUR) for person in crowd}
    again.traced = {person: traced(person, 1, at=clock()) for person in crowd}
    await write(store, again)
    waiting = await rows(store, "outbox")
    names = {name for person in gone for name in keys.pseudonyms(person)}
    theirs = [row for row in waiting if row[1] in names]
    traces = names | {value for row in theirs for value in row[2:4]}
    for table in ("trace", "cover"):
        traces |= {row[-1] for row in await rows(store, table) if row.person in names}
    assert len(traces) == 8 * len(gone)
    before = windows(await stolen(store, url), 16)
    assert {trace[-16:] for trace in traces} <= before

    await write(store, Batch(forgotten=gone[1:], delivered=[row[0] for row in theirs[1:-1]]))
    for person in gone[1:-1]:
        await store.cleared(person, [1])
    await store.forget(gone[0], gone[-1])
    await store.compact()
    after = windows(await stolen(store, url), 16)
    assert {trace for trace in traces if trace[-16:] in after} == set()
    assert (await look(store, crowd, [], clock())).sessions.keys() == set(crowd) - set(gone)
    assert len((await store.pending()).replies) == 2 * (len(crowd) - len(gone))


def log_size(url):
    log = Path(f"{make_url(url).database}-wal")
    return log.stat().st_size if log.exists() else None


async def test_forgetting_compacts_the_file(tmp_path, keys, clock):
    """After forgetting, the SQLite file has no freed page in which something could linger."""
    store = await Store.open(f"sqlite:///{tmp_path}/d/t.db", keys, clock=clock)
    await write(store, turns(CROWD, clock()))
    await write(store, Batch(forgotten=CROWD))

    def free_pages(connection):
        return connection.exec_driver_sql("PRAGMA freelist_count").scalar_one()

    assert await store._database.run(free_pages) > 0
    await store.forget(CROWD[0])
    await store.compact()
    assert await store._database.run(free_pages) == 0
    await store.close()


async def test_deleted_rows_are_wiped_at_once(tmp_path, keys, clock):
    """SQLite writes through to the disk, wipes what it deletes, and keeps no file on the side."""
    store = await Store.open(f"sqlite:///{tmp_path}/d/t.db", keys, clock=clock)

    def settings(connection):
        names = ("journal_mode", "synchronous", "secure_delete", "temp_store")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names]

    full, on, memory = 2, 1, 2
    assert await store._database.run(settings) == ["wal", full, on, memory]
    await store.close()


async def test_swept_rows_leave_the_log(tmp_path, keys, clock):
    """After a sweep the write-ahead log of SQLite is empty, after closing it is gone."""
    url = f"sqlite:///{tmp_path}/d/t.db"
    store = await Store.open(url, keys, clock=clock)
    await write(store, turns(CROWD, clock()))
    assert log_size(url) > 0
    await store.sweep(clock())
    assert log_size(url) == 0
    await store.close()
    assert log_size(url) is None


async def test_keys_end_with_the_sweep(store, keys, clock):
    """A sweep every ten minutes is enough for keys to end in time."""
    rotations = 0
    for _ in range(3 * 24):
        rotations += (await store.sweep(clock())).rotated
        assert keys.current.created > clock() - 24 * HOUR
        clock.now += HOUR
    assert rotations == 2


async def test_rows_end_though_the_keys_cannot_turn(store, tmp_path, clock):
    """A key folder in trouble is told, but does not keep a single row alive."""
    await write(store, all_kinds([1], clock()))
    clock.now += 7 * 24 * HOUR
    (tmp_path / "keys").chmod(0o755)
    with pytest.raises(UnsafeSettingsError):
        await store.sweep(clock())
    for table in LIVES:
        assert await rows(store, table) == []


async def test_keys_end_though_the_database_is_gone(tmp_path, keys, clock, monkeypatch):
    """A database in trouble is told, but does not keep a single key alive."""
    store = await Store.open("sqlite://", keys, clock=clock)

    async def broken(_work):
        raise StoreError("no disk")

    clock.now += 48 * HOUR
    monkeypatch.setattr(store._database, "run", broken)
    with pytest.raises(StoreError, match="no disk"):
        await store.sweep(clock())
    assert [path.name for path in keys.folder.iterdir()] == ["epoch-2.key"]
    await store.close()


@pytest.mark.parametrize("person", [CROWD[0], -5])
async def test_forgetting_a_stranger(store, clock, person):
    """Forgetting somebody never met is quiet and touches nobody else."""
    await write(store, turns([1], clock()))
    await store.forget(person)
    assert (await look(store, [1], [], clock())).sessions == {1: SESSION}
