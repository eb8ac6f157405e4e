"""When a reader may be written to, by the clock of her country. Pure."""

from bot.campaigns.hours import NIGHT, Quiet
from bot.engine.world import World


def awake(world: World, country: str, quiet: str, at: float) -> float:
    """Find the first moment from `at` on that is not in the hours `quiet`; epoch seconds."""
    there = world.content.countries.get(country)
    return (Quiet.read(quiet) or NIGHT).free(at, there.timezone) if there else at
