"""What lies near a place somebody names: the answers of `tirek near`, for operators.

Nothing that is asked is stored or logged.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any, Final, TextIO

from bot.content.model import SHOWN_SECTORS, Gazetteer, Place, Sector
from bot.directory.nearest import Atlas, Nearby
from bot.understanding.places import Found, PlaceBook

_MOST: Final = 10
"""Services of one answer."""
_BROKEN: Final = "\ufffd"
"""What stands for bytes that are not UTF-8."""
_WIDE: Final = {"whole_region": "serves the whole region", "country": "serves the whole country"}
_CAUTIONS: Final = {"weak": "weak sources", "listed": "only on an unsigned list"}


@dataclass(frozen=True, slots=True)
class Near:
    """Everything an answer is made of.

    Attributes:
        places: all places.
        book: finds places by what is typed.
        atlas: finds services by place.
        today: the day that decides what may be shown.
        country: the country asked about; None for all of them.
        need: the sector asked about; None for all that are shown.
        language: the language of names where they have one in it; else they are English.
    """

    places: Gazetteer
    book: PlaceBook
    atlas: Atlas
    today: date
    country: str | None = None
    need: Sector | None = None
    language: str = "en"

    def answer(self, query: str) -> dict[str, Any]:
        """Answer one query: its status, its places and the services nearest to the one found.

        `places` are the likeliest first; `services` are ids, the nearest first, at most ten,
        and none unless one place was found.
        """
        found = self._find(query)
        return {
            "query": query,
            "status": found.status,
            "places": [
                {
                    "name": self._name(one.names),
                    "country": one.country,
                    "lat": one.lat,
                    "lon": one.lon,
                }
                for one in found.places
            ],
            "services": [one.service.id for one in self._nearest(found)],
        }

    def told(self, query: str) -> str:
        """Tell a person the same in plain lines."""
        found = self._find(query)
        if found.status == "none":
            return "No place of that name is known."
        if found.status == "choose":
            return "\n".join(("Several places may be meant:", *map(self._place, found.places)))
        services = [*map(self._service, self._nearest(found))]
        return "\n".join((self._place(found.places[0]), *(services or ["  no service is known"])))

    def _find(self, query: str) -> Found:
        return Found("none") if _BROKEN in query else self.book.find(query, self.country)

    def _nearest(self, found: Found) -> list[Nearby]:
        if found.status != "found":
            return []
        sectors = SHOWN_SECTORS if self.need is None else (self.need,)
        near = {
            one.service.id: one
            for sector in sectors
            for one in self.atlas.nearest(sector, found.places[0], self.today)
        }
        return sorted(near.values(), key=self._distance)[:_MOST]

    def _distance(self, one: Nearby) -> tuple[int, float, str]:
        """Order by kilometres; what serves the whole region comes after what is near."""
        if one.km is None:
            return (3 if one.reach == "country" else 1, inf, one.service.id)
        return (0 if one.km <= self.atlas.policy.near_km else 2, one.km, one.service.id)

    def _place(self, place: Place) -> str:
        region = self.places.get(place.region)
        parts = [self._name(one.names) for one in (place, region) if one]
        return ", ".join((*dict.fromkeys(parts), place.country.upper()))

    def _service(self, one: Nearby) -> str:
        service = one.service
        number = service.phones[0].number if service.phones else "no number"
        where = _WIDE.get(one.reach, "") if one.km is None else f"{one.km:.0f} km"
        caution = _CAUTIONS.get(one.standing.caution, "")
        return "  " + ", ".join(filter(None, (self._name(service.names), number, where, caution)))

    def _name(self, names: Mapping[Any, str]) -> str:
        known = (names.get(one) for one in (self.language, "en", "ru"))
        return next(filter(None, known), next(iter(names.values())))


def stream(near: Near, lines: Iterable[bytes], out: TextIO) -> None:
    """Answer each line with one line of JSON, written out at once.

    Bytes that are not UTF-8 are replaced, and their line names no place.
    """
    for query in _queries(lines):
        out.write(json.dumps(near.answer(query), ensure_ascii=False) + "\n")
        out.flush()


def _queries(lines: Iterable[bytes]) -> Iterator[str]:
    return (line.decode("utf-8", errors="replace").rstrip("\r\n") for line in lines)
