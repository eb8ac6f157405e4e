"""The regions as rows of a table that is published."""

from bot.content.model import Gazetteer


def rows(places: Gazetteer) -> dict[str, str]:
    """Name every region by its id: its English name and the code of its country."""
    return {
        region.id: f"{region.names['en']} ({region.country.upper()})"
        for regions in places.regions.values()
        for region in regions
    }
