"""The places of the four countries: what they are called, where they lie, what they belong to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

PlaceKind = Literal["region", "district", "city", "town", "village"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place a person may name, or a part of the country.

    Attributes:
        id: a word unique over all countries, beginning with the country's code.
        country: the code of its country.
        kind: what it is; a region is a first-level part of the country, a district a second-level.
        region: the id of the region it lies in; a region names itself.
        centre: the id of the town that is the seat of a region or district; otherwise its own id.
        names: what it is called, by language; `en` is always there.
        also: more names that people type: old ones, other spellings, other letters.
        lat: degrees north; those of the centre for a region or district.
        lon: degrees east, likewise.
        population: people, as far as known; the larger of two places of one name is meant first.
        approximate: whether its position is from general knowledge only.
    """

    id: str
    country: str
    kind: PlaceKind
    region: str
    centre: str
    names: Mapping[str, str] = field(hash=False)
    lat: float
    lon: float
    also: tuple[str, ...] = ()
    population: int = 0
    approximate: bool = False

    @property
    def is_area(self) -> bool:
        """Tell a part of the country from a place in it."""
        return self.kind in ("region", "district")


class Gazetteer:
    """All places by id, in the order they are written; frozen once made."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        """Index the places; each id is there once."""
        self.places: dict[str, Place] = {place.id: place for place in places}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Gazetteer) and self.places == other.places

    __hash__ = None  # type: ignore[assignment] # it holds a mapping

    def get(self, id_: str) -> Place | None:
        """Find a place by its id."""
        return self.places.get(id_)

    @cached_property
    def regions(self) -> Mapping[str, tuple[Place, ...]]:
        """The regions of each country, in the order they are offered."""
        return _by_country(one for one in self.places.values() if one.kind == "region")

    @cached_property
    def settlements(self) -> Mapping[str, tuple[Place, ...]]:
        """The cities, towns and villages of each country."""
        return _by_country(one for one in self.places.values() if not one.is_area)


def _by_country(places: Iterable[Place]) -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.country, []).append(place)
    return {country: tuple(there) for country, there in found.items()}
