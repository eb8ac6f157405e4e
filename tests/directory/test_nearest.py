"""Which services are near a place, and in which order."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.model import Directory, Gazetteer, Place, Sector
from bot.directory.nearest import Atlas, kilometres
from bot.directory.standing import Policy, standing
from tests.directory.test_standing import (
    KINDS,
    LIFE,
    POLICIES,
    TODAY,
    any_service,
    country_file,
    service,
)

FLAGS = st.sets(
    st.sampled_from(["children", "step_free", "men", "hurt", "tonight", "open_now", "brief"])
)
SECTORS = (Sector.PSYCHOSOCIAL, Sector.LEGAL)
NARROW = {"children", "young_people", "students", "homeless", "disabled", "offenders"}
REACHES = ["town", "whole_region", "near", "region", "far", "country"]


def place(id_, kind="town", region="", centre="", lat=45.0, lon=70.0):
    return Place(id_, id_[:2], kind, region or id_, centre or id_, {"en": id_}, lat, lon)


PLACES = Gazetteer(
    [
        place("kz-north", "region", centre="kz-a", lat=50, lon=70),
        place("kz-south", "region", centre="kz-c", lat=49.5, lon=70),
        place("kz-district", "district", "kz-north", "kz-b", lat=52, lon=70),
        place("kz-a", "city", "kz-north", lat=50, lon=70),
        place("kz-b", region="kz-north", lat=52, lon=70),
        place("kz-c", "city", "kz-south", lat=49.5, lon=70),
        place("kz-d", "village", "kz-south", lat=49, lon=73),
        place("kg-all", "region", centre="kg-e", lat=50, lon=70.1),
        place("kg-e", region="kg-all", lat=50, lon=70.1),
    ]
)
KAZAKH = [one for one in PLACES.places.values() if one.country == "kz"]


def atlas(*services, policy=POLICIES[0]):
    return Atlas(PLACES, Directory(countries={"kz": country_file(*services)}, kinds=KINDS), policy)


def ids(found):
    return [one.service.id for one in found]


def several(**more):
    """Draw a country's services somewhere in it; most of them are shown."""
    facts = {
        "at": st.sampled_from(["kz", *(one.id for one in KAZAKH)]),
        "sectors": st.sampled_from([SECTORS, SECTORS, SECTORS[:1], SECTORS[1:]]),
        "status": st.sampled_from(["operating", "reported", "unconfirmed"] * 2 + ["closed"]),
        "withheld": st.sampled_from([None] * 5 + ["two numbers, neither dated"]),
        "checked": st.sampled_from([TODAY - timedelta(days=days) for days in (0, 90, LIFE, 200)]),
        "serves": st.lists(
            st.sampled_from(["anyone", "women", "men", "mothers", "children", "disabled"]),
            min_size=1,
            unique=True,
        ).map(tuple),
    }
    return st.lists(any_service(**facts | more), max_size=12).map(
        lambda drawn: [
            one.model_copy(update={"id": f"kz-{index}"}) for index, one in enumerate(drawn)
        ]
    )


ASKED = (st.sampled_from(SECTORS), st.sampled_from(KAZAKH), FLAGS)


@pytest.mark.parametrize(
    ("at", "town", "reach", "km"),
    [
        ("kz-a", "kz-a", "town", 0),
        ("kz-b", "kz-a", "region", 222),
        ("kz-c", "kz-a", "near", 56),
        ("kz-d", "kz-a", "far", 244),
        ("kz", "kz-a", "country", None),
        ("kz-north", "kz-b", "whole_region", None),
        ("kz-district", "kz-b", "town", 0),
        ("kz-b", "kz-district", "town", 0),
        ("kz-district", "kz-district", "town", 0),
        ("kz-district", "kz-a", "region", 222),
        ("kz-a", "kz-north", "near", 0),
        ("kz-b", "kz-north", "near", 222),
        ("kz-north", "kz-north", "whole_region", None),
        ("kz-c", "kz-north", "near", 56),
    ],
)
def test_how_far_a_service_reaches(at, town, reach, km):
    """As each reach says, with kilometres where it is in one place."""
    (found,) = atlas(service(at=at)).nearest(Sector.LEGAL, PLACES.places[town], TODAY)
    assert found.reach == reach
    assert found.km is None if km is None else found.km == pytest.approx(km, abs=0.6)


def test_how_far_is_near_is_a_choice():
    """A place of another region is near up to the kilometres of the policy."""
    for near_km, reach in ((55, "far"), (56, "near")):
        there = atlas(service(at="kz-c"), policy=Policy(near_km=near_km))
        (found,) = there.nearest(Sector.LEGAL, PLACES.places["kz-a"], TODAY)
        assert found.reach == reach
        assert there.lies_near([found]) is (reach == "near")


def test_a_measured_spot_counts_before_the_middle_of_the_town():
    """Where a source measured an address, the kilometres lead there."""
    (found,) = atlas(service(at="kz-a", lat=50.05, lon=70)).nearest(
        Sector.LEGAL, PLACES.places["kz-a"], TODAY
    )
    assert (found.reach, round(found.km, 1)) == ("town", 5.6)


def test_what_serves_another_region_is_not_offered():
    """A service for all of one region is offered nowhere else."""
    there = atlas(service(at="kz-south"))
    assert there.nearest(Sector.LEGAL, PLACES.places["kz-a"], TODAY) == ()


def test_nothing_abroad_is_offered():
    """The services of one country are offered to nobody in another, however near."""
    there = atlas(service(at="kz-a"))
    assert there.nearest(Sector.LEGAL, PLACES.places["kg-e"], TODAY) == ()
    assert not there.lies_near(())


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"at": "kz-a", "confidence": "low"}, {"at": "kz-north"}),
        ({"at": "kz-north"}, {"at": "kz-c"}),
        ({"at": "kz-c"}, {"at": "kz-b"}),
        ({"at": "kz-b"}, {"at": "kz-d"}),
        ({"at": "kz-d"}, {"at": "kz"}),
        ({"kind": "psychosocial_service", "serves": ("children",)}, {}),
        ({"confidence": "low"}, {"serves": ("students", "homeless")}),
        ({"serves": ("children", "mothers"), "confidence": "low"}, {"serves": ("children",)}),
        ({"at": "kz-a"}, {"at": "kz-b", "lat": 52.0, "lon": 70.0, "serves": ("women",)}),
        (
            {"at": "kz-a", "lat": 50.2, "lon": 70.0},
            {"at": "kz-a", "sources": ("list",), "lat": 50.0, "lon": 70.0},
        ),
        ({"sources": ("list",)}, {"confidence": "low"}),
        ({}, {}),
    ],
)
def test_what_comes_first(better, worse):
    """Each rule of the order decides before those after it, last of all the id."""
    town = PLACES.places["kz-north" if "lat" in worse else "kz-a"]
    first, second = (
        service(id_, **({"sectors": ("psychosocial",), "at": "kz-a"} | facts))
        for id_, facts in (("kz-z" if better else "kz-1", better), ("kz-2", worse))
    )
    for order in ((first, second), (second, first)):
        found = atlas(*order).nearest(Sector.PSYCHOSOCIAL, town, TODAY)
        assert ids(found) == [first.id, second.id]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (
            {"at": "kz-a"},
            {"at": "kz-b", "kind": "psychosocial_service", "children": True, "step_free": True},
        ),
        (
            {"children": True, "serves": ("students",), "confidence": "low"},
            {"kind": "psychosocial_service", "step_free": None},
        ),
        ({"children": True, "confidence": "low"}, {"step_free": True, "serves": ("students",)}),
    ],
)
def test_what_is_known_to_fit_comes_first(better, worse):
    """What is known to fit her comes before what is not known to, but not before what is nearer."""
    first, second = (
        service(id_, **({"sectors": ("psychosocial",), "at": "kz-a"} | facts))
        for id_, facts in (("kz-z", better), ("kz-2", worse))
    )
    said = ("children", "step_free")
    found = atlas(first, second).nearest(Sector.PSYCHOSOCIAL, PLACES.places["kz-a"], TODAY, said)
    assert ids(found) == ["kz-z", "kz-2"]


def test_a_kind_comes_first_in_its_sector_alone():
    """A psychosocial service comes before others where that is what is asked for, only there."""
    both = ("psychosocial", "legal")
    there = atlas(
        service("kz-a", sectors=both), service("kz-b", sectors=both, kind="psychosocial_service")
    )
    town = PLACES.places["kz-a"]
    assert ids(there.nearest(Sector.PSYCHOSOCIAL, town, TODAY)) == ["kz-b", "kz-a"]
    assert ids(there.nearest(Sector.LEGAL, town, TODAY)) == ["kz-a", "kz-b"]


@given(several(), *ASKED)
def test_the_order_is_the_rules_and_nothing_else(services, sector, town, said):
    """Whatever there is, it comes in the order of the rules."""

    def rules(one):
        known = [one.service.children] * ("children" in said)
        known += [one.service.step_free] * ("step_free" in said)
        return (
            REACHES.index("region" if one.reach == "far" else one.reach),
            known.count(None),
            (one.km or 0) // 25,
            not (sector == "psychosocial" and KINDS.kinds[one.service.kind].first),
            NARROW.issuperset(one.service.serves),
            ["", "listed", "weak"].index(one.standing.caution),
            one.km or 0,
            one.service.id,
        )

    found = atlas(*services).nearest(sector, town, TODAY, said)
    assert list(found) == sorted(found, key=rules)


def worth_naming(one, town):
    """What serves another region, or lies in one beyond 300 km, helps nobody here."""
    there = PLACES.get(one.at)
    if there is None or there.region == town.region:
        return True
    return there.kind != "region" and kilometres(there.lat, there.lon, town.lat, town.lon) <= 300


@given(several(), *ASKED[:2], st.sampled_from(POLICIES))
def test_everything_that_may_be_shown_is_there(services, sector, town, policy):
    """Without flags all services of the sector that stand and are worth naming are listed."""
    there = atlas(*services, policy=policy)
    expected = {
        one.id: verdict
        for one in services
        if sector in one.sectors
        and worth_naming(one, town)
        and (verdict := standing(one, country_file(one), KINDS, policy, TODAY)).shown
    }
    found = there.nearest(sector, town, TODAY)
    assert {one.service.id: one.standing for one in found} == expected
    assert len(found) == len(expected)
    assert all(there.standing(one.service, TODAY) == one.standing for one in found)


@given(several(), *ASKED, st.sampled_from(POLICIES), st.integers(0, 1000))
def test_what_must_not_be_shown_never_is(services, sector, town, said, policy, days):
    """No kind kept out of lists, nothing closed, withheld or old: on any day, for anybody."""
    today = TODAY + timedelta(days=days)
    for one in atlas(*services, policy=policy).nearest(sector, town, today, said):
        assert KINDS.kinds[one.service.kind].listed
        assert one.service.status != "closed"
        assert one.service.withheld is None
        life = timedelta(days=KINDS.kinds[one.service.kind].shelf_life_days)
        assert today <= one.service.checked + life


@given(several(), *ASKED)
def test_a_stricter_policy_only_removes(services, sector, town, said):
    """Under a stricter policy the rest stays, in the same order."""
    lax = ids(atlas(*services).nearest(sector, town, TODAY, said))
    for policy in POLICIES[1:]:
        strict = ids(atlas(*services, policy=policy).nearest(sector, town, TODAY, said))
        assert strict == [one for one in lax if one in strict]


@given(several(), *ASKED)
def test_flags_leave_out_only_what_is_known_not_to_fit(services, sector, town, said):
    """Children, steps and men leave out what cannot serve her; not known is not a no."""

    def unfit(one):
        return (
            ("children" in said and one.children is False)
            or ("step_free" in said and one.step_free is False)
            or ("men" in said and {"women", "mothers", "children"}.issuperset(one.serves))
        )

    there = atlas(*services)
    everything = there.nearest(sector, town, TODAY)
    found = there.nearest(sector, town, TODAY, said)
    assert set(ids(found)) == {one.service.id for one in everything if not unfit(one.service)}


@given(several(), st.lists(st.tuples(*ASKED), max_size=6), st.randoms())
def test_an_answer_depends_on_the_question_alone(services, questions, chance):
    """Neither what was asked before nor the order of the file changes an answer."""
    asked_often = atlas(*services)
    shuffled = chance.sample(services, len(services))
    for sector, town, said in questions:
        fresh = atlas(*shuffled).nearest(sector, town, TODAY, said)
        assert asked_often.nearest(sector, town, TODAY, said) == fresh
        assert asked_often.nearest(sector, town, TODAY, said) == fresh


def test_the_last_day_counts():
    """A service is listed through the last day of its shelf life, and not the day after."""
    there, town = atlas(service(at="kz-a")), PLACES.places["kz-a"]
    last = TODAY + timedelta(days=LIFE)
    assert there.nearest(Sector.LEGAL, town, last)
    assert not there.nearest(Sector.LEGAL, town, last + timedelta(days=1))


def test_a_service_is_found_by_its_id():
    """Any service is found with its country, even one that is not shown; others are None."""
    closed = service("kz-shut", status="closed")
    there = atlas(closed)
    assert there.service("kz-shut") == closed
    assert there.country_of(closed) == "kz"
    assert there.standing(closed, TODAY).reason == "closed"
    assert there.service("kz-none") is None
