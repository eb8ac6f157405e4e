"""Truths about messages in which words of several languages look alike."""

import pytest

from bot.understanding.disclosures import Disclosures
from tests.understanding.disclosures.kit import lexicon, words


def one(language, **concepts):
    return words(language=language, endings={}, negative=[], concepts=concepts)


def found(text, *languages, **common):
    made = Disclosures(lexicon(*languages, **common))
    return {(said.rpartition("(")[2][:-1], concept) for concept, said in made.explain(text).signs}


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("мени күнде", {"kk", "ky", "ru"}),
        ("мени әр", {"kk", "ru"}),
        ("мени қачон", {"kk", "tg", "uz", "ru"}),
        ("мени ҷо", {"tg", "ru"}),
        ("мени ўша", {"uz", "ru"}),
        ("мени", {"kk", "ky", "tg", "uz", "ru"}),
        ("meni", {"kk", "ky", "tg", "uz", "ru", "en"}),
        ("мени әҷ", {"kk", "ky", "tg", "uz", "ru"}),
    ],
)
def test_letters_tell_which_languages_a_message_is_not_in(text, heard):
    """Letters of one language silence those that lack them; Cyrillic words are never English."""
    each = [one(language, me=["meni"]) for language in ("kk", "ky", "tg", "uz", "ru", "en")]
    assert {language for language, _ in found(text, *each)} == heard


def test_a_language_that_knows_few_words_is_heard_by_chance():
    """Where one language knows most words, another that knows one of them is not believed."""
    tg = one("tg", me=["ман", "чи", "кор"], hit=["зад"])
    kk = one("kk", hit=["кунам"])
    assert found("кунам", tg, kk) == {("kk", "hit")}
    assert found("чи кор кунам ман", tg, kk) == {("tg", "me")}


def test_w_is_sh_only_where_the_word_is_unknown_otherwise():
    """Young Uzbeks write w for sh; "law" stays "law"."""
    uz = one("uz", hit=["lash*", "urish*"], me=["meni"])
    en = one("en", law=["law"])
    assert found("meni uriwdan", uz, en) == {("uz", "me"), ("uz", "hit")}
    assert found("law", uz, en) == {("en", "law")}
