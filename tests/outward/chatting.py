"""What the tests of this folder do first, and what they look at."""

import asyncio

from bot.engine.events import Wrote
from bot.engine.phrases import INTERRUPTED

ANNA, BOTA = 101, 102
MINUTE, HOUR = 60, 3600
NOTE = INTERRUPTED.text
STOP = Wrote("stop")


async def converse(talk, who, words=3):
    """Say a few things to the bot, each answered with a new message; the numbers of all of it."""
    await talk.in_kazakhstan(who)
    for _ in range(words):
        await talk.say(who, "2")
    return [*talk.channel.stands[who]]


async def known(talk, who):
    """Name the messages the ledger knows, once strikes have had time to be written."""
    await asyncio.sleep(0.1)
    due = await talk.store.traced(who)
    return [one.message_id for one in due.traces] if due else []


def newest(talk, who):
    return max(n for n, shown in talk.channel.stands[who].items() if shown != "hers")
