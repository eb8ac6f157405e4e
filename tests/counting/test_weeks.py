"""Truths about weeks that are over, and how much of what was counted in them is shown."""

from datetime import UTC, date, datetime, timedelta
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counting.weeks import Period, monday


@given(st.floats(1.7e9, 2e9), st.integers(1, 51))
def test_a_period_is_of_whole_weeks_that_are_over(now, weeks):
    """A period begins on a Monday and ends, weeks later, on the last Sunday before the moment."""
    period = Period.before(now, weeks)
    first = date(1970, 1, 1) + timedelta(days=period.first)
    last = first + timedelta(days=7 * weeks - 1)
    today = datetime.fromtimestamp(now, UTC).date()
    assert str(period) == f"{first} to {last}"
    assert (first.isoweekday(), last.isoweekday()) == (1, 7)
    assert timedelta(0) < today - last <= timedelta(days=7)
    assert monday(now) not in period
    assert period.first + 7 * weeks == monday(now)


def noise(weeks):
    """The exact odds of the noise that many weeks add up to."""
    one = {0: 1 - exp(-0.5)}
    for k in range(1, 45):
        one[k] = one[-k] = exp(-k) * (exp(0.5) - exp(-0.5)) / 2
    total = {0: 1.0}
    for _ in range(weeks):
        longer = dict.fromkeys(range(-120, 121), 0.0)
        for known, odds in total.items():
            for k, share in one.items():
                if -120 <= known + k <= 120:
                    longer[known + k] += odds * share
        total = longer
    return total


@pytest.mark.parametrize("weeks", [1, 8, 12, 13, 51])
def test_noise_stays_within_what_is_promised(weeks):
    """19 of 20 sums lie within the margin that is told, and noise alone is hardly ever shown."""
    period, odds = Period(0, weeks), noise(weeks)
    assert period.floor >= 20
    near = sum(share for k, share in odds.items() if abs(k) + 5 <= period.margin)
    alone = sum(share for k, share in odds.items() if k >= period.floor)
    assert near >= 0.95
    assert alone * 780 < 1 / 50


def test_the_floor_of_two_months_is_twenty():
    """Up to eight weeks the floor is the least that is allowed; more of them need a higher one."""
    assert [Period(0, weeks).floor for weeks in (1, 8, 9, 12, 52)] == [20, 20, 30, 30, 60]
