"""How far the nearest settlement is, of any country: what coordinates can be compared with."""

from collections.abc import Iterable, Iterator
from math import floor
from typing import Final

from bot.content.model import Place
from bot.directory.nearest import kilometres

_NEAR: Final = range(-1, 2)
"""Fields around a point: at the latitudes of the region one is at least 60 km wide."""


class Ground:
    """Settlements on a grid of degrees, so that thousands of points are compared in no time."""

    def __init__(self, settlements: Iterable[Place]) -> None:
        """Lay the settlements out."""
        self._fields: dict[tuple[int, int], list[Place]] = {}
        for place in settlements:
            self._fields.setdefault(_field(place.lat, place.lon), []).append(place)

    def around(self, lat: float, lon: float, *, but: str = "") -> dict[str, tuple[float, Place]]:
        """Find the nearest settlement of each country in the fields around, except `but`."""
        found: dict[str, tuple[float, Place]] = {}
        for place in self._near(lat, lon):
            far = kilometres(lat, lon, place.lat, place.lon)
            if place.id != but and far < found.get(place.country, (far + 1,))[0]:
                found[place.country] = (far, place)
        return found

    def _near(self, lat: float, lon: float) -> Iterator[Place]:
        row, column = _field(lat, lon)
        for north in _NEAR:
            for east in _NEAR:
                yield from self._fields.get((row + north, column + east), ())


def _field(lat: float, lon: float) -> tuple[int, int]:
    return floor(lat), floor(lon)
