"""Truths about the words that tell the topic and the words we do not say."""

from typing import get_args

import pytest

from bot.content.lexicon import Lexicon, read_lexicon
from bot.content.model import Language


@pytest.fixture(scope="module")
def lexicon(request) -> Lexicon:
    words, problems = read_lexicon(request.config.rootpath / "content" / "lexicon")
    assert problems == []
    return words


TELLING = {
    "en": ["Domestic violence", "a VIOLENT man", "raped", "safe shelters"],
    "ru": ["Насилие", "домашнего насилия", "изнасилования", "пострадавшим"],
    "kk": ["тұрмыстық зорлық-зомбылық", "зорлаудан", "Баспана"],
    "ky": ["үй-бүлөлүк зомбулук", "зордуктоо", "ала качуу"],
    "tg": ["зӯроварӣ дар оила", "хушунат", "таҷовузи ҷинсӣ"],
    "uz": ["oilaviy zoʻravonlik", "oilaviy zo'ravonlik", "zo‘rlash", "jabrlanuvchi"],
    "uz_Cyrl": ["оилавий зўравонлик", "зўрлаш", "жабрланувчи"],
}


@pytest.mark.parametrize("language", TELLING)
def test_words_for_violence_are_found(lexicon, language):
    """In every language the topic is recognised, whatever the ending, case or apostrophe."""
    assert {language} <= set(lexicon.sensitive)
    for text in TELLING[language]:
        assert lexicon.tells(text), text


@pytest.mark.parametrize(
    "text",
    [
        "Hello. Here you will find useful information and phone numbers.",
        "Полезные номера", "Пайдалы нөмірлер", "Пайдалуу номерлер", "Рақамҳои муфид",
        "Foydali raqamlar", "Фойдали рақамлар", "drapes and grapes", "zoʻr, zoʻrgʻa", "зор, зорго",
    ],
)  # fmt: skip
def test_ordinary_words_are_not(lexicon, text):
    """Neutral sentences, and words that merely look alike, tell nothing."""
    assert lexicon.tells(text) is None


def test_every_language_has_both_lists(lexicon):
    """No language is left without protection."""
    languages = set(get_args(Language))
    assert set(lexicon.sensitive) == languages
    assert set(lexicon.avoid) == languages


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "If you are a victim"), ("ru", "Помощь жертвам"), ("kk", "құрбандарға"),
        ("ky", "курмандыктар"), ("tg", "номус"), ("uz", "oʻzi aybdor"), ("uz", "o'zi aybdor"),
        ("uz_Cyrl", "шарманда"), ("ru", "Это дело чести и честь семьи"), ("ru", "Киргизия"),
    ],
)  # fmt: skip
def test_words_we_do_not_say_are_found(lexicon, language, text):
    """The list of the language notes is applied, and says what to write instead."""
    found = lexicon.hurts(text, language)
    assert found is not None
    assert found[1]


def test_whole_words_are_whole(lexicon):
    """An entry with a full stop does not catch longer words, and languages do not mix."""
    assert lexicon.hurts("Честно говоря", "ru") is None
    assert lexicon.hurts("victim", "ru") is None


@pytest.mark.parametrize(
    ("english", "language", "text", "missed"),
    [
        ("A lawyer can help.", "ru", "Поможет адвокат.", None),
        ("A lawyer can help.", "ru", "Поможет специалист.", "lawyer"),
        ("Lawyers can help.", "kk", "Заңгерлер көмектеседі.", None),
        ("Ask a lawyer.", "uz_Cyrl", "Мутахассисдан сўранг.", None),
        ("Ask your lawyerly friend.", "tg", "Аз дӯстатон пурсед.", None),
        ("Protection orders last.", "uz", "Buyruq amal qiladi.", "protection order"),
    ],
)
def test_things_are_called_as_the_glossary_has_them(lexicon, english, language, text, missed):
    """A translation holds one of its language's words for a thing the English names."""
    assert lexicon.misses(english, text, language) == missed


def test_russian_words_in_other_languages_are_found(lexicon):
    """A Russian word left in a Kazakh text is seen; in a Russian one it is at home."""
    assert lexicon.strays("Қоңырау шалыңыз, если қиын болса.", "kk") == "если"
    assert lexicon.strays("Если трудно, позвоните.", "ru") is None
    assert lexicon.strays("Есть ли", "uz") is None
    assert lexicon.strays("Тамақтың есептелуі", "kk") is None


def test_a_broken_list_is_explained(tmp_path):
    """Lists are checked like any other content."""
    folder = tmp_path / "content" / "lexicon"
    folder.mkdir(parents=True)
    (folder / "sensitive.yaml").write_text("words: {enn: [rape]}\n")
    (folder / "glossary.yaml").write_text("terms: [{en: [court], tj: [суд]}]\n")
    (folder / "avoid.yaml").write_text("avoid:\n  - words: {en: [victim]}\n    wy: x\n")
    _, problems = read_lexicon(folder)
    assert [str(each) for each in problems] == [
        "content/lexicon/avoid.yaml:2:5: 'instead' is missing",
        "content/lexicon/avoid.yaml:2:5: 'why' is missing",
        "content/lexicon/avoid.yaml:3:5: unknown key 'wy' (did you mean 'why'?)",
        "content/lexicon/glossary.yaml:1:1: 'foreign' is missing",
        "content/lexicon/glossary.yaml:1:23: unknown key 'tj' (known: en, ru, kk, ky, tg, uz)",
        "content/lexicon/sensitive.yaml:1:9: 'enn' is not known here (did you mean 'en'?)",
    ]
