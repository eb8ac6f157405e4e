"""A bot with somebody of each kind who is known for longer, and what is known of them."""

from datetime import date

from sqlalchemy import text

from bot.learning.memory import Memory
from bot.staff.doings import Accepted
from bot.staff.roles import Role
from bot.staff.standing import Standing
from bot.store.batch import Batch
from bot.store.ciphers import Cipher
from tests.mailing.approved import APPROVER, AUTHOR, appoint
from tests.mailing.approved import subscriber as asking
from tests.store.examining import rows
from tests.store.looking import write

AGREED = date(2027, 1, 15)
READERS = range(6_000_000_000, 6_000_000_030)
PLAYERS = range(6_000_000_020, 6_000_000_045)
INVITED = 7_000_000_001
MEMORY = Memory(AGREED, 1)
SEALED = {
    "subscriber": ("chat", "person"),
    "learner": ("about", "person"),
    "campaign": ("content", "id"),
    "mailing": ("message", "person"),
}


async def settle_in(store, readers=READERS, players=PLAYERS):
    """Let people ask for news and be remembered; appoint two and invite one."""
    await appoint(store)
    people = {one: asking(one) for one in readers}
    await write(store, Batch(subscribers=people, memories=dict.fromkeys(players, MEMORY)))
    secret, _ = await store.office.invite(Role.HELPER)

    def accept(loaded):
        loaded.desk.note(INVITED, Accepted(secret))
        return Batch()

    await store.transact((), (), 0, accept)


async def known(store, people, now):
    """Who of these people gets news, and who of them is remembered, as their turns find it."""
    news, remembered = set(), set()

    def decide(loaded):
        for one in people:
            if loaded.subscribed(one):
                news.add(one)
            if loaded.recall(one):
                remembered.add(one)
        return Batch()

    await store.transact([], [], now, decide)
    return news, remembered


async def roles(store, *people):
    """How these people stand, as a turn of theirs finds it."""
    found: list[Standing] = []

    def decide(loaded):
        found.extend(loaded.desk.standing(one, "") for one in people)
        return Batch()

    await store.transact([], [], 0, decide)
    return [one.role or one.invited for one in found]


async def opened(store, key):
    """How many sealed cells there are, and how many of them `key` alone opens."""
    cipher, there, open_ = Cipher(key), 0, 0
    for table, (column, named) in SEALED.items():
        for row in await rows(store, table):
            sealed, name = getattr(row, column), getattr(row, named)
            if sealed is None:
                continue
            there += 1
            which = name.encode() if isinstance(name, str) else bytes(name)
            if table == "mailing":
                which = row.campaign.encode() + which
            try:
                cipher._open(table, column, which, sealed)
            except Exception:  # noqa: BLE001 - whatever the thief is told, she has nothing
                continue
            open_ += 1
    return there, open_


def names(key, readers=READERS, players=PLAYERS):
    """What a key calls everybody who is known."""
    version = key.current
    return {
        *(version.pseudonym(one, b"subscriber") for one in readers),
        *(version.pseudonym(one, b"learner") for one in players),
        *(version.pseudonym(one, b"staff") for one in (AUTHOR, APPROVER, INVITED)),
    }


async def stored_names(store):
    """Every long-term name in the tables."""
    columns = (
        *(("subscriber", "person"), ("learner", "person"), ("staff", "person")),
        *(("invitation", "person"), ("mailing", "person")),
        *(("campaign", "author"), ("campaign", "approver")),
    )
    found = set()
    for table, column in columns:

        def work(connection, table=table, column=column):
            return connection.execute(text(f"SELECT {column} FROM {table}")).scalars().all()

        found |= {bytes(one) for one in await store._database.run(work) if one}
    return found
