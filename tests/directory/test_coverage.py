"""What the directory has for every region and sector, and what stands in where it has nothing."""

from collections import Counter
from datetime import date
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.content.model import SHOWN_SECTORS, Content, Directory, Lines, Rule, Rules, Sector
from bot.directory.coverage import WHOLE_COUNTRY, plain, rich, table
from bot.directory.hotlines import offer
from bot.directory.nearest import Atlas
from bot.directory.standing import Policy
from tests.directory.test_nearest import PLACES, several
from tests.directory.test_standing import KINDS, POLICIES, TODAY, country_file, service

LINES = {Sector.LEGAL: ("kz-111", "kz-112"), Sector.SHELTER: ("kz-112",)}


def content(*services):
    """Two countries: one with these services, one without any file of services."""
    return Content(
        start="home",
        nodes={},
        commands={},
        rules=Rules(shelf_life_days=180, rules=(Rule(show=True),)),
        countries={
            code: Lines(country=code, timezone="Asia/Almaty", hotlines=()) for code in ("kz", "kg")
        },
        places=PLACES,
        directory=Directory(countries={"kz": country_file(*services, lines=LINES)}, kinds=KINDS),
    )


def row(rows, region, sector=Sector.LEGAL, country="kz"):
    """Pick the one row there is."""
    (found,) = (
        one for one in rows if (one.country, one.region, one.sector) == (country, region, sector)
    )
    return found


def test_every_region_has_a_row_for_every_sector():
    """Each region and each country as a whole answers for each sector, once, in their order."""
    rows = table(content(), POLICIES[0], TODAY)
    assert [(one.country, one.region, one.sector) for one in rows] == [
        (country, region, sector)
        for country, regions in (("kz", ("kz-north", "kz-south", "")), ("kg", ("kg-all", "")))
        for region in regions
        for sector in SHOWN_SECTORS
    ]


def test_a_service_counts_where_it_is():
    """In a place or district it counts for the region around, else for what it serves."""
    rows = table(
        content(
            service("kz-1", at="kz-a"),
            service("kz-2", at="kz-district"),
            service("kz-3", at="kz-north"),
            service("kz-4", at="kz-d"),
            service("kz-5", at="kz"),
        ),
        POLICIES[0],
        TODAY,
    )
    shown = {one.name: one.shown for one in rows if (one.country, one.sector) == ("kz", "legal")}
    assert shown == {"kz-north": 3, "kz-south": 1, WHOLE_COUNTRY: 1}


def test_cautions_and_reasons_are_counted_apart():
    """What is shown is counted by caution, what is not by reason."""
    services = (
        service("kz-1", at="kz-a"),
        service("kz-2", at="kz-a", confidence="low"),
        service("kz-3", at="kz-a", sources=("list",)),
        service("kz-4", at="kz-a", status="closed"),
        service("kz-5", at="kz-a", status="closed"),
        service("kz-6", at="kz-a", checked=date(2020, 1, 1)),
    )
    found = row(table(content(*services), POLICIES[0], TODAY), "kz-north")
    assert (found.shown, found.weak, found.listed) == (3, 1, 1)
    assert found.withheld == {"closed": 2, "expired": 1}
    strict = row(table(content(*services), Policy("withhold", "withhold"), TODAY), "kz-north")
    assert (strict.shown, strict.weak, strict.listed) == (1, 0, 0)
    assert strict.withheld == {"closed": 2, "expired": 1, "weak": 1, "listed": 1}


def test_lines_stand_in_where_nothing_is_shown():
    """The lines of the sector are named where nothing is shown, and only there."""
    rows = table(
        content(service("kz-1", at="kz-a"), service("kz-2", at="kz-c", status="closed")),
        POLICIES[0],
        TODAY,
    )
    assert row(rows, "kz-north").instead == ()
    assert row(rows, "kz-south").instead == LINES[Sector.LEGAL]
    assert row(rows, "kz-north", Sector.SHELTER).instead == LINES[Sector.SHELTER]
    assert not row(rows, "kz-north", Sector.MEDICAL).answered
    assert not row(rows, "kg-all", country="kg").answered


@given(several(), st.sampled_from(POLICIES))
def test_nothing_is_lost_in_counting(services, policy):
    """Shown and withheld together are all services of the sector."""
    counted = Counter[Sector]()
    for one in table(content(*services), policy, TODAY):
        counted[one.sector] += one.shown + sum(one.withheld.values())
    for sector in SHOWN_SECTORS:
        assert counted[sector] == sum(sector in one.sectors for one in services)


def test_the_table_is_written_for_pipes_and_for_people():
    """Each row is one line of eight columns; what nothing answers for says so in both forms."""
    rows = table(content(service(at="kz-a", confidence="low")), POLICIES[0], TODAY)
    lines = [line.split("\t") for line in plain(rows)]
    assert {len(line) for line in lines} == {8}
    assert len(lines) == len(rows) + 1
    assert ["kz", "kz-north", "legal", "1", "1", "–", "", ""] in lines
    assert ["kz", "kz-south", "legal", "–", "–", "–", "", "call kz-111, kz-112"] in lines
    assert ["kg", "kg-all", "legal", "–", "–", "–", "", "nothing"] in lines
    written = StringIO()
    Console(file=written, width=120).print(rich(rows))
    for word in ("kz-north", "call kz-111, kz-112", "nothing", WHOLE_COUNTRY):
        assert word in written.getvalue()


@given(st.dates(date(2026, 11, 21), date(2040, 1, 1)), st.sampled_from(POLICIES))
def test_no_region_is_left_without_an_answer(world, today, policy):
    """On any day, under any policy, every region has a service or a line for every sector."""
    rows = table(world.content, policy, today)
    assert [(one.country, one.name, one.sector) for one in rows if not one.answered] == []
    assert {one.country for one in rows} == set(world.content.countries)
    assert {one.region for one in rows if one.region} == {
        region.id for regions in world.content.places.regions.values() for region in regions
    }


def test_a_line_that_stands_in_may_be_shown(world):
    """Of the lines that stand in for a sector, at least one may be shown."""
    today = date(2026, 11, 23)
    for country, lines in world.content.countries.items():
        shown = {
            line.id
            for line in lines.hotlines
            if offer(line, world.content.rules, today) is not None
        }
        standing_in = world.content.directory.countries[country].lines
        for sector in SHOWN_SECTORS:
            assert shown.intersection(standing_in[sector]), (country, sector)


def test_what_must_not_be_listed_is_in_no_list_of_the_real_content(world):
    """From any region of the real content, in any sector, nothing is listed that must not be."""
    content = world.content
    there = Atlas(content.places, content.directory)
    today = date(2026, 11, 23)
    for regions in content.places.regions.values():
        for region in regions:
            for sector in Sector:
                for one in there.nearest(sector, region, today, ("men",)):
                    assert content.directory.kinds.kinds[one.service.kind].listed
                    assert there.standing(one.service, today).shown
