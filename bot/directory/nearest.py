"""Which services lie nearest to a place, and which place lies nearest to a point."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import repeat
from math import asin, cos, dist, radians, sin
from typing import Final, Literal, NamedTuple, get_args

from bot.content.model import (
    Audience,
    Country,
    Directory,
    Gazetteer,
    Kind,
    Office,
    Place,
    Refuge,
    Sector,
    Services,
)
from bot.directory.standing import Policy, Standing, good_until, standing

Reach = Literal["town", "whole_region", "near", "region", "far", "country"]

EARTH_KM: Final = 6371.0088
"""The mean radius of the earth: (2a + b) / 3 of WGS 84."""

_REACHES: Final[tuple[Reach, ...]] = get_args(Reach)
_CLOSE: Final = frozenset(("town", "whole_region", "near"))
_CAUTIONS: Final = ("", "listed", "weak")
_NOT_FOR_MEN: Final = frozenset((Audience.WOMEN, Audience.MOTHERS, Audience.CHILDREN))
_BROAD: Final = frozenset(
    (Audience.ANYONE, Audience.WOMEN, Audience.MEN, Audience.FAMILIES, Audience.MOTHERS)
)
"""Whoever is not among these is a narrower group: children, students, homeless people …"""
_TELLING: Final = frozenset(("children", "step_free", "men"))
"""The flags that change what is listed."""
_DEFAULTS: Final = Policy()
_FARTHEST: Final = 3
"""How many times as far as "near" a place of another region may lie and still be worth naming."""

# Services are sorted by one number: kilometres, to which each step of what comes before them adds
# more than any way over the earth. A whole answer takes half the time it takes to sort tuples.
_STEP: Final = 100_000.0
_RANKS: Final = 3 * 2 * len(_CAUTIONS) * _STEP
"""All that is known beforehand: the kind, for whom, the caution."""
_BAND_KM: Final = 25
"""Kilometres within which what fits better comes before what is a little nearer."""
_UNKNOWN: Final = 1000 * _RANKS
"""One thing she asked for is not known; more than all bands there are on earth."""
_TIERS: Final = {"town": 0, "whole_region": 1, "near": 2, "region": 3, "far": 3, "country": 4}
_WEIGHTS: Final = {reach: _TIERS[reach] * 3 * _UNKNOWN for reach in _REACHES}
_REMEMBERED: Final = 128
"""Answers kept ready, at most about 2 MB: a page that is looked at again asks the same again."""

_Point = tuple[float, float, float]
"""A place on the sphere of radius 1 around the middle of the earth."""
_Spot = tuple[Place | None, _Point | None]
"""Where something is: a place and a point in it; a region without one; or the whole country."""
_Sight = tuple[Reach, float | None, float]
"""A spot as seen from a place: its reach, its kilometres, its weight in the order."""


class Nearby(NamedTuple):
    """A service as seen from a place.

    Attributes:
        service: the service itself.
        standing: how it stands today; it is shown.
        reach: in the same town, for her whole region, near, elsewhere in her region, farther
            away, or for the whole country.
        km: kilometres as the crow flies; None for what serves a region or the country.
    """

    service: Refuge | Office
    standing: Standing
    reach: Reach
    km: float | None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A service that is shown until a day.

    Attributes:
        service: the service.
        standing: how it stands until then.
        until: the last day.
        spot: where it is, as an index into the spots of its shelf.
        weight: what is known of its order beforehand.
    """

    service: Refuge | Office
    standing: Standing
    until: date
    spot: int
    weight: float


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The services of one sector of one country.

    Attributes:
        spots: each spot where something is, once.
        entries: the services by id: a stable sort keeps equals in this order.
    """

    spots: tuple[_Spot, ...]
    entries: tuple[_Entry, ...]

    def seen(self, town: Place, near_km: int) -> Iterator[_Sight | None]:
        """Look from `town` at each spot; None for what is too far or serves another region."""
        here, in_town = _point(town.lat, town.lon), town.kind != "region"
        for place, point in self.spots:
            if place is None:
                yield "country", None, _WEIGHTS["country"]
            elif point is None:
                hers = place.id == town.region
                yield ("whole_region", None, _WEIGHTS["whole_region"]) if hers else None
            else:
                km = _arc(dist(here, point))
                if in_town and place.centre == town.centre:
                    reach: Reach = "town"
                elif km <= near_km or (not in_town and place.region == town.region):
                    reach = "near"
                else:
                    reach = "region" if place.region == town.region else "far"
                within = reach != "far" or km <= _FARTHEST * near_km
                weight = _WEIGHTS[reach] + km // _BAND_KM * _RANKS + km
                yield (reach, km, weight) if within else None


_NOTHING: Final = _Shelf((), ())


class Atlas:
    """Every service of every country, prepared once for the question what is near."""

    def __init__(self, places: Gazetteer, directory: Directory, policy: Policy = _DEFAULTS) -> None:
        """Prepare everything that depends neither on the day nor on who asks.

        Raises:
            KeyError: if a service is at a place or cites a source that is not there; `check`
                refuses such content.
        """
        self.policy = policy
        self._directory = directory
        self._services = {
            service.id: (service, services.country)
            for services in directory.countries.values()
            for service in services.all
        }
        self._shelves: dict[tuple[str, Sector], _Shelf] = {
            (services.country, sector): self._shelf(services, sector, places)
            for services in directory.countries.values()
            for sector in Sector
        }
        self._remembered = lru_cache(_REMEMBERED)(self._find)
        self._settlements = {
            country: ([_point(one.lat, one.lon) for one in there], there)
            for country, there in places.settlements.items()
        }

    def nearest(
        self, sector: Sector, town: Place, today: date, said: Collection[str] = ()
    ) -> tuple[Nearby, ...]:
        """List every service of the town's country that may be shown, the best first.

        The order is: in her town, for her whole region, near, farther away, for the country; what
        is known to fit what she said; each 25 km nearer; kinds that come first in the psychosocial
        sector, then kinds that are there for the sector; those for anybody or for women before
        those for a narrower group; without caution, listed, weak; kilometres; id. What serves
        another region, or lies in one and is three times as far as near, is left out.

        Args:
            sector: what she needs.
            town: where she is; a district stands for its centre. For a region, all that is in it
                is near, and kilometres count from its centre.
            today: the day that decides about shelf lives.
            said: flags of hers. "children" and "step_free" leave out what is known not to fit,
                "men" what is for women and children only; other flags change nothing.
        """
        return self._remembered(sector, town, today, _TELLING.intersection(said))

    @staticmethod
    def lies_near(found: Iterable[Nearby]) -> bool:
        """Tell whether anything found is in her town, for her whole region or near."""
        return any(one.reach in _CLOSE for one in found)

    def service(self, id_: str) -> Refuge | Office | None:
        """Find a service by its id, whether or not it may be shown."""
        found = self._services.get(id_)
        return found[0] if found else None

    def country_of(self, service: Refuge | Office) -> Country:
        """Name the country whose file holds `service`.

        Raises:
            KeyError: if none does.
        """
        return self._services[service.id][1]

    def standing(self, service: Refuge | Office, today: date) -> Standing:
        """Decide a service of the directory by its file, the policy and the day.

        Raises:
            KeyError: if it is not in the directory.
        """
        services = self._directory.countries[self.country_of(service)]
        return standing(service, services, self._directory.kinds, self.policy, today)

    def place_at(self, lat: float, lon: float, country: str) -> tuple[Place, float] | None:
        """Find the settlement of `country` nearest to a point, and the kilometres to it.

        Args:
            lat: degrees north.
            lon: degrees east.
            country: its code; None comes back for one without settlements.
        """
        points, there = self._settlements.get(country, ([], ()))
        if not there:
            return None
        chords = [*map(dist, repeat(_point(lat, lon)), points)]
        nearest = min(chords)
        return there[chords.index(nearest)], _arc(nearest)

    def _find(
        self, sector: Sector, town: Place, today: date, asked: frozenset[str]
    ) -> tuple[Nearby, ...]:
        shelf = self._shelves.get((town.country, sector), _NOTHING)
        seen = [*shelf.seen(town, self.policy.near_km)]
        found, weights = [], []
        for entry in shelf.entries:
            unknown = _unknown(entry.service, asked) if asked else 0
            sight = seen[entry.spot]
            if sight is not None and unknown is not None and today <= entry.until:
                reach, km, weight = sight
                found.append(Nearby(entry.service, entry.standing, reach, km))
                weights.append(weight + unknown * _UNKNOWN + entry.weight)
        return tuple([found[at] for at in sorted(range(len(found)), key=weights.__getitem__)])

    def _shelf(self, services: Services, sector: Sector, places: Gazetteer) -> _Shelf:
        """Put those of a sector on a shelf that may be shown while they are fresh."""
        kinds, spots, entries = self._directory.kinds, dict[_Spot, int](), []
        for service in sorted(services.all, key=lambda one: one.id):
            if sector not in service.sectors or service.kind not in kinds.kinds:
                continue
            until = good_until(service, kinds)
            fresh = standing(service, services, kinds, self.policy, until)
            if fresh.shown:
                late = _lateness(kinds.kinds[service.kind], sector)
                limited = _BROAD.isdisjoint(service.serves)
                rank = (2 * late + limited) * len(_CAUTIONS) + _CAUTIONS.index(fresh.caution)
                at = spots.setdefault(_spot(service, services.country, places), len(spots))
                entries.append(_Entry(service, fresh, until, at, rank * _STEP))
        return _Shelf((*spots,), (*entries,))


def _lateness(kind: Kind, sector: Sector) -> int:
    """Put what comes first before what is there for the sector, and that before the rest."""
    if kind.first and sector is Sector.PSYCHOSOCIAL:
        return 0
    return 1 if sector in kind.mainly else 2


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Measure the great circle between two points in degrees, on a sphere of the mean radius.

    The earth is a little flat: the true way differs by less than 0.6 %.
    """
    return _arc(dist(_point(lat1, lon1), _point(lat2, lon2)))


def _point(lat: float, lon: float) -> _Point:
    north, east = radians(lat), radians(lon)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _arc(chord: float) -> float:
    """Turn a straight line through the unit sphere into kilometres over the ground."""
    return 2 * EARTH_KM * asin(min(chord / 2, 1.0))


def _spot(service: Refuge | Office, country: str, places: Gazetteer) -> _Spot:
    """Say where a service is: where it was measured, else in the middle of its place."""
    if service.at == country:
        return None, None
    place = places.places[service.at]
    if place.kind == "region":
        return place, None
    if isinstance(service, Office) and service.lat is not None and service.lon is not None:
        return place, _point(service.lat, service.lon)
    return place, _point(place.lat, place.lon)


def _unknown(service: Refuge | Office, asked: Collection[str]) -> int | None:
    """Count what is not known of what she asked for; None if it is known not to fit."""
    if "men" in asked and _NOT_FOR_MEN.issuperset(service.serves):
        return None
    unknown = 0
    if "children" in asked:
        if service.children is False:
            return None
        unknown += service.children is None
    if "step_free" in asked:
        if service.step_free is False:
            return None
        unknown += service.step_free is None
    return unknown
