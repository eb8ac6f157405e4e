"""`python -m tests.bench.places`: how long it takes to find a place and what is near it.

Measured with the real content, and with ten times as many places and services: copies under
names whose letters are shifted, a little farther to the north and east.
"""

import gc
import os
import random
import string
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from statistics import median, quantiles
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from bot.content.load import load
from bot.content.model import SHOWN_SECTORS, Content, Directory, Gazetteer, Place, Sector, Services
from bot.directory.nearest import Atlas
from bot.engine.blocks import SPECS
from bot.understanding.places import PlaceBook
from tests.bench.measure import Figures
from tests.bench.programs import ROOT
from tests.understanding.measure import read_queries

TIMES: Final = 10
"""How many times as much the second measurement has."""

_TODAY: Final = date(2026, 11, 23)
_LOADS: Final = 5
_QUESTIONS: Final = 2000
"""Questions asked at most of each part: enough for a 99th percentile, drawn alike each time."""

_ALPHABETS: Final = (string.ascii_lowercase, "абвгдежзийклмнопрстуфхцчшщъыьэюя")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: a gazetteer and a directory."""

    name: str
    places: Gazetteer
    directory: Directory

    def figures(self) -> Figures:
        """Measure making the indexes, and asking them; milliseconds."""
        atlas, book = Atlas(self.places, self.directory), PlaceBook(self.places)
        book.prepare()
        towns = [town for there in self.places.settlements.values() for town in there]
        here = _some(towns)
        nearest = _some(product(SHOWN_SECTORS, towns))
        queries = [(query.text, query.asked) for query in read_queries()]
        # As the bot does once its content is read: what stays is not looked through again.
        gc.collect()
        gc.freeze()
        return {
            "settlements": len(towns),
            "services": sum(len(each.all) for each in self.directory.countries.values()),
            "book_ms": _median(lambda: PlaceBook(self.places).prepare()),
            "atlas_ms": _median(lambda: Atlas(self.places, self.directory)),
            **_spread("find", lambda one: book.find(*one), queries),
            # Each question is asked once, so none of the answers is remembered.
            **_spread("nearest", lambda one: _nearest(atlas, *one), nearest),
            **_spread("at", lambda one: atlas.place_at(one.lat, one.lon, one.country), here),
        }


def enlarge(content: Content) -> Subject:
    """Make the same country much fuller: `TIMES` as many places and services."""
    copies = range(1, TIMES)
    places = content.places.places.values()
    more = [
        _moved(place, turn, content.places)
        for turn in copies
        for place in places
        if place.kind != "region"
    ]
    countries = {
        code: services.model_copy(update=_copied(services, copies, content.places))
        for code, services in content.directory.countries.items()
    }
    directory = content.directory.model_copy(update={"countries": countries})
    return Subject(f"{TIMES} times as much", Gazetteer((*places, *more)), directory)


def figures(content: Content) -> dict[str, Figures]:
    """Measure the real content and the enlarged one."""
    real = Subject("the content", content.places, content.directory)
    return {subject.name: subject.figures() for subject in (real, enlarge(content))}


def show(console: Console, found: Mapping[str, Figures]) -> None:
    """Print the figures side by side."""
    table = Table(title="Places and what is near them", title_justify="left")
    for head in ("", *found):
        table.add_column(head, justify="right" if head else "left")
    first = next(iter(found.values()))
    for figure in first:
        form = "{:,.0f}" if figure in ("settlements", "services") else "{:,.3f}"
        table.add_row(figure, *(form.format(each[figure]) for each in found.values()))
    console.print(table)


def _nearest(atlas: Atlas, sector: Sector, town: Place) -> None:
    atlas.nearest(sector, town, _TODAY)


def _moved(place: Place, turn: int, places: Gazetteer) -> Place:
    """Copy a place under another name, 40 km farther north and east for each turn."""
    centre = places.places[place.centre]
    return replace(
        place,
        id=_again(place.id, turn),
        centre=_again(centre.id, turn) if centre.kind != "region" else centre.id,
        names={language: _shifted(name, turn) for language, name in place.names.items()},
        also=tuple(_shifted(name, turn) for name in place.also),
        lat=place.lat + 0.36 * turn,
        lon=place.lon + 0.5 * turn,
    )


def _copied(services: Services, copies: Iterable[int], places: Gazetteer) -> dict[str, Any]:
    def copied(turn: int, service: Any) -> Any:
        at = places.get(service.at)
        changed: dict[str, Any] = {"id": _again(service.id, turn)}
        if at is not None and at.kind != "region":
            changed["at"] = _again(at.id, turn)
        return service.model_copy(update=changed)

    return {
        name: (*there, *(copied(turn, one) for turn in copies for one in there))
        for name, there in (("protected", services.protected), ("services", services.services))
    }


def _again(id_: str, turn: int) -> str:
    return f"{id_}-again{turn}"


def _shifted(name: str, turn: int) -> str:
    """Shift the letters of a name, so that it is as long and as ordinary, but another."""
    shifted = {
        ord(form(letter)): form(letters[(at + turn) % len(letters)])
        for letters in _ALPHABETS
        for at, letter in enumerate(letters)
        for form in (str.lower, str.upper)
    }
    return name.translate(shifted)


def _some(questions: Iterable[Any]) -> list[Any]:
    every = list(questions)
    return random.Random(0).sample(every, min(_QUESTIONS, len(every)))


def _median(make: Callable[[], object]) -> float:
    took = []
    for _ in range(_LOADS):
        began = time.perf_counter()
        make()
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


def _spread(name: str, ask: Callable[[Any], object], questions: Iterable[Any]) -> Figures:
    """Ask every question once; give the 50th and the 99th percentile in milliseconds."""
    took = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        took.append((time.perf_counter() - began) * 1000)
    cuts = quantiles(took, n=100, method="inclusive")
    return {f"{name}.p50": cuts[49], f"{name}.p99": cuts[98]}


def main() -> None:
    """Measure and print; it never fails for slowness."""
    console = Console(highlight=False)
    content = load(ROOT / "content", SPECS)
    loading = _median(lambda: load(ROOT / "content", SPECS))
    console.print(f"All of the content is read and proved in {loading:.0f} ms.")
    console.print("Milliseconds: making the index, finding a place by its name, what is nearest")
    console.print("to a town in a sector, and the settlement at a point.")
    show(console, figures(content))


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
