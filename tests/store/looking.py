"""Looking into a store, and writing into it, without taking a turn."""

from collections.abc import Collection

from sqlalchemy import Connection, Table, bindparam, select

from bot.store.batch import Batch, Loaded
from bot.store.store import Store


async def look(
    store: Store, user_ids: Collection[int], update_ids: Collection[int], now: float
) -> Loaded:
    """What is known of these people and updates; nothing is changed."""
    found: list[Loaded] = []

    def decide(loaded: Loaded) -> Batch:
        found.append(loaded)
        return Batch()

    await store.transact(user_ids, update_ids, now, decide)
    return found[-1]


async def write(store: Store, batch: Batch) -> list[int]:
    """Apply a batch that depends on nothing that is stored; the ids of its replies."""
    return await store.transact((), (), 0, lambda _: batch)


async def swap(store: Store, table: Table, column: str) -> None:
    """Exchange the sealed `column` of the first two rows of `table`, as somebody with its file."""
    (key,) = table.primary_key

    def work(connection: Connection) -> None:
        one, two = connection.execute(select(key, table.c[column]).limit(2)).all()
        change = table.update().where(key == bindparam("which")).values({column: bindparam("new")})
        pairs = [{"which": one[0], "new": two[1]}, {"which": two[0], "new": one[1]}]
        connection.execute(change, pairs)

    await store._database.run(work)
