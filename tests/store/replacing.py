"""The long-term key is replaced, and whoever does it dies while at it."""

import asyncio
import shutil

import asyncpg

from bot.store import keyfiles, longkey, rotation
from bot.store.keys import KeyRing
from bot.store.longkey import LongKey
from bot.store.rotation import at_once
from bot.store.store import Store
from tests.mailing.approved import APPROVER, AUTHOR, approve
from tests.store.mortal import die_at_line, die_at_statement, live
from tests.store.rotating import INVITED, known, names, opened, roles, settle_in, stored_names
from tests.store.test_mailings import Sending

START = 1_800_000_000
READERS = range(6_000_000_000, 6_000_000_024)
PLAYERS = range(6_000_000_020, 6_000_000_026)
SENT = 8


def key_files(_url, folder, chance):
    """Make a version and destroy the one before, dying at a line of it by chance."""
    fresh, tried = folder / "fresh", folder / "tried"
    first = LongKey(fresh, lambda: START)
    secret = (fresh / "epoch-1.key").read_bytes()[16:48]
    name, tag = first.current.pseudonym(1, b"all"), first.tag(1, b"leave")
    files = {keyfiles.__file__, longkey.__file__}
    finished, line = False, 0
    while not finished:
        line += chance.randint(1, 3)
        shutil.rmtree(tried, ignore_errors=True)
        shutil.copytree(fresh, tried)

        def replacing(_say, line=line):
            key = LongKey(tried, lambda: START)
            die_at_line(line, files)
            key.advance()
            key.retire()

        finished, _ = live(replacing)
        key = LongKey(tried, lambda: START)
        met = key.current.lifted(name, 1) == key.current.pseudonym(1, b"all")
        if key.current.number == 1:
            key.advance()
        key.retire()
        yield {
            "met": met and key.current.lifted(name, 1) == key.current.pseudonym(1, b"all"),
            "leaves": key.tag_matches(1, tag, b"leave"),
            "files": sorted(path.name for path in tried.iterdir()),
            "old left": any(secret in path.read_bytes() for path in tried.iterdir()),
        }


class Clock:
    """The time in epoch seconds; moves only when told to."""

    now = float(START)

    def __call__(self):
        return self.now


async def opened_store(url, folder, clock):
    ring = KeyRing(folder / "keys", clock)
    marks, long_key = folder / "erasures", folder / "long-key"
    return await Store.open(url, ring, clock=clock, marks=marks, long_key=long_key)


async def settled(url, folder):
    """Fill an empty database, with a campaign of which a third is sent."""
    (folder / "erasures").unlink(missing_ok=True)
    shutil.rmtree(folder / "long-key", ignore_errors=True)
    shutil.rmtree(folder / "data", ignore_errors=True)
    if not url.startswith("sqlite"):
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        await connection.execute(
            "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        )
        await connection.close()
    clock = Clock()
    store = await opened_store(url, folder, clock)
    await settle_in(store, READERS, PLAYERS)
    clock.now = await approve(store, clock)
    mailer = Sending(store)
    await mailer.turn(0)
    got = [one.chat_id for one in await mailer.turn(SENT)]
    mailer.settle()
    await mailer.turn(0)
    await store.close()
    return clock.now, got


def replacements(url, folder, chance):
    """Rotate, dying after some statements and at some commits; tell what `replaced` tells."""
    yield from replaced(url, folder, lambda: chance.randint(4, 9))


def all_replacements(url, folder, _chance):
    """Rotate, dying after every statement and at every commit; tell what `replaced` tells."""
    yield from replaced(url, folder, lambda: 1)


def replaced(url, folder, further):
    """Rotate again and again, each time dying so many moments later as `further` gives.

    Tells who is found by the next start; and, once somebody has gone on with it, who is found then, how
    often each reader got the campaign, and what is left of the old key.
    """
    rotation._MOST = 9  # type: ignore[misc]
    clock = Clock()
    finished, moment = False, 0
    while not finished:
        moment += further()
        _, ((clock.now, got),) = live(lambda say: say(asyncio.run(settled(url, folder))))
        shutil.rmtree(folder / "copy", ignore_errors=True)
        old = LongKey(shutil.copytree(folder / "long-key", folder / "copy"), clock)

        def rotating(_say, moment=moment):
            async def work():
                store = await opened_store(url, folder, clock)
                die_at_statement(moment)
                await store.rotation.run(at_once)

            asyncio.run(work())

        def looking(say, got=got, old=old):
            async def work():
                store = await opened_store(url, folder, clock)
                say(await found(store, clock()))
                await store.rotation.run(at_once)
                say(await found(store, clock()))
                mailer = Sending(store)
                copies = got + await mailer.all()
                _, open_ = await opened(store, old)
                stay = names(old, READERS, PLAYERS) & await stored_names(store)
                files = {path.name.split("-")[0] for path in (folder / "long-key").iterdir()}
                full = [*(folder / "long-key").glob("epoch-*")]
                say(
                    {
                        "once": sorted(copies) == [*READERS],
                        "opened by the old key": open_,
                        "old names": len(stay),
                        "keys": [len(full), *sorted(files)],
                    }
                )
                await store.close()

            asyncio.run(work())

        finished, _ = live(rotating)
        _, (met, after, rest) = live(looking)
        yield {"finished": finished, "met": met, "after": after} | rest


async def found(store, now):
    """How many are known in each way, and how those stand who work with the bot."""
    news, players = await known(store, [*READERS, *PLAYERS], now)
    standing = await roles(store, AUTHOR, APPROVER, INVITED)
    return [len(news), len(players), *standing]
