"""What a campaign looks like to its readers: made once for each language."""

from collections.abc import Callable

from bot.campaigns.campaign import Campaign
from bot.engine.campaigns import page
from bot.engine.screen import NewsPage
from bot.engine.world import World
from bot.store.mailroom import Mailroom


class Pages:
    """The messages of the campaigns that are sent."""

    def __init__(self, mailroom: Mailroom, world: Callable[[], World]) -> None:
        """Read campaigns from `mailroom`, each once; `world` gives what is served now."""
        self._mailroom, self._world = mailroom, world
        self._campaigns: dict[str, Campaign] = {}

    async def read(self, id_: str) -> None:
        """Have the campaign at hand.

        Raises:
            StoreError: the database cannot be read.
        """
        if id_ not in self._campaigns:
            one, _ = await self._mailroom.content(id_)
            self._campaigns = {**self._campaigns, id_: one}

    def page(self, id_: str, language: str) -> NewsPage | None:
        """Show a campaign in one language; None where nothing was written in it."""
        one = self._campaigns.get(id_)
        return page(self._world().words, one, language) if one else None
