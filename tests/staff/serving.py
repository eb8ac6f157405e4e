"""Somebody who works with the bot, made so by the way that everybody goes: two people say yes."""

from bot.staff.doings import Accepted, Confirmed, Passed
from bot.staff.roles import Role
from bot.store.batch import Batch
from bot.store.keys import KeyRing
from bot.store.store import Store

CHIEF = 5_000_000_999
"""The second person, where a test has no other one: the first who serves, on the operator's word."""


async def note(store, who, *doings):
    """Let somebody do something about the team."""

    def decide(loaded):
        for doing in doings:
            loaded.desk.note(who, doing)
        return Batch()

    await store.transact((), (), store._clock(), decide)


async def passed(store, who, role):
    """Invite somebody and let her pass the test; return the code of the invitation."""
    secret, code = await store.office.invite(role)
    await note(store, who, Accepted(secret), Passed())
    return code


async def found(store, who, role):
    """Make somebody one of the first, on the operator's word alone; return her code."""
    code = await passed(store, who, role)
    assert await store.office.found(code)
    return code


async def confirm(store, code, by=CHIEF):
    """Let a second person say yes; the chief is there from the first time on that she is needed."""
    if by == CHIEF and not [one for one in await store.office.members() if one.role == "operator"]:
        await found(store, CHIEF, Role.OPERATOR)
    await note(store, by, Confirmed(code))


async def appoint(store, who, role=Role.VOLUNTEER, by=CHIEF):
    """Give `who` a role by the word of `by`; return her code."""
    code = await passed(store, who, role)
    await confirm(store, code, by)
    return code


async def volunteer(folder, who, role=Role.VOLUNTEER):
    """Give `who` a role in the bot whose files lie under `folder`, before it runs."""
    data = folder / "data"
    data.mkdir(mode=0o700, exist_ok=True)
    store = await Store.open(
        f"sqlite:///{data / 'tirek.db'}", KeyRing(data / "keys"), long_key=data / "long-key"
    )
    await appoint(store, who, role)
    await store.close()
