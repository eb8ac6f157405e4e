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
        """Read campaigns from `mailroom`, each once and after a correction; `world` gives what is served now."""
        self._mailroom, self._world = mailroom, world
        self._campaigns: dict[str, tuple[int, Campaign]] = {}

    async def read(self, id_: str, revision: int) -> None:
        """Have the campaign at hand as it was corrected so often, or more often since.

        Raises:
            StoreError: the database cannot be read.
        """
        if id_ not in self._campaigns or self._campaigns[id_][0] < revision:
            self._campaigns = {**self._campaigns, id_: await self._mailroom.texts(id_)}

    def page(self, id_: str, language: str) -> NewsPage | None:
        """Show a campaign in one language; None where nothing was written in it."""
        _, one = self._campaigns.get(id_, (0, None))
        return page(self._world().words, one, language) if one else None
