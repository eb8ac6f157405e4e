"""Truths about how far a campaign is said to have come: never more than may be told, never a wrong time."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.hours import NIGHT
from bot.campaigns.progress import WIDTH, Forecast, Going, Limits, Looks, Sure, bar, forecast, part
from bot.campaigns.proposal import CORRECTABLE, LASTS, Phase, Proposal

DAY = 24 * 3600
MIDNIGHT = 20_000 * DAY
NOON = MIDNIGHT + 12 * 3600
ZONE = "Asia/Bishkek"
"""Six hours ahead: there it is 18:00 at `NOON`."""
OUT = Proposal(b"author", b"digest", NOON, Phase.SENDING, b"approver", b"digest")
LIMITS = Limits(25, 1_000_000)
TENS = st.integers(0, 200_000).map(lambda tens: tens * 10)
GOINGS = st.builds(
    Going,
    readers=TENS,
    sent=TENS,
    blocked=TENS,
    departed=TENS,
    others=TENS,
    recalled=TENS,
    corrected=TENS,
    a_minute=st.none() | TENS,
    everybody=st.booleans(),
    waits=st.integers(0, MIDNIGHT + 3 * DAY),
    today=TENS,
)
OUTS = st.builds(replace, st.just(OUT), phase=st.sampled_from(Phase), amending=st.booleans())


@given(st.floats(0, 1))
def test_a_bar_is_as_long_as_it_is(done):
    """Twelve blocks; full only when all is done, empty only before anything is."""
    drawn = bar(done)
    assert len(drawn) == WIDTH
    assert {*drawn} <= {"█", "░"}
    assert (drawn.count("█") == WIDTH) == (done == 1.0)
    assert (drawn.count("█") == 0) == (done == 0.0)
    assert "░█" not in drawn


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_bar_never_shrinks(one, other):
    """More done is no shorter."""
    less, more = sorted((one, other))
    assert bar(less).count("█") <= bar(more).count("█")


@given(GOINGS, OUTS)
def test_a_part_is_a_part(going, proposal):
    """Whatever the counts, it is between nothing and all, or above it where counts overlap."""
    assert part(going, proposal) >= 0.0
    assert len(bar(part(going, proposal))) == WIDTH
    assert going.left >= 0


@given(GOINGS, OUTS, st.integers(0, 30 * 3600))
def test_a_forecast_lies_ahead_and_within_its_time(going, proposal, passed):
    """Never in the past, never beyond the end; none where nothing goes on."""
    now = NOON + passed
    found = forecast(going, proposal, LIMITS, now, (ZONE,))
    goes = proposal.phase in (Phase.SENDING, Phase.CORRECTING)
    assert found is None or goes
    if found is not None:
        assert found.at <= proposal.starts + CORRECTABLE
        assert found.at >= now or found.sure is Sure.ENDS


@given(GOINGS, st.integers(0, 20 * 3600))
def test_nothing_is_promised_for_the_night(going, passed):
    """Where letters are left, and not everybody had a turn, "about" is never a quiet hour."""
    now = NOON + passed
    found = forecast(replace(going, everybody=False), OUT, LIMITS, now, (ZONE,))
    if found is not None and found.sure is Sure.ABOUT:
        assert not NIGHT.covers(found.at, ZONE)
        assert going.a_minute


def test_it_is_done_when_the_rest_has_gone():
    """3,000 left at 1,500 a minute take two minutes."""
    going = Going(10_000, sent=6_900, blocked=100, a_minute=1_500)
    assert going.left == 3_000
    assert forecast(going, OUT, LIMITS, NOON, (ZONE,)) == Forecast(NOON + 120, Sure.ABOUT)


def test_what_nobody_has_measured_is_no_promise():
    """Before there is a rate, it is not done before it could be at the full one."""
    going = Going(10_000, sent=7_000)
    assert forecast(going, OUT, LIMITS, NOON, ()) == Forecast(NOON + 120, Sure.NOT_BEFORE)


def test_in_the_evening_it_waits_for_the_morning():
    """What would end at 21:30 in Bishkek ends not before nine the next day."""
    going = Going(100_000, sent=20_000, a_minute=380)
    nine = MIDNIGHT + DAY + 3 * 3600
    assert forecast(going, OUT, LIMITS, NOON, (ZONE,)) == Forecast(nine, Sure.NOT_BEFORE)


def test_once_everybody_had_a_turn_the_last_of_them_counts():
    """Whoever was put off waits until her hour; nobody else keeps it waiting."""
    going = Going(1_000, sent=900, a_minute=0, everybody=True, waits=NOON + 7_200)
    assert forecast(going, OUT, LIMITS, NOON, (ZONE,)) == Forecast(NOON + 7_200, Sure.NOT_BEFORE)


@pytest.mark.parametrize(("today", "days"), [(0, 1), (500, 1), (510, 2)])
def test_beyond_the_number_of_a_day_it_waits_for_the_next(today, days):
    """What is over the cap goes from midnight (UTC) on, or from the one after."""
    going = Going(1_500, a_minute=1_500, today=today, everybody=True)
    limits, early = Limits(25, 1_000), replace(OUT, starts=NOON + DAY)
    found = forecast(going, early, limits, NOON, ())
    assert found == Forecast(MIDNIGHT + days * DAY, Sure.NOT_BEFORE)


def test_what_cannot_be_done_in_its_time_says_when_that_ends():
    """With ten million left it ends a day after its start, whoever has not had it."""
    going = Going(10_000_000, a_minute=1_500)
    assert forecast(going, OUT, LIMITS, NOON, ()) == Forecast(NOON + LASTS, Sure.ENDS)


def test_a_correction_is_done_when_all_say_it():
    """Edits know no night: whoever has the message has it."""
    going = Going(10_000, sent=9_000, corrected=6_000, a_minute=1_500, everybody=True)
    correcting = replace(OUT, phase=Phase.CORRECTING, amending=True)
    late = NOON + 6 * 3600
    found = forecast(going, correcting, LIMITS, late, (ZONE,))
    assert found == Forecast(late + 120, Sure.ABOUT)
    assert part(going, correcting) == pytest.approx(2 / 3)


def test_a_rate_is_that_of_the_last_two_minutes():
    """An hour of nothing before counts no more; nor does what a clock that was set says."""
    looks = Looks()
    looks.note(0, 0)
    assert looks.a_minute is None
    for second in range(3_600, 3_661, 5):
        looks.note(second, (second - 3_600) * 25)
    assert looks.a_minute == pytest.approx(1_500)
    looks.note(100, 1_500)
    assert looks.a_minute is None


@given(st.lists(st.tuples(st.floats(0, 1e6), st.integers(0, 10**6)), max_size=30))
def test_no_look_makes_a_rate_negative(seen):
    """Whatever clocks and counts do."""
    looks = Looks()
    for at, done in seen:
        looks.note(at, done)
        assert looks.a_minute is None or looks.a_minute >= 0
