"""From the rows of GeoNames and what people wrote over them to the places of the four countries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.content.geonames import Row, named
from bot.content.model import Gazetteer, PlaceKind
from bot.content.model import Place as There
from bot.content.notes import Notes
from bot.content.places_file import DistrictEntry, PlaceEntry, PlacesFile, RegionEntry
from bot.content.tree import Place, Tree

CITY: Final = 50_000
TOWN: Final = 10_000
"""People from which a settlement of GeoNames that nobody named by hand counts as one."""


@dataclass(slots=True)
class PlacesDraft:
    """What was read of `places/`, before it is put together."""

    files: dict[str, tuple[Tree, PlacesFile]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    table: Tree = field(default_factory=lambda: Tree("geonames.tsv"))

    def add(self, tree: Tree, file: PlacesFile, notes: Notes) -> None:
        """Take in the file of a country; ids that are there already are problems."""
        self.files[file.country] = (tree, file)
        for key, entries in _lists(file):
            for index, entry in enumerate(entries):
                notes.first("place", entry.id, tree, (key, index))

    def gazetteer(self, notes: Notes) -> Gazetteer:
        """Put the places together: regions, districts, then settlements by their size.

        A country whose file is not there has no regions and so no places.
        """
        towns = {town.id: town for town in self._towns(notes)}
        regions = [*self._areas(towns, "region", notes)]
        districts = [*self._areas(towns, "district", notes)]
        regions_of = {
            country: [region.id for region in file.regions]
            for country, (_, file) in self.files.items()
        }
        for place in (*towns.values(), *districts):
            if place.region not in regions_of[place.country]:
                tree, way = notes.origin.things["place", place.id]
                what = f"'{place.region}' is no region of '{place.country}'"
                hint = notes.near(place.region, regions_of[place.country])
                notes.note(tree, (*way, "region"), what, hint)
        settlements = sorted(towns.values(), key=lambda town: -town.population)
        return Gazetteer((*regions, *districts, *settlements))

    def _towns(self, notes: Notes) -> Iterator[There]:
        """Make every settlement, in the order of the files and then of the size of the rows."""
        ids = [
            entry.id
            for _, file in self.files.values()
            for _, all_ in _lists(file)
            for entry in all_
        ]
        corrections = self._corrections(notes)
        given = {number: entry.id for number, (_, entry) in corrections.items()}
        for tree, file in self.files.values():
            for index, entry in enumerate(file.places):
                if entry.geonames is None:
                    yield from _added(entry, file.country, tree, ("places", index), notes)
        for id_, row in named(self.rows, given, frozenset(ids)):
            country, correction = corrections.pop(row.geonameid, (row.country, None))
            if country != row.country:
                tree, place = notes.origin.things["place", id_]
                what = f"geonames {row.geonameid} is {row.name} in '{row.country}'"
                notes.note(tree, (*place, "geonames"), what)
            elif correction is not None:
                yield _corrected(correction, row, notes)
            elif country in self.files:
                notes.origin.things["place", id_] = (self.table, (row.line,))
                yield _plain(id_, row)
        if ("places", "geonames") not in notes.lost:
            for _, entry in corrections.values():
                tree, place = notes.origin.things["place", entry.id]
                what = f"geonames.tsv has no row {entry.geonames}"
                hint = "leave geonames out, and write region, kind, lat and lon"
                notes.note(tree, (*place, "geonames"), what, hint)

    def _corrections(self, notes: Notes) -> dict[int, tuple[str, PlaceEntry]]:
        """Find the entries that name a row; a second one of the same row is a problem."""
        found: dict[int, tuple[str, PlaceEntry]] = {}
        for tree, file in self.files.values():
            for index, entry in enumerate(file.places):
                if entry.geonames in found:
                    what = f"'{found[entry.geonames][1].id}' is geonames {entry.geonames} already"
                    notes.note(tree, ("places", index, "geonames"), what)
                elif entry.geonames is not None:
                    found[entry.geonames] = (file.country, entry)
        return found

    def _areas(self, towns: Mapping[str, There], kind: PlaceKind, notes: Notes) -> Iterator[There]:
        for tree, file in self.files.values():
            key = "regions" if kind == "region" else "districts"
            entries: Iterable[RegionEntry] = getattr(file, key)
            for index, entry in enumerate(entries):
                centre = towns.get(entry.centre)
                if centre is None or centre.country != file.country:
                    broken = any(entry.centre == each.id for each in file.places)
                    if broken or ("places", "geonames") in notes.lost:
                        continue  # it is told already, or may be a row that could not be read
                    own = [id_ for id_, town in towns.items() if town.country == file.country]
                    what = f"the centre '{entry.centre}' is no settlement of '{file.country}'"
                    notes.note(tree, (key, index, "centre"), what, notes.near(entry.centre, own))
                    continue
                yield There(
                    id=entry.id,
                    country=file.country,
                    kind=kind,
                    region=entry.region if isinstance(entry, DistrictEntry) else entry.id,
                    centre=centre.id,
                    names=dict[str, str](entry.names.items()),
                    lat=centre.lat,
                    lon=centre.lon,
                    also=entry.also,
                    approximate=centre.approximate,
                )


def _lists(file: PlacesFile) -> tuple[tuple[str, tuple[RegionEntry | PlaceEntry, ...]], ...]:
    return ("regions", file.regions), ("districts", file.districts), ("places", file.places)


def _plain(id_: str, row: Row) -> There:
    """Make a place of a row that nobody has named by hand."""
    kind: PlaceKind = (
        "city" if row.population >= CITY else "town" if row.population >= TOWN else "village"
    )
    return There(
        id=id_,
        country=row.country,
        kind=kind,
        region=row.region,
        centre=id_,
        names={"en": row.name},
        lat=row.lat,
        lon=row.lon,
        also=row.also,
        population=row.population,
    )


def _corrected(entry: PlaceEntry, row: Row, notes: Notes) -> There:
    """Put what was written by hand over a row."""
    tree, place = notes.origin.things["place", entry.id]
    spelt = dict.fromkeys((row.name, *row.also))
    for index, name in enumerate(entry.wrong):
        if name not in spelt:
            what = f"geonames.tsv does not call it '{name}'"
            notes.note(tree, (*place, "not", index), what, notes.near(name, spelt, "leave it out"))
    plain = _plain(entry.id, row)
    names = dict[str, str]((entry.names or plain.names).items())
    also = dict.fromkeys((*entry.also, *(name for name in spelt if name not in entry.wrong)))
    return There(
        id=entry.id,
        country=row.country,
        kind=entry.kind or plain.kind,
        region=entry.region or row.region,
        centre=entry.id,
        names=names,
        lat=row.lat if entry.lat is None else entry.lat,
        lon=row.lon if entry.lon is None else entry.lon,
        also=tuple(name for name in also if name not in names.values()),
        population=row.population if entry.population is None else entry.population,
        approximate=entry.approximate,
    )


def _added(
    entry: PlaceEntry, country: str, tree: Tree, place: Place, notes: Notes
) -> Iterator[There]:
    """Make a place that GeoNames does not have."""
    missing = [key for key in ("kind", "region", "names", "lat", "lon") if not _has(entry, key)]
    for key in missing:
        hint = "or name the row of geonames.tsv with 'geonames:'"
        notes.note(tree, place, f"'{key}' is missing", hint, key=True)
    if entry.wrong:
        notes.note(tree, (*place, "not"), "'not' without 'geonames'", "leave it out", key=True)
    if entry.kind and entry.region and entry.names and None not in (entry.lat, entry.lon):
        yield There(
            id=entry.id,
            country=country,
            kind=entry.kind,
            region=entry.region,
            centre=entry.id,
            names=dict[str, str](entry.names.items()),
            lat=entry.lat or 0.0,
            lon=entry.lon or 0.0,
            also=entry.also,
            population=entry.population or 0,
            approximate=entry.approximate,
        )


def _has(entry: PlaceEntry, key: str) -> bool:
    return getattr(entry, key) is not None
