"""Truths about how many readers are told."""

from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.estimate import reach, reaches


@given(st.integers(0, 10**8))
def test_few_are_hidden_and_many_are_rounded(readers):
    """Below 20 nothing is told; else tens, never more than there are."""
    told = reach(readers)
    assert (told is None) == (readers < 20)
    assert told is None or (told % 10 == 0 and readers - 10 < told <= readers)


def test_languages_come_with_the_most_read_first():
    """A language with few readers is named, without their number."""
    told = reaches({"kk": 7, "ru": 245, "ky": 1001})
    assert [*told.items()] == [("ky", 1000), ("ru", 240), ("kk", None)]
