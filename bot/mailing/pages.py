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
        self._shown: dict[tuple[str, str], NewsPage | None] = {}
        self._shown_of: World | None = None

    async def read(self, id_: str, revision: int) -> None:
        """Have the campaign at hand as it was corrected so often, or more often since.

        Raises:
            StoreError: the database cannot be read.
        """
        if id_ not in self._campaigns or self._campaigns[id_][0] < revision:
            self._campaigns = {**self._campaigns, id_: await self._mailroom.texts(id_)}
            self._shown = {}

    def page(self, id_: str, language: str) -> NewsPage | None:
        """Show a campaign in one language; None where nothing was written in it."""
        one, world = self._campaigns.get(id_), self._world()
        if world is not self._shown_of:
            self._shown, self._shown_of = {}, world
        if one is None:
            return None
        if (id_, language) not in self._shown:
            self._shown[id_, language] = page(world.words, one[1], language)
        return self._shown[id_, language]
