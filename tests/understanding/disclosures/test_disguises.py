"""Truths about letters: however a message is typed, it is the same message."""

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.disclosures import Understood
from bot.understanding.disclosures.reading import MOST_LETTERS, cleaned, read
from tests.understanding.disclosures.test_shipped import PHRASES

DISCLOSED = [phrase.text for phrase in PHRASES if phrase.labels]
UNSEEN = "\u200b\u200c\u200d\u2060\u00ad\ufeff\ufe0f\u0301"
LOOKALIKE = str.maketrans("аеоАВЕКМНОРСТХсрху", "aeoABEKMHOPCTXcpxy")
LOOKALIKE_LATIN = str.maketrans("aeocpxyABEKMHOPCTXY", "аеосрхуАВЕКМНОРСТХУ")

phrases = st.sampled_from(DISCLOSED)


@pytest.fixture(scope="module")
def uncollected():
    """Measure without Python's collector, which walks through all that other tests have left."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def same(disclosures, typed, text):
    assert disclosures.understand(typed).labels == disclosures.understand(text).labels, typed


@given(text=st.text(max_size=300) | st.text("ауырдды мені ұрадыҚ' ʻ.!?\n4w0", max_size=300))
def test_any_text_can_be_read(disclosures, text):
    """Nothing that can be typed raises, and what comes back is always sound."""
    found = disclosures.understand(text)
    assert not (found.asks and found.labels)
    for word in read(text):
        assert word.forms or word.number is not None


@given(text=st.text("аәёйўҲӢ «Щ—!?.,07_\n") | st.text("aBzW !?.,07_\n"))
def test_clean_letters_are_read_alike_in_any_company(text):
    """A text of one alphabet, which is cleaned the short way, reads as beside an odd letter."""
    assert cleaned(text) == cleaned(f"{text}\u0149").removesuffix("ʼn")


@given(text=phrases, data=st.data())
def test_letters_that_cannot_be_seen(disclosures, text, data):
    """Zero-width letters and accents between the others change nothing."""
    at = data.draw(st.lists(st.integers(0, len(text)), max_size=12))
    for place in sorted(at, reverse=True):
        text_ = text[:place] + data.draw(st.sampled_from(UNSEEN)) + text[place:]
        same(disclosures, text_, text)


@given(text=phrases, data=st.data())
def test_letters_that_only_look_right(disclosures, text, data):
    """Letters of the other alphabet that look the same change nothing."""
    table = data.draw(st.sampled_from([LOOKALIKE, LOOKALIKE_LATIN]))
    words = text.split(" ")
    typed = []
    for word in words:
        swapped = word.translate(table)
        kept = any(a == b and a.isalpha() for a, b in zip(word, swapped, strict=True))
        some = [a if data.draw(st.booleans()) else b for a, b in zip(word, swapped, strict=True)]
        sure = sum(a == b and a.isalpha() for a, b in zip(word, swapped, strict=True))
        typed.append("".join(some) if kept and sure * 2 > len(word) else word)
    same(disclosures, " ".join(typed), text)


@given(text=phrases, times=st.integers(2, 9), data=st.data())
def test_letters_that_are_drawn_out(disclosures, text, times, data):
    """A letter typed twice or many times is one letter."""
    at = data.draw(st.integers(0, len(text) - 1))
    if text[at].isalpha():
        same(disclosures, text[:at] + text[at] * times + text[at + 1 :], text)


@given(text=phrases)
def test_capital_letters(disclosures, text):
    """Shouting is the same message; ẞ and İ are none of our letters."""
    same(disclosures, text.upper(), text)


@given(text=phrases, around=st.sampled_from(["{}!!!", "😭😭 {} 💔", "«{}»", "   {}", "{}\n\n\n"]))
def test_what_stands_around(disclosures, text, around):
    """Signs, smileys and blanks around a message change nothing."""
    same(disclosures, around.format(text), text)


@pytest.mark.parametrize(
    "text", ["", " ", "😀😀😀", "…", "١٢٣", "مرحبا", "你好", "\x00", "ьъ", "''''"]
)
def test_what_says_nothing(disclosures, text):
    """Blanks, smileys and scripts we do not read mean nothing."""
    assert disclosures.understand(text) == Understood()


@settings(max_examples=20, deadline=None)
@given(text=phrases, joint=st.sampled_from(["", " ", "\n", ". "]))
def test_the_longest_message_takes_little_time(disclosures, uncollected, text, joint):
    """Whatever is repeated in 4,096 letters, it is read in a twentieth of a second and a bit."""
    long = (text + joint) * (MOST_LETTERS // (len(text) + len(joint)) + 2)
    disclosures.understand(text)
    start = time.process_time()
    disclosures.understand(long)
    assert time.process_time() - start < 0.25


@pytest.mark.parametrize(
    "unit", ["дады", "ұрдыдыды", "не ", "мені ұр ", "a b ", "аааа", "ды ды ", "1 2 ", "wї4"]
)
def test_hostile_repetition_takes_little_time(disclosures, uncollected, unit):
    """Texts made to be slow are not."""
    start = time.process_time()
    disclosures.understand(unit * MOST_LETTERS)
    assert time.process_time() - start < 0.25


def test_only_so_much_is_read(disclosures):
    """What stands behind the longest message Telegram sends is not read."""
    assert disclosures.understand("а " * MOST_LETTERS + "муж меня бьет").labels == ()
