"""The rows of `places/geonames.tsv`: settlements that nobody has named by hand yet."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from bot.content.explain import short
from bot.content.notes import Notes
from bot.content.problem import Problem
from bot.content.text import Refused, read_text
from bot.content.tree import MAX_PROBLEMS, Spot, Tree

COLUMNS: Final = [
    "geonameid",
    "country",
    "region",
    "name",
    "lat",
    "lon",
    "population",
    "alternates",
]
"""What each line holds, divided by tabs; alternates are divided by `|`."""

_NO_LETTERS: Final = re.compile(r"[^a-z0-9]+")
_SIGNS: Final = re.compile(r"[ʻʼ‘’'`´ʹ′]")
_LONGEST: Final = 40


class Row(NamedTuple):
    """One settlement as GeoNames knows it; `name` is in Latin letters."""

    geonameid: int
    country: str
    region: str
    name: str
    lat: float
    lon: float
    population: int
    also: tuple[str, ...]
    line: int


def read_rows(path: Path, file: str, notes: Notes) -> tuple[Tree, list[Row]]:
    """Read all rows, noting every line that is none.

    The tree knows the place of each row, which is its line.
    """
    tree, rows = Tree(file), []
    try:
        lines = read_text(path, file).splitlines()
    except Refused as refused:
        notes.problems.append(refused.problem)
        notes.lost.add(("places", "geonames"))
        return tree, []
    seen: dict[int, int] = {}
    faults: list[Problem] = []
    for number, line in enumerate(lines, 1):
        fields = line.split("\t")
        if not line or line.startswith("#") or fields == COLUMNS:
            continue
        row = _row(fields, number)
        if isinstance(row, str):
            faults.append(Problem(file, number, 1, row, "build this file again, do not edit it"))
        elif row.geonameid in seen:
            what = f"{row.geonameid} is here for the second time"
            faults.append(Problem(file, number, 1, what, f"first in line {seen[row.geonameid]}"))
        else:
            seen[row.geonameid] = number
            tree.values[(number,)] = Spot(number, 1)
            rows.append(row)
    notes.problems.extend(faults[:MAX_PROBLEMS])
    return tree, rows


def named(
    rows: Iterable[Row], given: Mapping[int, str], taken: Collection[str]
) -> Iterator[tuple[str, Row]]:
    """Give each row its id: the one in `given`, or its country and name.

    Rows of one name are numbered from the larger to the smaller, those with an id of their own
    too: so naming one by hand leaves the ids of the others alone. What is in `taken` belongs to
    places written by hand.
    """
    used: set[str] = set()
    counts: Counter[str] = Counter()
    ordered = sorted(rows, key=lambda row: (-row.population, row.geonameid))
    for row, id_ in [(row, _free(row, counts, used)) for row in ordered]:
        if row.geonameid in given:
            yield given[row.geonameid], row
            continue
        mine = id_
        while mine in taken:
            mine = _free(row, counts, used)
        yield mine, row


def _free(row: Row, counts: Counter[str], used: set[str]) -> str:
    """Take the next id of this country and name that nothing else has."""
    base = f"{row.country}-{_slug(row.name) or row.geonameid}"[:_LONGEST].rstrip("-")
    while True:
        counts[base] += 1
        tail = f"-{counts[base]}" if counts[base] > 1 else ""
        id_ = base[: _LONGEST - len(tail)].rstrip("-") + tail
        if id_ not in used:
            used.add(id_)
            return id_


def _row(fields: list[str], line: int) -> Row | str:
    """Read one line, or say what is wrong with it."""
    if len(fields) != len(COLUMNS):
        return f"{len(fields)} columns stand here, and {len(COLUMNS)} are wanted"
    geonameid, country, region, name, lat, lon, population, alternates = fields
    try:
        place = float(lat), float(lon)
        row = Row(
            *(int(geonameid), country, region, name, *place, int(population)),
            also=tuple(filter(None, alternates.split("|"))),
            line=line,
        )
    except ValueError as error:
        return short(f"a number is wanted here: {error}")
    if not (-90 <= row.lat <= 90 and -180 <= row.lon <= 180):  # noqa: PLR2004 - of the globe
        return f"{lat} {lon} is no place on Earth"
    if not name or not region.startswith(f"{country}-"):
        return "the name, or the region of the country, is missing"
    return row


def _slug(name: str) -> str:
    """Spell a name in the letters of an id."""
    plain = unicodedata.normalize("NFKD", _SIGNS.sub("", name)).encode("ascii", "ignore").decode()
    return _NO_LETTERS.sub("-", plain.lower()).strip("-")
