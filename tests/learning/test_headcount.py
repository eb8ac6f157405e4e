"""Truths about who took part: counts stay possible, come back as they were, and are what is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counting.tally import Kind
from bot.learning.headcount import COLUMNS, GROUPS, MOST, SESSION, WORDS, Headcount
from bot.learning.spelling import every_word, spelt, unspelt

FIGURES = (-1, 1, 5)
doings = st.lists(st.one_of(st.sampled_from(FIGURES), st.sampled_from(["on", "back"])), max_size=80)


def counted(doings):
    headcount = Headcount()
    for one in doings:
        if isinstance(one, int):
            headcount = headcount.plus(one)
        else:
            headcount = headcount.moved(1 if one == "on" else -1)
    return headcount


@given(doings)
def test_no_count_is_impossible(doings):
    """Whatever is tapped, no group has fewer than nobody, and all together fit."""
    headcount = counted(doings)
    assert all(one >= 0 for one in headcount.counts)
    assert headcount.total <= MOST
    assert 0 <= headcount.at < len(GROUPS)


@given(doings)
def test_a_headcount_comes_back_as_it_was(doings):
    """Its words give the same headcount, and a button knows each of them."""
    headcount = counted(doings)
    words = headcount.written()
    assert Headcount.read(words) == headcount
    assert len(words) == WORDS
    assert {*words} <= {*every_word()}


def test_the_fullest_headcounts_come_back():
    """Everybody in the first group or in the last one has room in the words."""
    for at in (0, len(GROUPS) - 1):
        full = Headcount(at=at).plus(MOST)
        assert full.total == MOST
        assert Headcount.read(full.written()) == full


@given(st.lists(st.one_of(st.text(max_size=3), st.sampled_from(every_word())), max_size=7))
def test_other_words_are_no_headcount_or_a_sound_one(words):
    """Words that nobody wrote are refused, or read as a headcount that can be written again."""
    found = Headcount.read(tuple(words))
    if found is not None:
        assert found.written() == tuple(words)
        assert found.total <= MOST
        assert min(found.counts) >= 0


@given(doings)
def test_what_is_sent_is_what_was_counted(doings):
    """One session is counted, and each group with as many as its count says; no other cell."""
    headcount = counted(doings)
    first, *people = headcount.tallies("kg-osh-region")
    assert (first.column, first.many) == (SESSION, 1)
    sent = {one.column: one.many for one in people}
    assert sent == {g: n for g, n in zip(GROUPS, headcount.counts, strict=True) if n}
    assert {one.row for one in (first, *people)} == {"kg-osh-region"}
    assert {one.kind for one in (first, *people)} == {Kind.SESSION}
    assert {SESSION, *sent} <= {*COLUMNS}


@given(st.integers(0, 1024**5 - 1))
def test_a_number_comes_back_from_its_words(number):
    """A number is spelt and read again."""
    assert unspelt(spelt(number, 5)) == number


def test_a_number_without_room_is_refused():
    """A number that five words do not hold is an error, never another number."""
    with pytest.raises(ValueError, match="too few"):
        spelt(1024**5, 5)
