"""How far it is from point to point, and which place is nearest to one."""

import random
from math import cos, dist, radians, sin, sqrt

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from bot.content.model import Directory, Gazetteer
from bot.directory.nearest import Atlas, kilometres
from tests.directory.test_nearest import PLACES, atlas, place

EARTH = Geodesic.WGS84
TOLERANCE = 0.006
"""How far a sphere may be off: the flattening is 0.34 %, the radius of curvature 0.56 %."""


def somewhere(chance):
    """Draw a point in or around Central Asia."""
    return chance.uniform(35, 56), chance.uniform(46, 88)


def geodesic(here, there):
    return EARTH.Inverse(*here, *there, Geodesic.DISTANCE)["s12"] / 1000


def test_kilometres_are_those_of_the_earth():
    """Over Central Asia the great circle is within 0.6 % of the way over the ellipsoid."""
    chance = random.Random(1)
    for _ in range(10_000):
        here, there = somewhere(chance), somewhere(chance)
        assert kilometres(*here, *there) == pytest.approx(geodesic(here, there), rel=TOLERANCE)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_the_same_point_is_no_way_at_all(lat, lon):
    """A point is exactly 0 km from itself."""
    assert kilometres(lat, lon, lat, lon) == 0


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_nothing_is_farther_than_the_other_end_of_the_earth(lat, lon):
    """The opposite of any point is half the way around, to the metre."""
    assert kilometres(lat, lon, -lat, lon + 180) == pytest.approx(20015.115, abs=0.001)


def straight(lat, lon):
    """Stand on the ellipsoid: metres from the middle of the earth."""
    north, east, flat = radians(lat), radians(lon), EARTH.f * (2 - EARTH.f)
    out = EARTH.a / sqrt(1 - flat * sin(north) ** 2)
    return (
        out * cos(north) * cos(east),
        out * cos(north) * sin(east),
        out * (1 - flat) * sin(north),
    )


def test_the_nearest_place_is_that_of_the_earth(world):
    """From 10,000 points the nearest real place is that of the ellipsoid, to within 0.6 %."""
    chance, there = random.Random(2), Atlas(world.content.places, Directory())
    for country, settlements in world.content.places.settlements.items():
        grounds = [(straight(one.lat, one.lon), one) for one in settlements]
        for _ in range(10_000 // len(world.content.places.settlements)):
            here = somewhere(chance)
            # Straight through the earth the order is the same, but for some millionths.
            at = straight(*here)
            nearest = min(grounds, key=lambda ground: dist(ground[0], at))[1]
            least = geodesic(here, (nearest.lat, nearest.lon))
            answer = there.place_at(here[0], here[1], country)
            assert answer
            found, km = answer
            assert km == pytest.approx(least, rel=TOLERANCE)
            if found != nearest:
                assert geodesic(here, (found.lat, found.lon)) <= least * (1 + TOLERANCE)


def test_a_country_without_places_has_no_nearest():
    """Where there is no settlement, there is no answer; regions and districts are none."""
    there = Atlas(Gazetteer([place("kz-north", "region")]), Directory())
    assert there.place_at(50, 70, "kz") is None
    assert atlas().place_at(49.9, 70.2, "kg") == (
        PLACES.places["kg-e"],
        pytest.approx(kilometres(49.9, 70.2, 50, 70.1)),
    )
