"""Truths about what is proved over the words of the content."""

from dataclasses import replace

import pytest

from tests.content.kit import BACK, BLOCKS, linked


def test_placeholders_are_filled(found, terms):
    """A placeholder must be one that the block of the node fills."""
    more = linked("text: Kept for {hours} h.", "block: note", BACK)
    assert found(home=more) == [
        "flows/home.yaml:15:11: nothing fills the placeholder {hours} (known here: none)"
    ]
    filling = replace(BLOCKS["note"], values=frozenset({"hours"}))
    assert found(replace(terms, blocks={**BLOCKS, "note": filling}), home=more) == []
    assert found(home=linked("text: Kept for {hours h.", BACK)) == [
        (
            "flows/home.yaml:15:11: a brace is not closed, or not opened "
            "(a placeholder is written {name})"
        )
    ]


MARKUP = {
    "<b>Hi": "<b> is not closed (add </b>)",
    "Hi</b>": "</b> closes what is not open",
    "<b><i>Hi</b></i>": "</b> closes what is not open",
    "<u>Hi</u>": 'this markup is not known: <u> (<b>, <i>, <code> or <a href="https://…">)',
    "1 < 2": 'this markup is not known: < 2 (<b>, <i>, <code> or <a href="https://…">)',
    '<a href="javascript:x">Hi</a>': 'this markup is not known: <a href="javascript:x"> '
    '(<b>, <i>, <code> or <a href="https://…">)',
}


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_known_and_balanced(found, text):
    """What Telegram would refuse, or what could mislead, is named."""
    assert found(home=linked(f"text: '{text}'", BACK)) == [f"flows/home.yaml:15:11: {MARKUP[text]}"]


def test_good_markup_passes(found):
    """The four kinds of markup may be nested and may link to the web and to a number."""
    text = '<b>Hi <i>you</i></b> <code>1</code> <a href="https://a.kz/b">x</a>'
    assert found(home=linked(f"text: '{text}'", BACK)) == []


def test_labels_hold_no_markup(found):
    """A button shows markup as signs."""
    assert found(home=linked("text: Hi.", BACK.replace("Back", "<b>Back</b>"))) == [
        "flows/home.yaml:16:32: no markup can stand here: <b> (write plain words)"
    ]


def test_stray_spaces_are_named(found):
    """Spaces nobody sees make two sources of one sentence."""
    more = linked('text: ["Hi. ", "One  two.", "Fine."]', BACK.replace("Back", '"Back "'))
    assert found(home=more) == [
        "flows/home.yaml:15:12: a space too many in 'Hi. '",
        "flows/home.yaml:15:20: a space too many in 'One  two.'",
        "flows/home.yaml:16:32: a space too many in 'Back '",
    ]


def test_words_that_hurt_are_not_said(found, terms):
    """The source and its translations avoid what the language notes advise against."""
    more = linked(f"text: {'x' * 100} victim", BACK)
    assert found(home=more) == [
        "flows/home.yaml:15:11: we do not say 'victim' (say: the person who went through it)"
    ]
    russian = replace(terms, translate=lambda _, text: "Жертвам" if text == "More" else text)
    assert found(russian, home=linked("text: Hi.", BACK)) == [
        (
            "flows/home.yaml:8:26: the translation into ru says 'жертвам' "
            "(say: the person who went through it)"
        )
    ]


def test_translations_keep_to_the_glossary(found, terms):
    """A thing under another name, and a Russian word in a Kazakh text, are told with their place."""
    said = {"kk": "Дәріхана", "ky": "Сот или"}
    other = replace(terms, languages=("kk", "ky"), translate=lambda language, _: said[language])
    told = found(other, home=linked("text: The court.", BACK))
    glossary = "(see content/lexicon/glossary.yaml)"
    assert (
        f"flows/home.yaml:15:11: the translation into kk has no word for 'court' {glossary}" in told
    )
    assert (
        f"flows/home.yaml:15:11: the translation into ky holds the Russian word 'или' {glossary}"
        in told
    )
