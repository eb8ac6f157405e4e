"""Truths about the hours in which nobody is written to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.clocks import SLACK, Reading
from bot.campaigns.hours import NIGHT, Quiet

ZONES = st.sampled_from(
    # The four countries, and zones whose clocks are set twice a year, by an hour or by half of one.
    [
        *("Asia/Bishkek", "Asia/Almaty", "Asia/Dushanbe", "Asia/Tashkent"),
        *("Europe/Berlin", "America/Santiago", "Australia/Lord_Howe"),
    ]
)
MOMENTS = st.floats(1_700_000_000, 1_900_000_000)
HOURS = st.integers(0, 23)
quiets = st.builds(Quiet, HOURS, HOURS)


def local(at, zone):
    return datetime.fromtimestamp(at, ZoneInfo(zone))


@given(quiets, MOMENTS, ZONES)
def test_the_next_free_moment_is_free_and_not_before(quiet, at, zone):
    """It is not quiet then; it is `at` itself where that is free, and at most a day off."""
    free = quiet.free(at, zone)
    assert not quiet.covers(free, zone)
    assert at <= free <= at + timedelta(hours=25).total_seconds()
    assert (free == at) == (not quiet.covers(at, zone))


@given(quiets, MOMENTS, ZONES, st.floats(0, 1))
def test_it_is_the_first_one(quiet, at, zone, part):
    """Everything before it, from `at` on, is quiet."""
    free = quiet.free(at, zone)
    between = at + (free - at) * part
    assert between >= free or quiet.covers(between, zone)


def test_the_night_ends_at_nine_where_she_lives():
    """In the evening of Bishkek she waits until its morning, whatever hour it is elsewhere."""
    evening = datetime(2026, 11, 25, 22, 30, tzinfo=ZoneInfo("Asia/Bishkek")).timestamp()
    assert local(NIGHT.free(evening, "Asia/Bishkek"), "Asia/Bishkek") == datetime(
        2026, 11, 26, 9, tzinfo=ZoneInfo("Asia/Bishkek")
    )
    assert NIGHT.covers(evening - 5400, "Asia/Bishkek")
    assert not NIGHT.covers(evening - 5401, "Asia/Bishkek")


@given(quiets)
def test_hours_are_read_as_they_were_written(quiet):
    """`21-09` and all others come back."""
    assert Quiet.read(str(quiet)) == quiet


@given(st.text(max_size=6))
def test_other_words_are_no_hours(words):
    """Whatever else is written there is told apart."""
    read = Quiet.read(words)
    assert read is None or str(read) == words


@given(
    MOMENTS, st.floats(0, 1e6), st.floats(0, 3600), st.floats(-SLACK, SLACK).map(lambda x: x / 2)
)
def test_a_clock_that_only_runs_was_not_set(wall, steady, passed, drift):
    """Time that passes, with a drift, is no step."""
    now = Reading(wall + passed + drift, steady + passed)
    assert not now.stepped(Reading(wall, steady))


@given(MOMENTS, st.floats(0, 1e6), st.floats(0, 3600), st.sampled_from([-25, -1, 1, 25]))
def test_a_clock_that_was_set_is_found(wall, steady, passed, hours):
    """An hour or 25 of them, forward or back, are a step."""
    now = Reading(wall + passed + hours * 3600, steady + passed)
    assert now.stepped(Reading(wall, steady))


@given(MOMENTS, st.floats(0, 1e6), st.floats(1, 3600).map(lambda x: x + SLACK))
def test_a_frozen_clock_is_found(wall, steady, passed):
    """Where the time of day stands still while time passes, that is a step, too."""
    assert Reading(wall, steady + passed).stepped(Reading(wall, steady))
