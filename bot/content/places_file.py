"""A country's file under `content/places/`: its regions, and what people mend in GeoNames."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field

from bot.content.model import Country, Frozen, Id, Name, Tongue

OWN: Final[Mapping[str, Tongue]] = {"kz": "kk", "kg": "ky", "tj": "tg", "uz": "uz"}
"""The language in which every place of a country that is written by hand has a name."""

Names = Annotated[Mapping[Tongue, Name], Field(min_length=1)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class RegionEntry(Frozen):
    """A first-level part of the country, or a city that is none but counts as one."""

    id: Id
    names: Names
    also: tuple[Name, ...] = ()
    centre: Id


class DistrictEntry(RegionEntry):
    """A second-level part of the country; it lies where its centre lies."""

    region: Id


class PlaceEntry(Frozen):
    """A settlement: with `geonames`, what is said otherwise than there; else a new one.

    `not` lists names that GeoNames gives the place and that are not its own; `approximate` marks a
    position that no source was found for: distances from there are told in tens of kilometres.
    """

    id: Id
    geonames: int | None = None
    kind: Literal["city", "town", "village"] | None = None
    region: Id | None = None
    names: Names | None = None
    also: tuple[Name, ...] = ()
    wrong: Annotated[tuple[Name, ...], Field(alias="not")] = ()
    lat: Latitude | None = None
    lon: Longitude | None = None
    approximate: bool = False
    population: Annotated[int, Field(ge=0)] | None = None


class PlacesFile(Frozen):
    """The regions of a country in the order they are offered, its districts and settlements."""

    country: Country
    regions: Annotated[tuple[RegionEntry, ...], Field(min_length=1)]
    districts: tuple[DistrictEntry, ...] = ()
    places: tuple[PlaceEntry, ...] = ()
