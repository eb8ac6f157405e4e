"""When a reader may be written to, by the clock of her country. Pure."""

from bot.campaigns.hours import NIGHT, Quiet
from bot.campaigns.subscription import Subscription
from bot.engine.world import World


def awake(world: World, subscription: Subscription, at: float) -> float:
    """Find the first moment from `at` on that is not in her quiet hours; epoch seconds."""
    country = world.content.countries.get(subscription.reader.country)
    quiet = Quiet.read(subscription.quiet) or NIGHT
    return quiet.free(at, country.timezone) if country else at
