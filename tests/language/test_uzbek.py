"""Uzbek in two alphabets."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import CatalogueError
from bot.language.exceptions import FILE, Exceptions
from bot.language.marks import placeholders, tags
from bot.language.uzbek import Spelling, normal_signs

LOCALES = Path(__file__).parents[2] / "locales"
SPELLING = Spelling.load(LOCALES / FILE)

RULES = """
yoʻl йўл|yoʻq йўқ|Isʼhoq Исҳоқ|asʼhob асҳоб|shahar шаҳар|choy чой|oʻzbek ўзбек|gʻalaba ғалаба
yosh ёш|yuz юз|yaxshi яхши|ayol аёл|yer ер|yetti етти|ertak эртак|poeziya поэзия|kel кел
aeroport аэропорт|maʼno маъно|sanʼat санъат|maʼlumotlarimni маълумотларимни|militsiya милиция
reabilitatsiya реабилитация|ketsa кетса|aytsa айтса|jinsiy жинсий|xavf хавф|himoya ҳимоя
huquqiy ҳуқуқий|qoʻllab-quvvatlash қўллаб-қувватлаш|zoʻravonlik зўравонлик|boshpana бошпана
ekspertiza экспертиза|psixolog психолог|surat сурат|sana сана|IIB ИИБ|BMT БМТ
Yoʻl Йўл|YOʻL ЙЎЛ|Shahar Шаҳар|SHAHAR ШАҲАР|Oʻzbekiston Ўзбекистон|Gʻafur Ғафур|5-mart 5-март
"""
EXCEPTIONS = """
yanvar январь|fevral февраль|aprel апрель|iyun июнь|iyul июль|sentabr сентябрь|oktabr октябрь
noyabr ноябрь|dekabr декабрь|aksiya акция|konsert концерт|sirk цирк|funksiya функция|lisey лицей
dispanser диспансер|obyekt объект|subyekt субъект|obyektiv объектив|kalendar календарь
albom альбом|film фильм|parol пароль|rol роль|gospital госпиталь|avtomobil автомобиль
detal деталь|byudjet бюджет|intervyu интервью|syujet сюжет|moʻjiza мўъжиза|abzas абзац
Oktabr Октябрь|OKTABR ОКТЯБРЬ|aksiyada акцияда|oktabrgacha октябргача|filmlar фильмлар
liseyda лицейда|obyektlarni объектларни|sirka сирка
"""


def pairs(table):
    return [tuple(pair.split()) for line in table.split("\n") for pair in line.split("|") if pair]


@pytest.mark.parametrize(("latin", "cyrillic"), [*pairs(RULES), *pairs(EXCEPTIONS)])
def test_each_pair_of_the_tables_holds_both_ways(latin, cyrillic):
    """A word and its twin in the other alphabet give each other."""
    assert SPELLING.to_cyrillic(latin) == cyrillic
    assert SPELLING.to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("щука", "shuka"),
        ("сыр", "sir"),
        ("объём", "obʼyom"),
        ("цех", "sex"),
        ("аэрозоль", "aerozol"),
    ],
)
def test_russian_letters_have_a_latin_reading(cyrillic, latin):
    """Letters that only loans have are written in Latin by rule."""
    assert SPELLING.to_latin(cyrillic) == latin


@pytest.mark.parametrize("sign", list("ʻʼ‘’'`´ʹ′"))
def test_every_apostrophe_means_the_same(sign):
    """Whatever sign was typed, oʻ and gʻ get U+02BB and a break gets U+02BC."""
    assert normal_signs(f"o{sign}rtog{sign}im") == "oʻrtogʻim"
    assert normal_signs(f"ma{sign}no") == "maʼno"
    assert SPELLING.to_cyrillic(f"To{sign}g{sign}ri ma{sign}no") == "Тўғри маъно"


KEPT = [
    *("{name}", "%(n)d", "<b>", "</b>", '<a href="https://example.org/yordam?a=b">', "&amp;"),
    *("&#39;", "https://example.org/ayol", "t.me/yordam", "ayol@example.org", "@yordam"),
    *("/start", "#ayol", "+998", "1146", "24x7", "yordam.uz", "hujjat.pdf", "SMS", "PDF"),
    *("WhatsApp", "Telegram", "<code>sirli soʻz</code>"),
]


@pytest.mark.parametrize("token", KEPT)
def test_what_is_not_a_word_passes_untouched(token):
    """Placeholders, markup, links, commands, numbers and brands survive both directions."""
    text = f"Yordam {token} bor"
    assert SPELLING.to_cyrillic(text) == f"Ёрдам {token} бор"
    assert SPELLING.to_latin(SPELLING.to_cyrillic(text)) == text


def test_endings_after_what_is_kept_are_converted():
    """A brand keeps its letters and takes Cyrillic endings; a slot ends where its brace does."""
    assert SPELLING.to_cyrillic("SMSga Telegramda <b>ertaga</b> {n} ta") == (
        "SMSга Telegramда <b>эртага</b> {n} та"
    )


SYLLABLE = st.from_regex(
    r"\A(?:b|d|f|g|gʻ|h|j|k|l|m|n|p|q|r|s|sh|ch|t|v|x|y|z|sʼh)?(?:a|e|i|o|u|oʻ)(?:l|m|n|r|b|k|s|t)?\Z"
)
WORD = (
    st.lists(SYLLABLE, min_size=2, max_size=5).map("".join).filter(lambda word: "tsi" not in word)
)
CASED = st.tuples(WORD, st.sampled_from((str.lower, str.upper, str.capitalize))).map(
    lambda pair: pair[1](pair[0])
)


@given(st.lists(CASED | st.sampled_from(KEPT), min_size=1, max_size=8).map(" ".join))
def test_there_and_back_is_the_same(text):
    """Latin to Cyrillic to Latin gives the text again, whatever the words and capitals."""
    assert SPELLING.to_latin(SPELLING.to_cyrillic(text)) == text


@given(CASED)
def test_no_latin_letter_is_left(word):
    """A word of the Uzbek alphabet becomes Cyrillic to its last letter."""
    assert all("Ѐ" <= letter <= "ӿ" for letter in SPELLING.to_cyrillic(word))


@example("{<A}A>")
@given(st.text() | st.text("abеeoʻʼ'gsh <>{}&;.@/#5SMtu"))
def test_no_text_loses_a_slot_or_a_tag(text):
    """Any text is either refused or comes out with the placeholders and markup it had."""
    try:
        cyrillic = SPELLING.to_cyrillic(text)
    except CatalogueError:
        return
    assert placeholders(cyrillic) == placeholders(text)
    assert tags(cyrillic) == tags(text)


def test_what_cannot_be_told_apart_is_refused():
    """A word that would read as a protected name in Cyrillic is refused, not passed off as one."""
    with pytest.raises(CatalogueError, match="what must stay would change in 'Yosh'"):
        Spelling(Exceptions(latin=("Ёш",))).to_cyrillic("Yosh")


def test_without_exceptions_the_rules_still_work():
    """An empty list of exceptions leaves the bare rules."""
    bare = Spelling(Exceptions())
    assert bare.to_cyrillic("aksiya SMS militsiya") == "аксия СМС милитсия"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("words: [a]\n", "1:1: 'words' is not a key of this file, or not of its kind"),
        ("latin:\n  - SMS\n  - [PDF]\n", "3:5: must be a word"),
        ("- a\n", "1:1: must hold the keys words, ts_before and latin"),
        ("words: {a: б\n", "2:1: expected ',' or '}', but got '<stream end>'"),
    ],
)
def test_a_broken_list_names_its_line(tmp_path, text, problem):
    """A slip in the list of exceptions is reported with file, line and column."""
    path = tmp_path / "locales" / FILE
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    with pytest.raises(CatalogueError) as caught:
        Spelling.load(path)
    assert str(caught.value) == f"locales/{FILE}:{problem}"


def test_a_missing_list_is_said(tmp_path):
    """Without the file nothing is guessed."""
    with pytest.raises(CatalogueError, match="cannot be read"):
        Spelling.load(tmp_path / FILE)
