"""Which language comes first, for whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.tongues import CHAIN, LANGUAGES, NAMES, chooser, first_language, for_country

KK = ("kk", ("kk", "ru"))
KY = ("ky", ("ky", "ru"))
TG = ("tg", ("tg", "ru"))
UZ = ("uz", ("uz", "uz_Cyrl", "ru"))
CYRL = ("uz_Cyrl", ("uz_Cyrl", "uz"))
RU = ("ru", ("ru",))
FA = ("en", ("tg", "en", "ru"))
TR = ("en", ("uz", "kk", "ky", "ru"))
EN = ("en", ("en",))
TABLE: dict[str | None, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(("kk", "kk-KZ", "kk-Latn", "KK_cyrl"), KK),
    **dict.fromkeys(("ky", "ky-KG"), KY),
    **dict.fromkeys(("tg", "tg-Cyrl-TJ"), TG),
    **dict.fromkeys(("uz", "uz-Latn", "uz-UZ", "uz_Latn_UZ", "UZ"), UZ),
    **dict.fromkeys(("uz-Cyrl", "uz_Cyrl", "UZ-CYRL-uz", "uz_cyrl_UZ"), CYRL),
    "kaa": ("uz", ("uz", "ru", "kk")),
    **dict.fromkeys(("ru", "ru-KZ", "be", "uk", "tk", "az", "hy", "ka", "tt", "ba"), RU),
    **dict.fromkeys(("fa", "fa-AF", "prs", "ps"), FA),
    **dict.fromkeys(("tr", "ug", "ug-Arab"), TR),
    **dict.fromkeys((None, "", "-", "_", "en", "en-GB", "de", "pt-br", "kkk", "x" * 999), EN),
}


@pytest.mark.parametrize(("code", "row"), TABLE.items())
def test_the_first_screen_speaks_as_the_table_says(code, row):
    """A tag picks the first screen's language, whatever its case, region or separator."""
    assert first_language(code) == row[0]


@pytest.mark.parametrize(("code", "row"), TABLE.items())
def test_the_chooser_leads_with_the_likely_ones(code, row):
    """The likely languages lead the chooser in the order of the table, and none is left out."""
    order = chooser(code)
    assert order[: len(row[1])] == row[1]
    assert sorted(order) == sorted(LANGUAGES)


OFFERED = st.lists(st.sampled_from(LANGUAGES), unique=True, min_size=1).map(tuple)


@given(st.none() | st.text(), OFFERED)
def test_no_tag_ever_fails(code, offered):
    """Any text at all gives an offered language and a chooser of exactly the offered ones."""
    assert first_language(code, offered) in offered
    assert sorted(chooser(code, offered)) == sorted(offered)


@given(st.none() | st.text(), st.sampled_from(LANGUAGES), OFFERED)
def test_no_country_ever_fails(country, language, offered):
    """Any country gives each offered language once."""
    assert sorted(for_country(country, language, offered)) == sorted(offered)


@pytest.mark.parametrize(
    ("country", "own"),
    [
        ("kz", ("kk", "ru")),
        ("KG", ("ky", "ru", "uz")),
        ("tj", ("tg", "ru", "uz")),
        ("uz", ("uz", "uz_Cyrl", "ru", "tg")),
    ],
)
def test_a_country_brings_its_languages_then_ours_then_the_rest(country, own):
    """The country's languages lead, the present language follows, nothing is lost."""
    order = for_country(country, "en")
    assert order[: len(own) + 1] == (*own, "en")
    assert sorted(order) == sorted(LANGUAGES)


def test_what_is_not_offered_is_replaced_along_the_chain():
    """Where Kazakh is not offered a Kazakh phone gets Russian, and English when nothing is."""
    assert first_language("kk", ("en", "ru")) == "ru"
    assert first_language("kk", ("tg",)) == "tg"
    assert first_language("kk", ()) == "en"


def test_every_language_has_a_name_and_a_chain():
    """Each language names itself, and each chain ends in the source language."""
    assert set(NAMES) == set(CHAIN) == set(LANGUAGES)
    assert all(chain[-1] == "en" for language, chain in CHAIN.items() if language != "en")
