"""Somebody who works with the bot, made so by the way that every volunteer goes."""

from bot.staff.doings import Accepted, Passed
from bot.staff.roles import Role
from bot.store.batch import Batch
from bot.store.keys import KeyRing
from bot.store.store import Store


async def volunteer(folder, who, role=Role.VOLUNTEER):
    """Give `who` a role in the bot whose files lie under `folder`, before it runs."""
    data = folder / "data"
    data.mkdir(mode=0o700, exist_ok=True)
    store = await Store.open(
        f"sqlite:///{data / 'tirek.db'}", KeyRing(data / "keys"), long_key=data / "long-key"
    )
    secret, code = await store.office.invite(role)

    def decide(loaded):
        for doing in (Accepted(secret), Passed()):
            loaded.desk.note(who, doing)
        return Batch()

    await store.transact([who], [], store.office._clock(), decide)
    assert await store.office.confirm(code) is not None
    await store.close()
