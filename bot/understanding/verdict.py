"""From the places a name may mean to one place, a question, or nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final, Literal, NamedTuple

from bot.content.model import Place, PlaceKind
from bot.directory.nearest import kilometres
from bot.understanding.names import Match
from bot.understanding.units import Unit

_ONE_SPOT_KM: Final = 25.0
"""Places of one name and country that are no farther apart count as one."""
_NAMESAKE_KM: Final = 120.0
"""A town and the area called after it, though its seat is elsewhere: Tashkent, Almaty."""
_DISTRICT_KM: Final = 80.0
"""How far from its centre a district may reach."""
_OFFERED: Final = 5
_RANKS: Final[Mapping[PlaceKind, int]] = {
    "city": 0, "town": 0, "region": 1, "village": 2, "district": 3,
}  # fmt: skip
"""What is meant first where no kind is said: where most people are."""
_LARGER: Final = 10
_TINY: Final = 3_000
"""People of a place that a namesake at least ten times larger hides."""
_MUCH_LARGER: Final = 100
_TOWN: Final = 20_000
"""People of a place that hides a namesake of which nobody knows how many live there."""
_SURE_LETTERS: Final = 6
"""Letters of the name of a town that is surely meant though one of them is wrong; for a village,
another that is not known here may be meant as well."""


class Hit(NamedTuple):
    """Some words that name a place.

    Attributes:
        matches: the places they may mean.
        unit: which kind of place they say it is.
        start: the first of them.
        end: the word behind the last of them.
        letters: how many letters they have.
    """

    matches: list[Match]
    unit: Unit | None
    start: int
    end: int
    letters: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a text names.

    Attributes:
        status: "found" with the one place that is meant; "choose" with places to ask about;
            "none" without any.
        places: at most five, the likeliest first.
    """

    status: Literal["found", "choose", "none"]
    places: tuple[Place, ...] = ()


NOTHING: Final = Found("none")


_FITTING: Final[Mapping[Unit, Sequence[Callable[[Match], bool]]]] = {
    "region": (
        lambda one: one.unit == "region",
        lambda one: one.place.kind == "region",
    ),
    "district": (
        lambda one: one.unit == "district",
        lambda one: not one.place.is_area,
    ),
    "town": (
        lambda one: one.place.kind in ("city", "town"),
        lambda one: not one.place.is_area,
        lambda one: one.unit == "town",
    ),
    "village": (
        lambda one: one.place.kind in ("village", "town"),
        lambda one: not one.place.is_area,
    ),
}
"""What each word for a kind of place means, the likeliest first."""


def decide(hit: Hit) -> Found:
    """Tell whether one place is clearly meant by some words."""
    spots = _spots(_unhidden(_of_kind(hit.matches, hit.unit)))
    if not spots:
        return NOTHING
    slips = max(one.slips for one in hit.matches)
    is_likely = hit.letters >= _SURE_LETTERS and spots[0].kind != "village"
    sure = not slips or (slips == 1 and is_likely)
    if sure and (len(spots) == 1 or (not slips and _towers(spots))):
        return Found("found", (spots[0],))
    return Found("choose", tuple(spots[:_OFFERED]))


def ask(*found: Found) -> Found:
    """Make a question of what was found, the likeliest first."""
    places = dict.fromkeys(chain.from_iterable(one.places for one in found))
    return Found("choose", tuple(places)[:_OFFERED])


def settle(hits: Sequence[Hit]) -> Found:
    """Tell which place is meant where several names were said: one may lie in another."""
    if len(hits) == 1:
        return decide(hits[0])
    narrowed = [
        decide(hit._replace(matches=inside))
        for hit in hits
        if (inside := inside_others(hit, [other for other in hits if other is not hit]))
    ]
    if narrowed:
        return min(narrowed, key=lambda found: (found.places[0].is_area, found.status != "found"))
    each = (decide(hit).places for hit in hits)
    places = list(dict.fromkeys(filter(None, chain.from_iterable(zip_longest(*each)))))
    status: Literal["found", "choose", "none"] = "choose" if places[1:] else "found"
    return Found(status, tuple(places[:_OFFERED])) if places else NOTHING


def inside_others(hit: Hit, others: Iterable[Hit]) -> list[Match]:
    """Keep the places that lie in an area that was named as well."""
    areas = [one.place for other in others for one in _of_kind(other.matches, other.unit)]
    kept = _of_kind(hit.matches, hit.unit)
    return [one for one in kept if any(_lies_in(one.place, area) for area in areas)]


def _lies_in(place: Place, area: Place) -> bool:
    if place.id == area.id or place.kind == "region" or not area.is_area:
        return False
    if area.kind == "region":
        return area.id == place.region or area.centre == place.id
    return (
        place.kind != "city" and area.region == place.region and _apart(place, area) <= _DISTRICT_KM
    )


def _of_kind(matches: Sequence[Match], unit: Unit | None) -> list[Match]:
    """Keep what is of the kind that was said; without any such, what else has the name."""
    for fits in _FITTING[unit] if unit else ():
        if kept := [one for one in matches if fits(one)]:
            return kept
    return list(matches)


def _unhidden(matches: Sequence[Match]) -> list[Match]:
    towns = [one for one in matches if not one.place.is_area]
    return [one for one in matches if not any(_hides(town.place, one.place) for town in towns)]


def _hides(town: Place, area: Place) -> bool:
    """Tell whether an area is called after a town, which is then meant."""
    if not area.is_area or area.country != town.country:
        return False
    return area.centre == town.id or _apart(town, area) <= _NAMESAKE_KM


def _spots(matches: Iterable[Match]) -> list[Place]:
    """Order the places, the likeliest first, and leave out those beside one that stays."""
    spots: list[Place] = []
    for one in sorted(matches, key=_order):
        if not any(_is_one_spot(one.place, other) for other in spots):
            spots.append(one.place)
    return spots


def _is_one_spot(one: Place, other: Place) -> bool:
    """Tell whether help for one is help for the other: Kara-Suu lies in two countries."""
    return one.country == other.country and _apart(one, other) <= _ONE_SPOT_KM


def _order(one: Match) -> tuple[int, int, bool, int, int, str]:
    rank = _RANKS[one.place.kind]
    return one.slips, one.tier, not one.own, rank, -one.place.population, one.place.id


def _towers(spots: Sequence[Place]) -> bool:
    """Tell whether the first is so much larger that hardly anybody means another."""
    first, second = spots[0], max(spots[1:], key=lambda place: place.population)
    if any(place.is_area for place in spots):
        return False
    if not second.population:
        return first.population >= _TOWN
    larger = first.population / second.population
    return larger >= _MUCH_LARGER or (larger >= _LARGER and second.population <= _TINY)


def _apart(one: Place, other: Place) -> float:
    return kilometres(one.lat, one.lon, other.lat, other.lon)
