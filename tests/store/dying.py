"""Does something and is killed while at it, over and over: `python -m tests.store.dying`.

Everything is imported once, then each life is a fork of a millisecond. Each report is a line of
JSON on the standard output.
"""

import asyncio
import json
import random
import shutil
import sys
from functools import partial
from pathlib import Path

import alembic.command
import alembic.config  # noqa: F401
import asyncpg
from sqlalchemy import inspect, text

from bot.engine.replies import Gap, Show
from bot.engine.session import Session
from bot.store import keyfiles, keys, migrate
from bot.store.batch import HOUR, Batch, Kept, Outgoing
from bot.store.ciphers import Cipher
from bot.store.database import connect
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.store.examining import rows, stolen
from tests.store.looking import look, write
from tests.store.mortal import die_at_line, die_at_statement, die_in, live
from tests.store.people import Silence
from tests.store.yesterday import first_tables

START = 1_800_000_000
SIZE = 20
LIVES = 12
CENSUS = """
    SELECT place, 's', count(*) FROM session GROUP BY place
    UNION ALL SELECT place, 'o', count(*) FROM outbox GROUP BY place
    UNION ALL SELECT region, 'g', count FROM gap
    UNION ALL SELECT 'b' || (update_id / 20), 'u', count(*) FROM seen GROUP BY update_id / 20
"""


def clock():
    return float(START)


def batch(number):
    people = range(number * SIZE, (number + 1) * SIZE)
    place, end = f"b{number}", START + HOUR
    return Batch(
        sessions={person: Kept(Session(place, "ru", town=place), end) for person in people},
        seen=people,
        replies=[Outgoing(person, person, Show(place), "ru", end) for person in people],
        gaps=[Gap(place, "legal") for _ in people],
    )


async def opened(url, folder):
    ring = KeyRing(folder / "keys", clock)
    return await Store.open(url, ring, clock=clock, noise=Silence())


def commits(url, folder, chance):
    """Commit batch after batch, dying at a moment by chance; count what is there."""
    first = 0

    def committing(say):
        async def work():
            store = await opened(url, folder)
            calm = first + chance.randrange(1, 4)
            for number in range(first, first + 10_000):
                if number == calm:
                    die_in(chance.uniform(0.0001, 0.008))
                await write(store, batch(number))
                say(number)

        asyncio.run(work())

    def counting(say):
        async def work():
            store = await opened(url, folder)
            say([list(row) for row in await store._database.run(census)])
            await store.close()

        asyncio.run(work())

    for _ in range(LIVES):
        chance.random()
        _, confirmed = live(committing)
        last = confirmed[-1] if confirmed else first - 1
        _, (counts,) = live(counting)
        yield {"confirmed": last + 1, "counts": counts}
        first = 1 + max(int(place[1:]) for place, _, _ in counts) if counts else 0


def census(connection):
    return connection.execute(text(CENSUS)).all()


def migrations(url, folder, _chance):
    """Open a new database, dying after every statement and at the commit.

    Tells which tables were there then, and whether the next start completed them.
    """

    def opening(_say, moment=0):
        async def work():
            await empty(url, folder)
            die_at_statement(moment)
            store = await Store.open(url, KeyRing(folder / "keys", clock), clock=clock)
            await store.close()

        asyncio.run(work())

    def looking(say):
        async def work():
            database = connect(url)
            say(await database.run(lambda c: sorted(inspect(c).get_table_names())))
            await database.close()
            store = await Store.open(url, KeyRing(folder / "keys", clock), clock=clock)
            await write(store, batch(0))
            say(len((await store.pending()).replies))
            await store.close()

        asyncio.run(work())

    opening(None)  # once here, so that no life has to import anything
    finished, moment = False, 0
    while not finished:
        moment += 1
        finished, _ = live(partial(opening, moment=moment))
        _, (tables, replies) = live(looking)
        yield {"finished": finished, "tables": tables, "replies": replies}


def upgrades(url, folder, _chance):
    """Open a database of the first tables, dying after every statement and at the commit.

    Tells what stood there then, and how many rows the next start found.
    """

    def opening(_say, moment=0):
        async def work():
            die_at_statement(moment)
            store = await opened(url, folder)
            await store.close()

        asyncio.run(work())

    def looking(say):
        def standing(connection):
            looked = inspect(connection)
            columns = {name: looked.get_columns(name) for name in ("session", "outbox")}
            return {
                "version": migrate.recorded(connection),
                "tables": sorted(looked.get_table_names()),
                "about": {
                    name: any(column["name"] == "about" for column in there)
                    for name, there in columns.items()
                },
            }

        async def work():
            database = connect(url)
            stood = await database.run(standing)
            await database.close()
            store = await opened(url, folder)
            known = await look(store, range(SIZE), range(1, SIZE + 1), START)
            waiting = (await store.pending()).replies
            say(stood | {"rows": [len(known.sessions), len(known.seen), len(waiting)]})
            await store.close()

        asyncio.run(work())

    finished, moment = False, 0
    while not finished:
        moment += 1
        asyncio.run(empty(url, folder))
        ring = KeyRing(folder / "keys", clock)
        asyncio.run(first_tables(url, Cipher(ring), ring, range(SIZE), START))
        finished, _ = live(partial(opening, moment=moment))
        _, (stood,) = live(looking)
        yield stood | {"finished": finished}


def erasures(url, folder, _chance):
    """Forget a person, dying after every statement; tell what is left, then forget her again."""
    gone = 7

    def forgetting(_say, moment):
        async def work():
            store = await Store.open(url, KeyRing(folder / "keys", clock), clock=clock)
            await write(store, batch(0))
            die_at_statement(moment)
            await store.forget(gone)

        asyncio.run(work())

    def looking(say):
        async def work():
            ring = KeyRing(folder / "keys", clock)
            store = await Store.open(url, ring, clock=clock)
            tables = [await rows(store, table) for table in ("session", "outbox")]
            name = ring.pseudonym(gone)
            say([sum(name in row for row in table) for table in tables])
            await store.forget(gone)
            say(name in await stolen(store, url))
            await store.close()

        asyncio.run(work())

    finished, moment = False, 0
    while not finished:
        moment += 1
        asyncio.run(empty(url, folder))
        finished, _ = live(partial(forgetting, moment=moment))
        _, (left, found) = live(looking)
        yield {"finished": finished, "left": left, "found": found}


async def empty(url, folder):
    if url.startswith("sqlite"):
        shutil.rmtree(folder / "data", ignore_errors=True)
        return
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute(
        "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
    )
    await connection.close()


def rotations(_url, folder, chance):
    """Rotate keys when one is to be made and one to be destroyed, dying at a line of it by chance."""
    fresh = folder / "fresh"
    KeyRing(fresh, lambda: START)
    middle = KeyRing(fresh, lambda: START + 24 * HOUR)
    secret = (fresh / "epoch-1.key").read_bytes()[16:48]
    files = {keyfiles.__file__, keys.__file__}
    ring_folder = folder / "ring"
    finished, line = False, 0
    while not finished:
        line += chance.randint(1, 4)
        shutil.rmtree(ring_folder, ignore_errors=True)
        shutil.copytree(fresh, ring_folder)

        def rotating(_say, line=line):
            die_at_line(line, files)
            KeyRing(ring_folder, lambda: START + 48 * HOUR)

        finished, _ = live(rotating)
        made = ring_folder / "epoch-3.key"
        before = made.read_bytes() if made.exists() else None
        after = KeyRing(ring_folder, lambda: START + 48 * HOUR)
        yield {
            "files": sorted(path.name for path in ring_folder.iterdir()),
            "previous kept": after.pseudonyms(1)[1] == middle.pseudonym(1),
            "new kept": before in (None, made.read_bytes()),
            "old left": any(secret in path.read_bytes() for path in ring_folder.iterdir()),
        }


if __name__ == "__main__":
    scenario, address, place, seed = sys.argv[1:]
    if address:
        connect(address)  # imports its driver once here, not in every life
    for report in globals()[scenario](address, Path(place), random.Random(seed)):
        sys.stdout.write(json.dumps(report) + "\n")
