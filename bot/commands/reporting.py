"""What operators draw and write down of campaigns and of those who get news: counts, and nobody."""

import time

from bot.app import read_world
from bot.campaigns import people, results
from bot.campaigns.audience import LEAST
from bot.commands.counts import kinds_of_people
from bot.commands.opening import opened
from bot.commands.sending import mailroom, unknown
from bot.counting.table import SumTable
from bot.counting.weeks import Period, monday
from bot.engine.headway import painted
from bot.errors import TirekError
from bot.pictures.canvas import Canvas
from bot.pictures.headway import headway
from bot.settings import Settings


async def headway_of(settings: Settings, id_: str, language: str | None) -> Canvas:
    """Draw how a campaign went out, in one language or in the first that is offered.

    Raises:
        TirekError: there is no such campaign or language, or too few have got it.
    """
    world = read_world(settings)
    offered = world.offered.languages
    if language is not None and language not in offered:
        raise TirekError(f"'{language}' is not offered. There are: {', '.join(offered)}.")
    async with mailroom(settings) as open_:
        one = await open_.one(id_)
        if one is None:
            raise unknown(id_)
        _, audience = await open_.content(id_)
        stretches = await open_.headway(id_)
    if not any(stretch.sent for stretch in stretches):
        raise TirekError(f"There is nothing to draw: fewer than {LEAST} have got it.")
    return headway(painted(world, language or offered[0], audience, one.starts, stretches))


async def people_published(settings: Settings) -> SumTable:
    """Give what may be published in this week of those who get news."""
    topics = read_world(settings).content.topics
    period = Period(monday(time.time()), 1, people.scale(len(topics)))
    async with opened(settings) as store:
        noisy = await store.reports.people(kinds_of_people(settings, topics), period)
    return people.published(noisy, period)


async def campaigns_published(settings: Settings) -> SumTable:
    """Give what may be published of the campaigns of the last year."""
    async with opened(settings) as store:
        return results.published(await store.reports.campaigns())
