"""Truths about counts of those who get news: small ones are hidden, and so is what would tell them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.audience import LEAST
from bot.campaigns.people import told

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 90))


@given(COUNTS)
def test_nothing_small_and_nothing_exact_is_told(counts):
    """What is told is a whole ten of at least so many, and never more than there are."""
    found = told(sum(counts.values()), {"way": counts}).by["way"]
    assert found.keys() == counts.keys()
    for kind, many in found.items():
        if many is not None:
            assert many >= LEAST
            assert many % 10 == 0
            assert 0 <= counts[kind] - many < 10


@given(COUNTS)
def test_no_count_is_hidden_alone(counts):
    """Beside a hidden count another one is hidden, or nothing is told at all."""
    found = told(sum(counts.values()), {"way": counts}).by["way"]
    hidden = [kind for kind, many in found.items() if many is None]
    assert len(hidden) != 1 or len(counts) == 1


@given(COUNTS)
def test_no_more_is_hidden_than_that(counts):
    """A count that is large enough is told, but for one that stands in for another."""
    found = told(sum(counts.values()), {"way": counts}).by["way"]
    large = [kind for kind, many in counts.items() if many >= LEAST and found[kind] is None]
    assert len(large) <= 1
