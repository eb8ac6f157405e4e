"""What is read quickly is what Babel reads, whatever stands in a file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CatalogueError
from bot.language import pofile
from bot.language.entries import entries, usual
from bot.language.tongues import TRANSLATED

OURS = Path(__file__).parents[2] / "locales"
SHIPPED = [(language, area) for language in TRANSLATED for area in pofile.areas(OURS, language)]
PARTS = (
    ("# review: drafted", "#: content/flows/cover.yaml:15", 'msgid "a"', 'msgstr "б"'),
    ("#, fuzzy", '#| msgid "z"', 'msgid "b"', 'msgstr "в"'),
    ('msgid ""', '"c "', '"\\"d"', 'msgstr ""', '"\\n\\t"', '"\\\\q"'),
    ('msgid "e"', 'msgid_plural "es"', 'msgstr[0] "{n}"', 'msgstr[1] ""'),
    ("# review: drafted", '#~ msgid "old"', '#~ msgstr ""', '#~ "стар"'),
)
"""Entries as they are written."""
SLIPS = (
    *('msgid "a"', 'msgid ""', "msgid a", 'msgid "a', 'msgctxt "a"', 'msgstr "б"', 'msgstr ""'),
    *('msgstr "б"  ', 'msgstr "\\q"', 'msgstr[1] "бы"', 'msgstr[2] ""', '"more "', "oops", "\r"),
    *("#,fuzzy", "# a note", "#~ msgid", '#~ msgid_plural "olds"', "", ""),
)
"""Lines that may stand anywhere."""


def of_babel(folder, language, area):
    """Every entry as the reader of everything gives it."""
    return [
        (pofile.ids(one), pofile.forms(one), one.fuzzy)
        for one in pofile.read(folder, language, area)
        if one.id
    ]


def said(read):
    """The entries, or what is said of a file that is refused."""
    try:
        return list(read())
    except CatalogueError as refused:
        return str(refused)


@pytest.mark.parametrize(("language", "area"), SHIPPED)
def test_every_catalogue_we_ship_is_read_in_one_stride(language, area):
    """No shipped file has to be read slowly, and none is read otherwise for being read quickly."""
    found = usual(pofile.po_path(OURS, language, area), language)
    assert found == of_babel(OURS, language, area)
    assert found or not of_babel(OURS, language, area)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("words") / "locales"
    pofile.po_path(made, "kk", "home").parent.mkdir(parents=True)
    return made


@given(
    parts=st.lists(st.sampled_from(PARTS), max_size=4),
    slips=st.lists(st.tuples(st.integers(0, 24), st.sampled_from(SLIPS)), max_size=2),
    forms=st.sampled_from(["nplurals=2", "nplurals=2", "nplurals=3", "nplurals=two"]),
)
def test_no_slip_is_read_otherwise(folder, parts, slips, forms):
    """A file that is not as we write it is refused in the same words, or says the same."""
    head = pofile.new_header("kk").rstrip("\n").replace("nplurals=2", forms)
    lines = [*head.split("\n"), *(line for part in parts for line in ("", *part)), ""]
    for at, slip in slips:
        lines.insert(len(lines) - 1 - at % len(lines), slip)
    pofile.po_path(folder, "kk", "home").write_text("\n".join(lines), "utf-8")
    wanted = said(lambda: of_babel(folder, "kk", "home"))
    assert said(lambda: entries(folder, "kk")) == wanted
