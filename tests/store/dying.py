"""Does something and is killed while at it, over and over: `python -m tests.store.dying`.

Everything is imported once, then each life is a fork of a millisecond. Each report is a line of
JSON on the standard output.
"""

import asyncio
import json
import random
import shutil
import sys
from datetime import date
from functools import partial
from pathlib import Path

import alembic.command
import alembic.config  # noqa: F401
import asyncpg
from sqlalchemy import inspect, text

from bot.campaigns.audience import Reader
from bot.campaigns.subscription import Subscription
from bot.counting.tally import Kind, Tally
from bot.engine.replies import Show
from bot.engine.session import Session
from bot.learning.memory import Memory
from bot.store import migrate
from bot.store.batch import HOUR, Batch, Kept, Outgoing, Subscriber
from bot.store.ciphers import Cipher
from bot.store.database import connect
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.store.examining import rows, stolen
from tests.store.looking import look, write
from tests.store.mortal import die_at_statement, die_in, live
from tests.store.people import COVERED, Silence, traced
from tests.store.replacing import all_replacements, key_files, replacements
from tests.store.turning import rotations
from tests.store.yesterday import first_tables

START = 1_800_000_000
DAY = date(2027, 1, 15)
SIZE = 20
LIVES = 12
CENSUS = """
    SELECT country, 's', count(*) FROM session GROUP BY country
    UNION ALL SELECT country, 'o', count(*) FROM outbox GROUP BY country
    UNION ALL SELECT 'b' || (due - 1800000060), 't', count(*) FROM trace GROUP BY due
    UNION ALL SELECT row_id, 'g', count FROM tally
    UNION ALL SELECT 'b' || (update_id / 20), 'u', count(*) FROM seen GROUP BY update_id / 20
"""


def clock():
    return float(START)


def at_each_moment(work, looking, before=lambda: None):
    """Do `work` again and again, each time dying a moment later, until a life of it is finished.

    `before` prepares each of these lives. Yields whether it came to its end, what it said, and what
    `looking` found afterwards.
    """
    finished, moment = False, 0
    while not finished:
        moment += 1
        before()
        finished, said = live(partial(work, moment=moment))
        _, found = live(looking)
        yield finished, said, found


def batch(number):
    people = range(number * SIZE, (number + 1) * SIZE)
    place, end = f"b{number}", START + HOUR
    return Batch(
        sessions={person: Kept(Session("home", "ru", country=place), end) for person in people},
        seen=people,
        replies=[Outgoing(person, person, Show("home"), "ru", end, place) for person in people],
        tallies=[Tally(Kind.GAP, place, "legal") for _ in people],
        traced={
            person: traced(person, 1, 2, at=[START, START + 1], idle=60 + number)
            for person in people
        },
    )


async def opened(url, folder, long_key=None):
    ring = KeyRing(folder / "keys", clock)
    marks = folder / "erasures"
    return await Store.open(url, ring, clock=clock, noise=Silence(), marks=marks, long_key=long_key)


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
    for finished, _, (tables, replies) in at_each_moment(opening, looking):
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

    def made_yesterday():
        emptied(url, folder)
        ring = KeyRing(folder / "keys", clock)
        asyncio.run(first_tables(url, Cipher(ring), ring, range(SIZE), START))

    for finished, _, (stood,) in at_each_moment(opening, looking, made_yesterday):
        yield stood | {"finished": finished}


def erasures(url, folder, _chance):
    """Forget a person, dying after every statement; tell what the next start leaves of her.

    Then forget her again.
    """
    gone = 7

    def forgetting(_say, moment):
        async def work():
            store = await opened(url, folder)
            await write(store, batch(0))
            await write(store, Batch(sessions={gone: Kept(COVERED, START + HOUR)}))
            die_at_statement(moment)
            await store.forget(gone)
            await store.compact()

        asyncio.run(work())

    def looking(say):
        async def work():
            store = await opened(url, folder)
            tables = [await rows(store, name) for name in ("session", "outbox", "trace", "cover")]
            name = store._keys.pseudonym(gone)
            say([sum(name in row for row in table) for table in tables])
            await store.forget(gone)
            await store.compact()
            say(name in await stolen(store, url))
            await store.close()

        asyncio.run(work())

    for finished, _, (left, found) in at_each_moment(
        forgetting, looking, partial(emptied, url, folder)
    ):
        yield {"finished": finished, "left": left, "found": found}


def clearings(url, folder, _chance):
    """Hand out chats and clear them, dying after every statement and at every commit.

    Tells of which people something was confirmed to be cleared, what the next start knows of each
    chat, and whose session it finds.
    """
    later = START + HOUR - 1

    def clearing(say, moment):
        async def work():
            store = await opened(url, folder)
            await write(store, batch(0))
            die_at_statement(moment)
            for chat in (await store.due(later, most=2)).chats:
                for message_ids in ([1], [2]):
                    await store.cleared(chat.user_id, message_ids)
                    say([chat.user_id, *message_ids])

        asyncio.run(work())

    def looking(say):
        async def work():
            store = await opened(url, folder)
            known = await look(store, range(SIZE), [], START)
            overdue = await store.due(later)
            left = {chat.user_id: [one.message_id for one in chat.traces] for chat in overdue.chats}
            say({"left": left, "lost": overdue.lost, "sessions": sorted(known.sessions)})
            await store.close()

        asyncio.run(work())

    for finished, cleared, (found,) in at_each_moment(
        clearing, looking, partial(emptied, url, folder)
    ):
        yield found | {"finished": finished, "cleared": cleared}


def unlearnings(url, folder, _chance):
    """Remember a player and forget her in the same turn as all else, dying after every statement.

    Tells whether she had a session, a memory and a mark when it was over, and at the next start.
    """
    gone = 7

    long_key = folder / "long-key"

    def unlearning(_say, moment):
        async def work():
            store = await opened(url, folder, long_key)
            await write(store, batch(0))
            await write(store, Batch(memories={gone: Memory(DAY, 1), gone + 1: Memory(DAY, 1)}))
            die_at_statement(moment)
            await write(store, Batch(forgotten=[gone], memories={gone: None}))

        asyncio.run(work())

    def looking(say):
        async def work():
            marked = (folder / "erasures").exists()
            store = await opened(url, folder, long_key)
            sessions = len(await rows(store, "session"))
            say([sessions, len(await rows(store, "learner")), marked])
            await store.close()

        asyncio.run(work())

    for finished, _, (left,) in at_each_moment(unlearning, looking, partial(emptied, url, folder)):
        yield {"finished": finished, "left": left}


def unsubscribings(url, folder, _chance):
    """Send news to two people, of whom one leaves with a turn, dying after every statement.

    Tells how many get news and whether there was a mark when it was over, and at the next start.
    """
    gone = 7
    asked = Subscription(DAY, 1, Reader("ru", "kz"))

    async def subscribing():
        marks, long_key = folder / "erasures", folder / "long-key"
        ring = KeyRing(folder / "keys", clock)
        return await Store.open(url, ring, clock=clock, marks=marks, long_key=long_key)

    def leaving(say, moment):
        async def work():
            store = await subscribing()
            people = {one: Subscriber(one, asked) for one in (gone, gone + 1)}
            await write(store, Batch(subscribers=people))
            die_at_statement(moment)
            await write(store, Batch(seen=[1], subscribers={gone: None}))
            say("left")

        asyncio.run(work())

    def looking(say):
        async def work():
            marked = (folder / "erasures").exists()
            store = await subscribing()
            seen = len(await rows(store, "seen"))
            say([seen, len(await rows(store, "subscriber")), marked])
            await store.close()

        asyncio.run(work())

    before = partial(emptied, url, folder)
    for finished, confirmed, (left,) in at_each_moment(leaving, looking, before):
        yield {"finished": finished, "confirmed": bool(confirmed), "left": left}


def emptied(url, folder):
    asyncio.run(empty(url, folder))


async def empty(url, folder):
    (folder / "erasures").unlink(missing_ok=True)
    if url.startswith("sqlite"):
        shutil.rmtree(folder / "data", ignore_errors=True)
        return
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    await connection.execute(
        "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
    )
    await connection.close()


SCENARIOS = (
    *(commits, migrations, upgrades, erasures, clearings, unlearnings, unsubscribings),
    *(rotations, key_files, replacements, all_replacements),
)

if __name__ == "__main__":
    scenario, address, place, seed = sys.argv[1:]
    if address:
        connect(address)  # imports its driver once here, not in every life
    (chosen,) = (one for one in SCENARIOS if one.__name__ == scenario)
    for report in chosen(address, Path(place), random.Random(seed)):
        sys.stdout.write(json.dumps(report) + "\n")
