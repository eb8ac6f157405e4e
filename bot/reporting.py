"""What operators draw and write down of campaigns and of those who get news: counts, and nobody."""

from bot.app import read_world
from bot.campaigns.audience import LEAST
from bot.engine.headway import painted
from bot.errors import TirekError
from bot.pictures.canvas import Canvas
from bot.pictures.headway import headway
from bot.sending import mailroom, unknown
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
