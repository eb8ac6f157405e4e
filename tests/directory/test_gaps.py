"""What is published of searches in vain: sums of whole weeks that tell of no one person."""

import random
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.model import SHOWN_SECTORS, Gazetteer, Place
from bot.counting.table import cells
from bot.counting.table import published as published_by
from bot.counting.tally import Count
from bot.counting.weeks import Period
from bot.directory import regions
from bot.directory.gaps import picture

NOW = datetime(2026, 4, 29, 12, tzinfo=UTC).timestamp()
PERIOD = Period.before(NOW, 8)
SVG = "{http://www.w3.org/2000/svg}"


def region(id_, name="Somewhere", lat=45.0, lon=70.0):
    return Place(id_, id_[:2], "region", id_, id_, {"en": name}, lat, lon)


PLACES = Gazetteer(
    [
        region("kz-one", "Red Region", 50, 60),
        region("kz-two", "Blue Region", 44, 77),
        region("kg-three", "Green Region", 42, 74),
    ]
)


def count(number, where="kz-one", sector="legal", week=PERIOD.first):
    return Count(week, where, sector, number)


def published(counts, places=PLACES, period=PERIOD):
    title = "Searches that found nothing near"
    return published_by(title, regions.rows(places), SHOWN_SECTORS, counts, period)


def sums(counts, period=PERIOD):
    """What is shown, by region and sector; hidden sums are left out."""
    table = published(counts, period=period)
    return {
        (row.id, sector): one
        for row in table.rows
        for sector, one in zip(table.columns, row.sums, strict=True)
        if one is not None
    }


@given(st.integers(-100, 10_000))
def test_small_sums_are_hidden_and_others_rounded(number):
    """A sum below 20 is not shown at all; any other one is, to the nearest ten."""
    shown = sums([count(number)])
    assert bool(shown) == (number >= 20)
    for one in shown.values():
        assert one % 10 == 0
        assert abs(one - number) <= 5


def test_weeks_are_summed_before_anything_is_hidden():
    """Eight weeks of three are shown; weeks before, after and between Mondays take no part."""
    inside = [count(3, week=PERIOD.first + 7 * n) for n in range(PERIOD.weeks)]
    outside = [count(500, week=PERIOD.first + day) for day in (-7, 7 * PERIOD.weeks, 1)]
    assert sums([*inside, *outside]) == {("kz-one", "legal"): 20}


def test_the_table_is_sorted_by_what_is_shown():
    """Regions with the largest sums come first; those with none shown are only named."""
    counts = [
        count(30, "kz-one"),
        count(19, "kz-one", "shelter"),
        count(60, "kg-three", "shelter"),
        count(19, "kz-two"),
    ]
    table = published(counts)
    assert [(row.id, row.shown) for row in table.rows] == [("kg-three", 60), ("kz-one", 30)]
    assert table.hidden == ("Blue Region (KZ)",)
    assert [table.period.text(one) for one in table.rows[1].sums] == [
        "<20",
        "<20",
        "<20",
        "<20",
        "30",
    ]
    assert "Everything below 20: Blue Region (KZ)." in table.notes


def test_what_is_not_asked_for_is_not_shown():
    """Counts of a region or a sector outside the table are not published."""
    assert sums([count(90, "af-kabul"), count(90, sector="social")]) == {}


def test_every_cell_of_the_table_is_asked_for():
    """The cells to be counted are all regions of all countries with all sectors shown."""
    asked = cells(regions.rows(PLACES), SHOWN_SECTORS)
    assert len(set(asked)) == 3 * len(SHOWN_SECTORS)
    assert {where for where, _ in asked} == set(PLACES.places)


def drawn(counts, places=PLACES, period=PERIOD):
    return ET.fromstring(picture(published(counts, places, period), places))


def test_the_picture_tells_what_the_table_tells():
    """Title, weeks, regions, sectors, sums and notes are in it, and no other number."""
    svg = drawn([count(33), count(19, sector="police"), count(104, "kg-three")])
    words = [one.text for one in svg.iter(f"{SVG}text")]
    for word in ("Searches that found nothing near", "Red Region (KZ)", "Legal", "30", "100"):
        assert word in words
    assert words.count("<20") == 8
    assert any(str(PERIOD) in word for word in words)
    assert {word for word in words if word.isdigit()} == {"30", "100"}


def test_areas_of_circles_are_as_the_sums():
    """A region with four times the sum has a circle of twice the width."""
    svg = drawn([count(100), count(400, "kg-three"), count(3, "kz-two")])
    wide = sorted(float(one.get("r")) for one in svg.iter(f"{SVG}circle"))
    assert wide[2] == pytest.approx(2 * wide[1], rel=0.01)
    assert wide[0] < 2


@given(st.text(st.characters(min_codepoint=32, codec="utf-8", exclude_categories=["Cn", "Co"])))
def test_hostile_names_stay_words(word):
    """Whatever a region is called, the picture is sound and holds no mark of its making."""
    places = Gazetteer([region("kz-one", f'<script a="{word}">&')])
    svg = drawn([count(90)], places)
    kinds = {one.tag.removeprefix(SVG) for one in svg.iter()}
    assert kinds <= {"svg", "title", "rect", "g", "circle", "line", "text"}


def box(text):
    """The room of a name on the map, a little less than what is kept for it."""
    wide = len(text.text) * 8 * 0.5
    x, y = float(text.get("x")), float(text.get("y"))
    left = x - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor")]
    return left, y - 7, left + wide, y


@pytest.mark.parametrize("seed", range(5))
def test_names_on_the_map_do_not_overlap(seed):
    """With 48 regions, a dozen of them in one valley, no name covers another or leaves the map."""
    chance = random.Random(seed)
    spread = [(chance.uniform(37, 55), chance.uniform(50, 85)) for _ in range(36)]
    valley = [(chance.uniform(39.5, 41.5), chance.uniform(69, 73)) for _ in range(12)]
    places = Gazetteer(
        [
            region(f"kz-{n}", f"Region Number {n}", *spot)
            for n, spot in enumerate([*spread, *valley])
        ]
    )
    counts = [count(chance.randrange(0, 300), where) for where in places.places]
    svg = drawn(counts, places)
    names = [box(one) for group in svg.iter(f"{SVG}g") for one in group.iter(f"{SVG}text")]
    assert len(names) >= len(published(counts, places).rows)
    for n, one in enumerate(names):
        assert one[0] >= 0
        assert one[2] <= 734
        for other in names[:n]:
            apart = (
                one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            )
            assert apart


@pytest.mark.parametrize("places", [Gazetteer(), PLACES, Gazetteer([region("uz-one")])])
def test_nothing_to_show_is_a_page_too(places):
    """Without a single sum that may be shown there is still a page that says so."""
    svg = drawn([], places)
    words = [one.text for one in svg.iter(f"{SVG}text")]
    assert not any(word.isdigit() for word in words)
    assert any("Sums below 20 are hidden" in word for word in words)
