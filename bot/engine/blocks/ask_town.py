"""`ask_town`: she names the place she is in, or picks a region; nothing is inferred."""

from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.content.model import Place
from bot.directory.nearest import kilometres
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.countries import NAMES as COUNTRIES
from bot.engine.blocks.lines import in_danger
from bot.engine.screen import Option, in_rows
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Names, Say

_A_ROW = 2
_FAR_KM, _BORDER_KM = 60, 10
"""Kilometres from a shared point to the nearest place of her country that still mean "there", and
how much nearer a place of another country may be: towns meet at a border."""

OTHER = "other"
FAR, TAKEN = "far_from_country", "town_taken"
"""Leads: the point she shared lies outside her country; this is the place that was understood."""


class AskTown(PlainBlock):
    """Take a place by name, by a point on the map, or from the list of regions; then go on."""

    spec: ClassVar[BlockSpec] = BlockSpec("ask_town", NoOptions, goto="required", asks="town")
    words: ClassVar[tuple[str, ...]] = (OTHER,)
    puzzled: ClassVar[str] = "unknown_town"

    def view(self, look: Look) -> Part:
        """Offer the places she may have meant, or else the regions of her country.

        The numbers for danger stand there too: whoever needs them must not answer a question first.
        """
        return Part(((in_danger(look),),), _rows(look))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Take the place and go on."""
        if option == OTHER:
            return Outcome(replace(look.session, place=look.node.id, item=""))
        place = look.world.content.places.get(option)
        if place is None or place.country != look.session.country:
            return None
        return _there(look, place)

    def hear(self, look: Look, text: str) -> Outcome | None:
        """Take typed words for a place: one is taken, several become a choice."""
        found = look.world.places.find(text, look.session.country)
        if found.status == "found":
            return _there(look, found.places[0])
        if found.status == "choose":
            named = AND.join(place.id for place in found.places)
            return Outcome(replace(look.session, place=look.node.id, item=named))
        return None

    def locate(self, look: Look, lat: float, lon: float) -> Outcome:
        """Take a point on the map for the nearest place of her country; the point is let go."""
        atlas, country = look.world.atlas, look.session.country
        found = atlas.place_at(lat, lon, country)
        others = (atlas.place_at(lat, lon, one) for one in COUNTRIES if one != country)
        nearest = min((other[1] for other in others if other), default=_FAR_KM)
        if found is None or found[1] > min(_FAR_KM, nearest + _BORDER_KM):
            return Outcome(replace(look.session, place=look.node.id, item=""), lead=FAR)
        return _there(look, found[0])


def _there(look: Look, place: Place) -> Outcome:
    """Go on from the place; where no list with its name in the title follows, say it."""
    onward = look.session.after or look.onward
    there = replace(look.session, town=place.id, place=onward, item="", after="")
    return Outcome(there, lead="" if look.session.after else TAKEN)


def _rows(look: Look) -> tuple[tuple[Option, ...], ...]:
    candidates = _candidates(look)
    if candidates:
        other = Option(OTHER, Say("Another place"))
        return (*((_option(look, one, candidates),) for one in candidates), (other,))
    options = [Option(one.id, Say("{name}", {"name": Names(one.names)})) for one in _regions(look)]
    return in_rows(options, _A_ROW)


def _regions(look: Look) -> tuple[Place, ...]:
    return look.world.content.places.regions.get(look.session.country, ())


def _candidates(look: Look) -> tuple[Place, ...]:
    places = look.world.content.places
    found = (places.get(id_) for id_ in look.session.item.split(AND))
    return tuple(one for one in found if one and one.country == look.session.country)


def _option(look: Look, place: Place, candidates: tuple[Place, ...]) -> Option:
    """Label a place with what it lies in, so that nobody takes it for another of its name."""
    around = _around(look, place, candidates)
    name = Names(place.names)
    if around is None:
        return Option(place.id, Say("{name}", {"name": name}))
    return Option(place.id, Say("{name}, {region}", {"name": name, "region": Names(around.names)}))


def _around(look: Look, place: Place, candidates: tuple[Place, ...]) -> Place | None:
    """Find its region; where another of its name lies in that region too, the nearest district."""
    if place.kind == "region":
        return None
    places = look.world.content.places
    beside = [one for one in candidates if one is not place and one.region == place.region]
    if all({*one.names.values()}.isdisjoint(place.names.values()) for one in beside):
        return places.get(place.region)
    districts = (
        one
        for one in places.places.values()
        if one.kind == "district" and one.region == place.region
    )
    return min(
        districts,
        key=lambda one: kilometres(one.lat, one.lon, place.lat, place.lon),
        default=places.get(place.region),
    )
