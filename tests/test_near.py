"""`tirek near`: one answer for each thing that is asked, for people and for programs."""

import io
import json
from datetime import date

import pytest

from bot.commands.near_answers import Near, stream
from bot.content.model import SHOWN_SECTORS, Sector
from bot.directory.nearest import Atlas, kilometres
from bot.understanding.places import PlaceBook

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def content(world):
    return world.content


@pytest.fixture(scope="module")
def atlas(content):
    return Atlas(content.places, content.directory)


@pytest.fixture(scope="module")
def make(content, atlas):
    book = PlaceBook(content.places)
    return lambda **more: Near(content.places, book, atlas, TODAY, **more)


def test_a_place_is_found_with_what_is_near(make, atlas):
    """A name that is sure gives one place and at most ten services of its country."""
    answer = make().answer("в Бишкеке")
    assert (answer["query"], answer["status"]) == ("в Бишкеке", "found")
    [place] = answer["places"]
    assert (place["name"], place["country"]) == ("Bishkek", "kg")
    assert 1 <= len(answer["services"]) <= 10
    assert len(set(answer["services"])) == len(answer["services"])
    assert {atlas.country_of(atlas.service(one)) for one in answer["services"]} == {"kg"}


@pytest.mark.parametrize("need", SHOWN_SECTORS)
def test_a_need_leaves_only_what_meets_it(make, atlas, need):
    """With a need every service is of that sector."""
    for one in make(need=need).answer("Хорог")["services"]:
        assert need in atlas.service(one).sectors


def test_the_nearest_comes_first(make, content, atlas):
    """Kilometres never fall from one service to the next, as far as they are known."""
    osh = content.places.places["kg-osh"]
    known = {
        one.service.id: one.km
        for sector in SHOWN_SECTORS
        for one in atlas.nearest(sector, osh, TODAY)
    }
    ways = [km for one in make().answer("Ош")["services"] if (km := known[one]) is not None]
    assert len(ways) > 1
    assert ways == sorted(ways)


def test_what_is_not_sure_has_places_and_no_services(make):
    """Several places are given, the likeliest first, and no service is claimed to be near."""
    answer = make().answer("Аксу")
    assert answer["status"] == "choose"
    assert 2 <= len(answer["places"]) <= 5
    assert answer["services"] == []


@pytest.mark.parametrize("query", ["", "помогите", "\ufffd\ufffd", "Ош\ufffd", "а" * 5000])
def test_what_names_no_place_is_answered_too(make, query):
    """Nothing, a cry for help, broken letters and a flood of them get an answer without places."""
    assert make().answer(query) == {
        "query": query, "status": "none", "places": [], "services": [],
    }  # fmt: skip


def test_a_country_keeps_the_answer_inside(make):
    """With a country only its places are given; without one, those of all four."""
    assert make(country="uz").answer("Бишкек")["status"] == "none"
    assert {one["country"] for one in make(country="kz").answer("Карасу")["places"]} == {"kz"}
    assert {one["country"] for one in make().answer("Карасу")["places"]} >= {"kz", "kg"}


def test_names_come_in_the_language_asked_for(make):
    """A name is given in the language where there is one, else in English."""
    assert make(language="ky").answer("Чуй облусу")["places"][0]["name"] == "Чүй облусу"
    assert make(language="tg").answer("Бишкек")["places"][0]["name"] == "Бишкек"
    assert make(language="tg").answer("Кемин")["places"][0]["name"] == "Kemin"


def test_people_read_lines(make):
    """The place with its region, then each service with its number and how far it is."""
    first, *services = make(need=Sector.PSYCHOSOCIAL).told("Хорог").split("\n")
    assert first == "Khorog, Gorno-Badakhshan Autonomous Region, TJ"
    assert services
    assert all(" km" in one or "serves the whole" in one for one in services)
    assert make().told("Аксу").startswith("Several places may be meant:\n")
    assert make().told("помогите") == "No place of that name is known."


def test_lines_are_answered_one_by_one(make):
    """Each line, empty or broken ones too, has its answer at once, before the next is read."""
    out, seen = io.StringIO(), []

    def lines():
        for line in (b"Osh\n", b"\n", b"\xff\xfe\n", "Хорог\r\n".encode(), b"Osh"):
            seen.append(out.getvalue().count("\n"))
            yield line

    stream(make(), lines(), out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert seen == [0, 1, 2, 3, 4]
    assert [one["status"] for one in answers] == ["found", "none", "none", "found", "found"]
    assert [one["query"] for one in answers][3:] == ["Хорог", "Osh"]
    assert answers[0] == answers[4]


def test_many_lines_stream(make):
    """Ten thousand lines are answered without being collected first."""
    out = io.StringIO()
    stream(make(need=Sector.LEGAL), (b"Osh %d\n" % at for at in range(10_000)), out)
    assert out.getvalue().count("\n") == 10_000


def test_coordinates_are_those_of_the_place(make):
    """Latitude and longitude are degrees: Osh lies some 300 km from Bishkek."""
    there, here = (make().answer(one)["places"][0] for one in ("Ош", "Бишкек"))
    assert 280 < kilometres(there["lat"], there["lon"], here["lat"], here["lon"]) < 330
