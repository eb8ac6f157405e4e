"""What a campaign looks like to its readers: made once for each language."""

from bot.campaigns.campaign import Campaign
from bot.engine.campaigns import page
from bot.engine.screen import NewsPage
from bot.engine.stage import Stage
from bot.store.mailroom import Mailroom


class Pages:
    """The messages of the campaigns that are sent."""

    def __init__(self, mailroom: Mailroom) -> None:
        """Read campaigns from `mailroom`, each once."""
        self.stage: Stage | None = None
        self._mailroom = mailroom
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
        if one is None or self.stage is None:
            return None
        return page(self.stage.world.words, one, language)
