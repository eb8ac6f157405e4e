"""What an earlier day left behind does not outlive its time because the machine was off."""

import time

from bot.store.batch import HOUR
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.journeys.thief import loot
from tests.process import BotProcess
from tests.standin.server import StandIn
from tests.store.examining import rows
from tests.store.looking import write
from tests.store.people import turns

CROWD = range(6_000_000_000, 6_000_000_300)


async def test_nothing_of_the_day_before_yesterday_is_left(tmp_path):
    """Started 49 hours after people talked, the bot leaves no row, no key and no trace (R5)."""
    data = tmp_path / "data"
    url = f"sqlite:///{data / 'tirek.db'}"

    def then() -> float:
        return time.time() - 49 * HOUR

    keys = KeyRing(data / "keys", then)
    store = await Store.open(url, keys, clock=then)
    await write(store, turns(CROWD, then(), first_update=800_000_001))
    await store.close()
    names = {keys.pseudonym(person) for person in CROWD}
    (key,) = (data / "keys").iterdir()
    secret = key.read_bytes()
    assert all(name in loot(data) for name in names)

    async with StandIn() as tg, BotProcess(tmp_path, tg) as bot:
        await tg.wait_listening()
        await tg.settled(quiet=0.3)
        running = loot(data)
        assert await bot.stop() == 0
    for raw in (running, loot(data)):
        assert not [name for name in names if name in raw]
    assert secret not in loot(data, keys="none")
    store = await Store.open(url, KeyRing(data / "keys"))
    for table in ("session", "seen", "outbox"):
        assert await rows(store, table) == []
    await store.close()


async def test_of_yesterday_only_numbers_of_updates_are_left(tmp_path):
    """Started 25 hours later, the bot keeps of yesterday what tells repeated updates, no person."""
    data = tmp_path / "data"
    url = f"sqlite:///{data / 'tirek.db'}"

    def then() -> float:
        return time.time() - 25 * HOUR

    keys = KeyRing(data / "keys", then)
    store = await Store.open(url, keys, clock=then)
    await write(store, turns(CROWD, then(), first_update=800_000_001))
    await store.close()
    names = {keys.pseudonym(person) for person in CROWD}

    async with StandIn() as tg, BotProcess(tmp_path, tg):
        await tg.wait_listening()
        await tg.settled(quiet=0.3)
    assert not [name for name in names if name in loot(data)]
    store = await Store.open(url, KeyRing(data / "keys"))
    assert len(await rows(store, "seen")) == len(CROWD)
    assert await rows(store, "session") == []
    assert await rows(store, "outbox") == []
    await store.close()
