"""The wishing tree grows: what of its ribbons may be told is read at the start and once a day."""

import asyncio
import logging
from collections.abc import Callable

from bot.conversation import Conversation
from bot.counting.ribbons import WEEKS, Tree, cells, grown
from bot.counting.tally import Kind
from bot.counting.weeks import DAY, Period
from bot.engine.world import World
from bot.store.store import Store

_log = logging.getLogger("tirek.growing")


async def read_tree(store: Store, world: World, now: float) -> Tree:
    """Read the ribbons of the weeks that had ended by `now`, epoch seconds.

    Raises:
        StoreError: the database does not answer.
    """
    period = Period.before(now, WEEKS)
    ribbons = [one.id for one in world.content.wish_list.ribbons]
    shown = cells(world.offered.countries, ribbons)
    return grown(await store.counts(Kind.WISH, period.first, shown), shown, period)


async def grow(conversation: Conversation, store: Store, clock: Callable[[], float]) -> None:
    """Show the tree as it is now, and again after each day; nobody waits for it."""
    while True:
        try:
            conversation.grow(await read_tree(store, conversation.world, clock()))
        except Exception:  # noqa: BLE001 - whatever breaks, the tree is read again tomorrow
            _log.exception("tree.unread")
        await asyncio.sleep(DAY)
