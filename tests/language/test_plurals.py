"""Which form goes with which number."""

from gettext import c2py

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.plurals import PLURAL_FORMS, form_count, plural_form
from bot.language.tongues import LANGUAGES


@pytest.mark.parametrize(
    ("form", "values"),
    [
        (0, (1, 21, 31, 101, 1001)),
        (1, (2, 3, 4, 22, 34, 102)),
        (2, (0, 5, 9, 10, 11, 12, 13, 14, 15, 20, 25, 100, 111, 112, 114)),
    ],
)
def test_russian_has_three_forms(form, values):
    """Russian counts 1 and 21 alike, 2 to 4 alike, and 11 to 14 with the many."""
    assert {plural_form("ru", n) for n in values} == {form}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "ru"])
def test_the_others_have_two_forms(language):
    """Every other language has one form for one and one for all else."""
    assert [plural_form(language, n) for n in (0, 1, 2, 5, 11, 21)] == [1, 0, 1, 1, 1, 1]


@given(st.sampled_from(LANGUAGES), st.integers(0, 10**6))
def test_the_header_says_what_we_do(language, n):
    """The rule we follow is the rule that the header of each catalogue declares."""
    count, rule = PLURAL_FORMS[language].removesuffix(";").split("; plural=")
    assert plural_form(language, n) == int(c2py(rule)(n))
    assert form_count(language) == int(count.removeprefix("nplurals="))
