"""Truths about a round written down: it comes back as it was, and nothing else is taken for one."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.model import MOST_ASKED, Country
from bot.learning.draw import CHECKS, SEEDS
from bot.learning.round import AGES, WORDS, Round
from bot.learning.spelling import every_word

FULL = (1 << MOST_ASKED) - 1


@st.composite
def rounds(draw):
    asked = draw(st.integers(0, FULL))
    missed = draw(st.integers(0, FULL)) & asked
    return Round(
        draw(st.sampled_from(AGES)),
        draw(st.sampled_from(["", *get_args(Country)])),
        draw(st.integers(0, SEEDS - 1)),
        draw(st.integers(0, CHECKS - 1)),
        asked,
        missed,
        draw(st.integers(missed.bit_count(), asked.bit_count())),
        draw(st.booleans()),
        draw(st.integers(0, (1 << 15) - 1)),
    )


@given(rounds())
def test_a_round_comes_back_as_it_was(round_):
    """Whatever a round is, its words give the same round, and a button knows each of them."""
    words = round_.written()
    assert Round.read(words) == round_
    assert len(words) == WORDS
    assert {*words} <= {*every_word()}


@given(st.lists(st.one_of(st.text(max_size=3), st.sampled_from(every_word())), max_size=7))
def test_other_words_are_no_round_or_a_sound_one(words):
    """Words that nobody wrote are refused, or read as a round that can be written again."""
    found = Round.read(tuple(words))
    if found is not None:
        assert found.written() == tuple(words)
        assert found.missed & ~found.asked == 0
        assert found.number <= found.asked.bit_count()


@pytest.mark.parametrize("part", [{"picks": 1 << 15}, {"seed": SEEDS}, {"number": -1}])
def test_what_has_no_room_is_refused(part):
    """A value that would run into its neighbour is an error, never another round."""
    sound = {"age": 12, "country": "", "seed": 0, "check": 0, "asked": FULL}
    with pytest.raises(ValueError, match="Round"):
        Round(**{**sound, **part}).written()
