"""How a campaign went out, as a picture for its author and those who approve."""

from dataclasses import dataclass

from bot.campaigns.board import Posted
from bot.engine.blocks.base import Drawing
from bot.engine.headway import TITLE, painted
from bot.engine.world import Look
from bot.pictures.headway import Headway, headway


def drawing(look: Look, one: Posted) -> Drawing:
    """Say how it is drawn, in her language."""
    starts, language = one.proposal.starts, look.session.language
    chart = painted(look.world, language, one.audience, starts, one.headway)
    return Drawing(_Chart(chart), TITLE)


@dataclass(frozen=True, slots=True)
class _Chart:
    """A chart to be drawn; it needs no link, and two of the same words are the same."""

    chart: Headway

    def __call__(self, _address: str) -> bytes:
        return headway(self.chart).png()
