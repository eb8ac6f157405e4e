"""Truths about how a campaign went out: no time is told in which few got it, and nothing is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.audience import LEAST
from bot.campaigns.headway import QUARTER, Stretch, merged, quarter, told

COUNTED = st.dictionaries(st.integers(0, 100), st.integers(0, 70), max_size=30).map(
    lambda counts: [Stretch(at, at, sent) for at, sent in counts.items()]
)
PAUSES = st.lists(st.builds(lambda at: Stretch(at, at + 3, paused=True), st.integers(0, 90)))


@given(COUNTED, PAUSES)
def test_no_few_stand_alone_and_nobody_is_lost(counted, pauses):
    """Each stretch holds at least twenty, in order and apart, and all together as many as there were."""
    found = merged([*counted, *pauses])
    assert all(one.sent >= LEAST and not one.paused for one in found)
    assert all(one.last < other.first for one, other in pairwise(found))
    many = sum(one.sent for one in counted)
    assert sum(one.sent for one in found) == (many if many >= LEAST else 0)
    assert merged(found) == found


@given(COUNTED, PAUSES)
def test_what_is_shown_is_round(counted, pauses):
    """Every sum from the beginning on is a whole ten, at most the truth and less than ten below it."""
    shown = told([*counted, *pauses])
    assert sorted(one for one in shown if one.paused) == sorted(pauses)
    sums = exact = 0
    for one, whole in zip([one for one in shown if not one.paused], merged(counted), strict=True):
        assert (one.first, one.last) == (whole.first, whole.last)
        sums, exact = sums + one.sent, exact + whole.sent
        assert sums % 10 == 0
        assert 0 <= exact - sums < 10


def test_a_few_join_whoever_is_nearest():
    """Those who were awake late stand with the evening, not with the morning after."""
    evening, late, morning = Stretch(80, 80, 500), Stretch(82, 82, 3), Stretch(132, 132, 400)
    assert merged([evening, late, morning]) == (Stretch(80, 82, 503), morning)
    assert merged([evening, Stretch(131, 131, 3), morning]) == (evening, Stretch(131, 132, 403))
    assert merged([late]) == ()


def test_a_quarter_is_fifteen_minutes():
    """The first second of a quarter belongs to it, the last of the one before does not."""
    assert [quarter(at) for at in (QUARTER - 0.5, QUARTER, 2 * QUARTER - 1)] == [0, 1, 1]
    assert (Stretch(1, 2).begins, Stretch(1, 2).ends) == (900, 2700)
