"""What the operator sees of a rotation of the long-term key: counts, and nobody."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.campaigns.estimate import reach
from bot.commands.opening import opened
from bot.errors import TirekError
from bot.lockdown import Flag
from bot.settings import Settings
from bot.store.rotation import Rotated, Rotation

_A_MINUTE: Final = 150_000
"""Rows moved in a minute: measured on two cores beside other work, with SQLite."""

_PROMISE: Final = """\
This makes a new long-term key and puts everybody under it who asked to be known for longer: {people}
rows, about {minutes} min. Then the old key is destroyed.

The service goes on; turns wait for it a few hundredths of a second now and then, once at the end for the whole
file to be rewritten. Campaigns go on; one that is due meanwhile begins after it. Whoever is just being confirmed for a role
looks at her three words again. If this is interrupted, run it again: it goes on where it was.

What it costs: a backup of the database from before needs the old key too. Keep data/erasures as it is."""
_GOES_ON: Final = "A rotation was begun and is not finished. This goes on with it.\n\n"


@asynccontextmanager
async def _rotation(settings: Settings) -> AsyncIterator[Rotation]:
    if Flag(settings.store.lockdown).is_up:
        raise TirekError("The bot is locked down: its keys are gone, there is nothing to rotate.")
    async with opened(settings) as store:
        yield store.rotation


async def promise(settings: Settings) -> str:
    """Tell what a rotation does, how long it takes and what it costs.

    Raises:
        TirekError: the bot is locked down.
    """
    async with _rotation(settings) as open_:
        people, begun = await open_.size(), open_.begun
    minutes = max(1, math.ceil(people / _A_MINUTE))
    return (_GOES_ON if begun else "") + _PROMISE.format(people=_some(people), minutes=minutes)


async def rotate(settings: Settings) -> str:
    """Rotate the key, and tell what was done.

    Raises:
        TirekError: the bot is locked down.
    """
    async with _rotation(settings) as open_:
        return told(await open_.run())


def told(done: Rotated) -> str:
    """Write down what was done."""
    lost = f" {done.lost} could not be read and were removed." if done.lost else ""
    return (
        f"Done. Version {done.number} of the long-term key is in use, {_some(done.moved)} rows were moved.{lost}\n"
        f"The old key is destroyed here. Destroy its copies too, or keep one apart for as long as you keep "
        f"backups from before: docs/operate.md."
    )


def _some(count: int) -> str:
    """Tell a count as it may be told: in tens, and few not at all."""
    shown = reach(count)
    return "fewer than 20" if shown is None else f"some {shown}"
