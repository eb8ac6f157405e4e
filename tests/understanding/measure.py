"""How well a finder of places understands what people type, in a few figures."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any, Final, Literal, Protocol, Self

import yaml

from bot.content.model import Place

QUERIES: Final = Path(__file__).with_name("places.yaml")
"""The development set; its first lines say what the fields mean."""

NEAR_KM: Final = 25.0
"""Within this distance of the right point a place is the right one, unless the row says `km`."""

AREA_KM: Final = 60.0
"""As `NEAR_KM`, for a region: help in the next town of it is still help."""

OFFERED: Final = 3
"""How many places a person is shown to choose from."""

_EARTH_KM: Final = 6371.0


class Answer(Protocol):
    """What a finder found, best first."""

    @property
    def status(self) -> Literal["found", "choose", "none"]: ...

    @property
    def places(self) -> Sequence[Place]: ...


Find = Callable[[str, str | None], Answer]
"""Asks a finder: what was typed, and the code of the country if it is known."""


@dataclass(frozen=True, slots=True)
class Query:
    """One thing that somebody types, and what a native reader takes it for.

    Attributes:
        text: what is typed.
        asked: the country it is asked in; None if no country is known.
        country: where the right place lies; None if there is no right place.
        kind: what makes it hard.
        points: the right points, degrees north and east; none of them for what is not a place.
        reach: how many kilometres from a point is still right.
        area: the English name of the region that is meant, or "".
    """

    text: str
    asked: str | None
    country: str | None
    kind: str
    points: tuple[tuple[float, float], ...] = ()
    reach: float = NEAR_KM
    area: str = ""

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Read one row of the set.

        Raises:
            ValueError: if it is neither answerable nor marked as not being a place.
        """
        anywhere, none = row.get("anywhere", False), row.get("none", False)
        points = row.get("any") or ([(row["lat"], row["lon"])] if "lat" in row else [])
        if bool(points) is none:
            raise ValueError(f"{row['q']!r} must have either a right point or `none: true`")
        return cls(
            text=row["q"],
            asked=None if anywhere else row["country"],
            country=None if none else row["country"],
            kind=row["kind"],
            points=tuple((float(lat), float(lon)) for lat, lon in points),
            reach=row.get("km", AREA_KM if "area" in row else NEAR_KM),
            area=row.get("area", ""),
        )

    def is_met_by(self, place: Place) -> bool:
        """Tell whether `place` is what was meant."""
        if place.country != self.country:
            return False
        if self.area and place.names.get("en") == self.area:
            return True
        return any(_km(point, (place.lat, place.lon)) <= self.reach for point in self.points)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finder made of one query."""

    query: Query
    status: str
    places: tuple[Place, ...]

    @property
    def rank(self) -> int | None:
        """Where the right place stands, 1 for the first; None if it is not offered at all."""
        if self.status == "none":
            return None
        hits = (n for n, place in enumerate(self.places, 1) if self.query.is_met_by(place))
        return next(hits, None)

    @property
    def strays(self) -> bool:
        """Tell whether the first place lies outside the country that was asked or meant."""
        wanted = self.query.asked or self.query.country
        return bool(wanted and self.places and self.places[0].country != wanted)

    def __str__(self) -> str:
        got = ", ".join(place.id for place in self.places[:OFFERED])
        return f"{self.query.kind} {self.query.asked}: {self.query.text!r} {self.status} [{got}]"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some outcomes; a rate is 1.0 where there is nothing to count."""

    outcomes: tuple[Outcome, ...]

    @property
    def answerable(self) -> tuple[Outcome, ...]:
        """The outcomes of queries that have a right answer."""
        return tuple(one for one in self.outcomes if one.query.points)

    @property
    def nonsense(self) -> tuple[Outcome, ...]:
        """The outcomes of queries that name no place there."""
        return tuple(one for one in self.outcomes if not one.query.points)

    def missed(self, within: int) -> tuple[Outcome, ...]:
        """The answerable ones whose right place is not among the first `within`."""
        return tuple(one for one in self.answerable if one.rank is None or one.rank > within)

    @property
    def astray(self) -> tuple[Outcome, ...]:
        """Those whose first place lies in another country."""
        return tuple(one for one in self.outcomes if one.strays)

    @property
    def taken(self) -> tuple[Outcome, ...]:
        """The nonsense that was taken for one certain place."""
        return tuple(one for one in self.nonsense if one.status == "found")

    @property
    def falsely_sure(self) -> tuple[Outcome, ...]:
        """The answerable ones where a wrong place was given as sure."""
        return tuple(one for one in self.missed(within=1) if one.status == "found")

    @property
    def top1(self) -> float:
        """Which part of the answerable has the right place first."""
        return _rest(self.missed(within=1), self.answerable)

    @property
    def top3(self) -> float:
        """Which part of the answerable has the right place among those offered."""
        return _rest(self.missed(within=OFFERED), self.answerable)

    @property
    def quiet(self) -> float:
        """Which part of the nonsense was not taken for a place."""
        return _rest(self.taken, self.nonsense)

    def by(self, label: Callable[[Query], str]) -> dict[str, "Figures"]:
        """Split the figures, for example `by(lambda query: query.kind)`."""
        split: dict[str, list[Outcome]] = defaultdict(list)
        for one in self.outcomes:
            split[label(one.query)].append(one)
        return {name: Figures(tuple(ones)) for name, ones in sorted(split.items())}

    def __str__(self) -> str:
        return (
            f"{len(self.answerable)} queries: top-1 {self.top1:.1%}, top-3 {self.top3:.1%}, "
            f"wrong but sure {len(self.falsely_sure)}, wrong country {len(self.astray)}; "
            f"{len(self.nonsense)} of nonsense: quiet {self.quiet:.1%}"
        )


def read_queries(path: Path = QUERIES) -> tuple[Query, ...]:
    """Read the set; a row that cannot be counted is a `ValueError` or a `KeyError`."""
    return tuple(map(Query.of, yaml.safe_load(path.read_text("utf-8"))))


def measure(find: Find, queries: Iterable[Query]) -> Figures:
    """Ask `find` every query."""
    outcomes = []
    for query in queries:
        answer = find(query.text, query.asked)
        outcomes.append(Outcome(query, answer.status, tuple(answer.places)))
    return Figures(tuple(outcomes))


def _rest(missed: Sequence[Outcome], of: Sequence[Outcome]) -> float:
    return 1 - len(missed) / len(of) if of else 1.0


def _km(here: tuple[float, float], there: tuple[float, float]) -> float:
    north, south = radians(here[0]), radians(there[0])
    half_up, half_across = (north - south) / 2, radians(here[1] - there[1]) / 2
    bow = sin(half_up) ** 2 + cos(north) * cos(south) * sin(half_across) ** 2
    return 2 * _EARTH_KM * asin(sqrt(bow))
