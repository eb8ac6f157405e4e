"""Truths about pages of the library: what they state has a source, and easy words are easy."""

import pytest

from bot.content.load import ContentProblems
from tests.content.kit import BACK, LEAVE, home, linked, write

SOURCES = "sources:\n  who-2024: {by: WHO, title: A guide, date: '2024', confidence: high}\n"
SHOWN = home(
    "  where:", "    text: Here is where.", "    block: sources", f"    {BACK}"
).removeprefix(home())

OUT = "choices: [{id: back, text: Back, goto: start}, {id: out, text: Out, goto: leave}]"


@pytest.fixture
def told(found, tmp_path):
    """Say what is wrong with a page of these lines, beside a file of sources."""

    def look(*lines, sources=SOURCES, shown=SHOWN, ways=BACK):
        write(tmp_path)
        folder = tmp_path / "content" / "sources"
        folder.mkdir(exist_ok=True)
        (folder / "book.yaml").write_text(sources, "utf-8")
        return found(home=linked(*lines, ways) + shown)

    return look


def test_a_page_with_a_source_is_sound(told):
    """A page may say the same in easy words and name where it comes from."""
    page = ("text: [Title., It is so.]", "easy: It is so.", "sources: [who-2024]")
    assert told(*page, "sensitive: true", ways=OUT, shown=SHOWN + LEAVE) == []


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("text: [Title., In 72 hours.]", "easy: Soon.", "sources: [who-2025]"),
         "17:15: there is no source 'who-2025'"),
        (("text: [Title., In 72 hours.]", "easy: Soon."),
         "15:20: this states a figure, and the page names no source (add 'sources:')"),
        (("text: [Title., It holds.]", "law: {country: kz, act: Law 1, checked: 2026-11-01}"),
         "16:5: a page about the law names no source (add 'sources:')"),
        (("text: Title.", f"easy: {'word ' * 15}", "sources: [who-2024]"),
         "16:11: a sentence of 15 words is not easy (one idea in 10 words)"),
        (("text: Title.", "easy: So.", "sources: [who-2024]"),
         ("16:5: 'more' has easy words, and a screen that is not sensitive forgets the switch "
         "(add 'sensitive: true')")),
        (("text: Title.", "sources: [who-2024]",
          "law: {country: kz, act: Law 1, checked: 2020-01-01}"),
         "17:5: what 'more' tells of the law was good until 2020-07-02"),
    ],
)  # fmt: skip
def test_what_a_page_states_has_a_source(told, lines, said):
    """Figures and laws without source, unknown sources, old laws and long sentences are named."""
    assert any(one.startswith(f"flows/home.yaml:{said}") for one in told(*lines))


def test_a_source_that_nobody_names_is_named(told):
    """A source of no page is told at its id."""
    assert (
        "sources/book.yaml:2:3: no page, no quiz and no session names the source 'who-2024'"
        in told("text: Title.")
    )


def test_sources_must_be_seen(told):
    """Where pages have sources, one node shows them."""
    (said,) = told("text: Title.", "sources: [who-2024]", shown="")
    assert "no node says 'block: sources', so nobody can see where pages come from" in said


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (SOURCES.replace("high", "low"), "sources/book.yaml:2:65: 'low' is not known here"),
        (SOURCES.replace("title: A guide, ", ""), "sources/book.yaml:2:3: 'title' is missing"),
        ("- who", "sources/book.yaml:1:1: "),
    ],
)
def test_a_bad_source_is_told(told, sources, said):
    """What is too unsure to be stated, or incomplete, is named with its place."""
    with pytest.raises(ContentProblems, match=said):
        told("text: Title.", sources=sources)
