"""Truths about words that an author typed: what goes out is always what Telegram takes."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.wording import Mark, Wording
from tests.standin.entities import formatted, parse_html

KINDS = ("bold", "italic", "underline", "strikethrough", "text_link", "spoiler", "pre", "new kind")
HOSTILE = st.one_of(
    st.text(max_size=200),
    st.text("<>&\"'/abi=; \n", max_size=200),
    st.text(
        "ab\u200b\u200e\u202e\u2066\ufeff\ufe0f\u0301\u3164👩\u200d👧\0\t\r\u2028 ", max_size=200
    ),
    st.sampled_from(("<b>", "</b>", "<a href='x'>y</a>", "&lt;b&gt;", "x" * 10_000, "\n" * 10_000)),
)
MARKS = st.lists(
    st.builds(Mark, st.sampled_from(KINDS), st.integers(-9, 400), st.integers(-9, 20_000)),
    max_size=20,
)


@given(HOSTILE, MARKS)
def test_whatever_is_typed_reads_as_it_was_typed(typed, marks):
    """Telegram parses it, and reads in it the very text that was looked at: nothing else."""
    wording = Wording.of(typed, marks)
    text, entities = parse_html(wording.html)
    assert text == wording.text
    assert {one["type"] for one in entities} <= {"bold", "italic", "underline", "strikethrough"}
    if 0 < len(wording.text) <= 2_000:
        assert formatted(wording.html, "HTML", None)[0] == wording.text


@given(HOSTILE, MARKS)
def test_nothing_is_hidden_in_it(typed, marks):
    """No letter of it is invisible, turns the direction, or stacks accents over other lines."""
    text = Wording.of(typed, marks).text
    kinds = [unicodedata.category(sign) for sign in text if sign != "\n"]
    assert {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}.isdisjoint(kinds)
    assert "\n\n\n" not in text
    assert text == text.strip()
    accents = "".join("x" if unicodedata.combining(sign) else " " for sign in text)
    assert "xxx" not in accents


@given(st.text(min_size=1), MARKS)
def test_marks_change_no_letter(typed, marks):
    """However she sets them, the words are those she typed."""
    assert Wording.of(typed, marks).text == Wording.of(typed).text


def test_what_she_set_bold_is_bold():
    """Marks count UTF-16 units, so that an emoji before them moves nothing."""
    marks = [Mark("bold", 3, 5), Mark("italic", 6, 6)]
    wording = Wording.of("👋 Hello you & me", marks)
    assert wording.html == "👋 <b>Hel</b><b><i>lo</i></b><i> you</i> &amp; me"


def test_a_link_below_a_word_is_dropped():
    """Nothing but our own button leads anywhere."""
    assert Wording.of("Look here", [Mark("text_link", 5, 4)]).html == "Look here"


def test_tags_that_she_typed_are_read_as_letters():
    """Whoever types a tag has typed an angle bracket."""
    assert Wording.of("<b>x</b>").html == "&lt;b&gt;x&lt;/b&gt;"
    assert parse_html(Wording.of("<b>x</b>").html) == ("<b>x</b>", [])


def test_words_are_found_through_what_hides_them():
    """Accents, wide letters and letters that nobody sees do not hide a word of the list."""
    assert Wording.of("vi\u200bo\u034fl\u0301ｅnce").bare == "violence"
