"""Truths about reading places and services, and about what authors are told of bad ones."""

import pytest

from bot.content.load import read
from bot.content.model import Place
from tests.content.directory_kit import PLACES, ROWS, SERVICES, told, whole
from tests.content.kit import BLOCKS, write


def test_a_directory_loads(tmp_path):
    """Every list, in its order, and with its place in the file."""
    content = whole(tmp_path)
    services = content.directory.countries["kz"]
    assert [each.id for each in services.all] == ["kz-semey-refuge", "kz-semey-legal", "kz-online"]
    assert content.directory.kinds.kinds["crisis_centre"].name == "Crisis centre"
    assert next(iter(content.directory.sectors.sectors)) == "medical"
    at = content.origin.at
    for kind, name, key, expected in (
        ("service", "kz-semey-legal", "at", "services/kz.yaml:29:9"),
        ("place", "kz-new", "lat", "places/kz.yaml:11:10"),
        ("kind", "crisis_centre", "name", "services/kinds.yaml:2:25"),
        ("sector", "legal", "name", "services/sectors.yaml:6:17"),
        ("services", "kz", "lines", "services/kz.yaml:3:3"),
        ("place", "kz-aksu", "name", "places/geonames.tsv:5:1"),
    ):
        assert str(at(kind, name, key, what="x")) == f"content/{expected}: x"


def test_places_are_put_together(tmp_path):
    """Regions, districts, then settlements by size; what is written by hand wins over GeoNames."""
    places = whole(tmp_path).places.places
    assert [*places] == [
        "kz-abai-region",
        "kz-zhanasemey-district",
        "kz-semey",
        "kz-aksu",
        "kz-aksu-2",
        "kz-new",
    ]
    assert places["kz-semey"] == Place(
        id="kz-semey",
        country="kz",
        kind="city",
        region="kz-abai-region",
        centre="kz-semey",
        names={"en": "Semey", "ru": "Семей", "kk": "Семей"},
        lat=50.42675,
        lon=80.26669,
        also=("Семск", "Semipalatinsk"),
        population=292780,
    )
    assert places["kz-abai-region"].centre == "kz-semey"
    district = places["kz-zhanasemey-district"]
    assert (district.lat, district.lon) == (50.30, 80.10)


def test_ids_of_rows_stay_when_one_is_named_by_hand(tmp_path):
    """Naming the larger of two Aksu by hand, with its id or another, leaves the smaller one alone."""
    for number, id_ in enumerate(("kz-aksu", "kz-great-aksu")):
        entry = f"  - {{id: {id_}, geonames: 13}}\n"
        places = whole(tmp_path / str(number), places=PLACES + entry).places.places
        assert places[id_].population == 900
        assert places["kz-aksu-2"].population == 700
    mine = "  - {id: kz-aksu, geonames: 12}\n"
    places = whole(tmp_path / "other", places=PLACES + mine).places.places
    assert {each.population for id_, each in places.items() if "aksu" in id_} == {700, 900}


def test_folders_that_are_not_there_are_empty(tmp_path):
    """A content without places and services is one without places and services."""
    draft = read(write(tmp_path), BLOCKS)
    assert draft.problems == []
    assert not draft.content().places.places
    assert not draft.content().directory.countries


ENTRY = "  - id: kz-semey-refuge\n"
SLIPS = {
    ("at: kz-semey\n", "at: kz-semej\n"): (
        "services/kz.yaml:15:9: there is no place 'kz-semej' (did you mean 'kz-semey'?)",
    ),
    ("sources: [page]\n", "sources: [paje]\n"): (
        "services/kz.yaml:23:15: there is no source 'paje' (did you mean 'page'?)",
    ),
    ("    sources: [page]\n", ""): ("services/kz.yaml:11:5: 'sources' is missing",),
    ("    serves: [women]\n", "    serves: [women]\n    address: 5 Abai street\n"): (
        ("services/kz.yaml:17:5: a crisis_centre has no place for 'address' "
        "(whoever looks for the people in it must not find it: take it out)"),
    ),
    ("    serves: [women]\n", "    serves: [women]\n    lat: 50.1\n    lon: 80.1\n"): (
        ("services/kz.yaml:17:5: a crisis_centre has no place for 'lat' "
        "(whoever looks for the people in it must not find it: take it out)"),
        ("services/kz.yaml:18:5: a crisis_centre has no place for 'lon' "
        "(whoever looks for the people in it must not find it: take it out)"),
    ),
    ("kind: crisis_centre", "kind: legal_clinic"): (
        ("services/kz.yaml:12:11: a legal_clinic does not stand under 'protected:' "
        "(move the entry to 'services:')"),
    ),
    ("kind: legal_aid_office", "kind: shelter"): (
        ("services/kz.yaml:26:11: a shelter does not stand under 'services:' "
        "(move the entry to 'protected:')"),
    ),
    ("kind: crisis_centre", "kind: crisis_center"): (
        ("services/kz.yaml:12:11: 'crisis_center' is not known here "
        "(did you mean 'crisis_centre'?)"),
    ),
    ("kind: crisis_centre", "kind: shelter"): (
        "services/kz.yaml:12:11: kinds.yaml says nothing of the kind 'shelter'",
    ),
    ("sectors: [shelter]", "sectors: [shelter, social]"): (
        "services/kz.yaml:14:24: sectors.yaml says nothing of the sector 'social'",
    ),
    ("id: kz-semey-legal", "id: kz-semey-refuge"): (
        ("services/kz.yaml:25:5: service 'kz-semey-refuge' is here for the second time "
        "(first at content/services/kz.yaml:11)"),
    ),
    ("checked: 2026-11-01", "checked: 2026-11-31"): (
        "services/kz.yaml:22:14: a date is wanted here (write YYYY-MM-DD)",
    ),
    ("status: reported", "status: !!python/name:os.system reported"): (
        ("services/kz.yaml:19:13: the tag tag:yaml.org,2002:python/name:os.system is not allowed "
        "(write the plain value)"),
    ),
    ("names: {en: A refuge", "names: &a {en: A refuge"): (
        "services/kz.yaml:13:12: &a names a value (write each value out)",
    ),
    ('number: "8 (7222) 52-12-34"', "number: 112"): (
        'services/kz.yaml:18:18: a text is wanted here, and 112 is a number (quote it: "112")',
    ),
    ("medical: [kz-112]", "medical: [kz-113]"): (
        "services/kz.yaml:3:13: hotlines/kz.yaml has no line 'kz-113' (did you mean 'kz-112'?)",
    ),
    ("    serves: [women]\n", "    serves: [women]\n    through: [kz-12]\n"): (
        "services/kz.yaml:17:15: hotlines/kz.yaml has no line 'kz-12' (did you mean 'kz-112'?)",
    ),
    ("country: kz", "country: kg"): (
        "services/kz.yaml:1:10: this is country 'kg' (the file is called kz.yaml)",
    ),
    ("lines:\n", "lins:\n"): (
        "services/kz.yaml:1:1: 'lines' is missing",
        "services/kz.yaml:2:1: unknown key 'lins' (did you mean 'lines'?)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip[1].strip()[:40])
def test_a_fault_in_a_service_is_told_with_its_place(tmp_path, slip):
    """Whoever keeps the directory reads what is wrong and where, and nothing else."""
    assert slip[0] in SERVICES
    assert tuple(told(tmp_path, services=SERVICES.replace(slip[0], slip[1], 1))) == SLIPS[slip]


MISPLACED = {
    ("region: kz-abai-region, centre", "region: kz-abay-region, centre"): (
        ("places/kz.yaml:5:42: 'kz-abay-region' is no region of 'kz' "
        "(did you mean 'kz-abai-region'?)"),
    ),
    ("centre: kz-semey", "centre: kz-semej"): (
        ("places/kz.yaml:3:95: the centre 'kz-semej' is no settlement of 'kz' "
        "(did you mean 'kz-semey'?)"),
    ),
    ("    lat: 50.30\n", ""): (
        "places/kz.yaml:8:5: 'lat' is missing (or name the row of geonames.tsv with 'geonames:')",
    ),
    ("geonames: 11", "geonames: 99"): (
        ("places/kz.yaml:7:30: geonames.tsv has no row 99 "
        "(leave geonames out, and write region, kind, lat and lon)"),
    ),
    ("geonames: 11", "geonames: 21"): ("places/kz.yaml:7:30: geonames 21 is Bishkek in 'kg'",),
    ("not: [Semeï]", "not: [Semei]"): (
        "places/kz.yaml:7:40: geonames.tsv does not call it 'Semei' (did you mean 'Semeï'?)",
    ),
    ("id: kz-new", "id: kz-semey"): (
        "places/kz.yaml:5:66: the centre 'kz-new' is no settlement of 'kz'",
        ("places/kz.yaml:8:5: place 'kz-semey' is here for the second time "
        "(first at content/places/kz.yaml:7)"),
    ),
    ("kind: town", "kind: toun"): (
        "places/kz.yaml:9:11: 'toun' is not known here (did you mean 'town'?)",
    ),
    ("    kind: town", "    geonames: 11\n    kind: town"): (
        "places/kz.yaml:9:15: 'kz-semey' is geonames 11 already",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", MISPLACED, ids=lambda slip: slip[1].strip()[:40])
def test_a_fault_in_a_place_is_told_with_its_place(tmp_path, slip):
    """Whoever mends a name reads which entry is wrong."""
    assert slip[0] in PLACES
    assert tuple(told(tmp_path, places=PLACES.replace(slip[0], slip[1], 1))) == MISPLACED[slip]


LINES = {
    "11\tkz": "places/geonames.tsv:3:1: 2 columns stand here, and 8 are wanted",
    "x\tkz\tkz-abai-region\tSemey\t50\t80\t1\t": "places/geonames.tsv:3:1: a number is wanted here",
    "11\tkz\tkz-abai-region\tSemey\tnan\t80\t1\t": "places/geonames.tsv:3:1: nan 80 is no place",
    "11\tkz\tkg-chuy-region\tSemey\t50\t80\t1\t": "places/geonames.tsv:3:1: the name, or the",
    "13\tkz\tkz-abai-region\tSemey\t50\t80\t1\t": "places/geonames.tsv:5:1: 13 is here for the",
}  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_broken_row_is_told_with_its_line(tmp_path, line):
    """A row that is none has a line number, as everything else has."""
    good = ROWS.splitlines()[2]
    assert any(
        each.startswith(LINES[line]) for each in told(tmp_path, rows=ROWS.replace(good, line))
    )


def test_files_that_services_need_are_named(tmp_path):
    """Without kinds, sectors, places or the table an author is told what is missing, and why."""
    for name, expected in (
        ("kinds", "services/kinds.yaml:1:1: this file is missing: without it nobody knows"),
        ("sectors", "services/sectors.yaml:1:1: this file is missing: without it nobody is told"),
        ("places", "places/kz.yaml:1:1: this file is missing"),
        ("rows", "places/geonames.tsv:1:1: this file is missing or empty"),
    ):
        found = told(tmp_path / name, **{name: None})
        assert any(each.startswith(expected) for each in found), found


def test_a_file_that_cannot_be_read_makes_no_echo(tmp_path):
    """What may stand in an unreadable file of places or lines is not called unknown."""
    assert told(tmp_path / "places", places="country: kz\nregions: []\n") == [
        "places/kz.yaml:2:10: at least 1 is wanted here"
    ]
    assert told(tmp_path / "lines", kz="country: kz\nhotlines: []\n") == [
        "hotlines/kz.yaml:1:1: 'timezone' is missing"
    ]
