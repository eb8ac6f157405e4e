"""The real bot as its own process, over a database in which a campaign has just become due."""

import time

from bot.campaigns.proposal import DELAY
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.mailing.approved import FIRST, appoint, approve, subscribe


def opened(folder, clock=time.time, url=""):
    """Open the store that the process in `folder` uses, or will use; `url` where that is another."""
    data = folder / "data"
    return Store.open(
        url or f"sqlite:///{data}/tirek.db",
        KeyRing(data / "keys", clock),
        clock=clock,
        marks=data / "erasures",
        long_key=data / "long-key",
    )


async def prepared(folder, tg, readers, one=None, url=""):
    """Let so many people ask for news, and a campaign for them be due now; who they are."""
    people = range(FIRST, FIRST + readers)
    for reader in people:
        await tg.meet(reader)
    before = time.time() - DELAY - 2
    store = await opened(folder, lambda: before, url)
    await appoint(store)
    # Never quiet: the test may run at night.
    await subscribe(store, people, country="")
    await approve(store, lambda: before, one)
    await store.close()
    return people


def settings(**campaigns):
    lines = "".join(f"    {name}: {value}\n" for name, value in campaigns.items())
    return f"sending:\n  campaigns:\n{lines}"
