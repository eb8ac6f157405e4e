"""Native letters, missing letters and Latin typing meet in one form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.normalise import in_cyrillic, words

LETTERS = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһіӣӯҳҷўəabcdefghijklmnopqrstuvwxyzʻʼ‘’'`´ōõöşçğıñü"
)


@pytest.mark.parametrize(
    "spellings",
    [
        ("күйеуім ұрады", "куйеуим урады", "kuieuim uradi", "КҮЙЕУІМ  ҰРАДЫ!"),
        ("əділетсіз", "әділетсіз", "адилетсиз"),
        ("Қазақша", "казакша", "qazaqsha", "kazaksha"),
        ("Кыргызча", "kyrgyzcha", "КЫРГЫЗЧА"),
        ("бүгүн", "бугун", "bugun"),
        ("күйөөм", "куйоом", "куйом"),
        ("Қонуни", "Конуни", "Qonuni"),
        ("навбатӣ", "навбати", "навбатй"),
        ("oʻzbek", "oʼzbek", "o‘zbek", "o’zbek", "o'zbek", "o`zbek", "o´zbek", "ozbek", "ўзбек"),
        ("gʻamxoʻrlik", "g'amxo'rlik", "gamxorlik"),
        ("ōzbek", "özbek", "õzbek", "oʻzbek"),
        ("şahar", "shahar", "шаҳар", "шахар"),
        ("İSTANBUL", "istanbul", "ıstanbul"),
        ("помогите", "помогитеее", "pomogite", "ПОМОГИТЕ"),
        ("муж бьёт", "муж бьот"),
        ("һат", "хат", "ҳат", "khat", "xat"),
        ("конституция", "konstitutsiya", "konstituciya"),
        ("таҷик", "таджик", "tajik"),
        ("ғашық", "гашык", "ghashyq", "ğaşıq"),
    ],
)
def test_spellings_of_one_word_meet(spellings):
    """However one word is spelt on the keyboards people have, it gets one plain form."""
    assert len({words(one) for one in spellings}) == 1, {one: words(one) for one in spellings}


@pytest.mark.parametrize(
    ("one", "other"),
    [("102", "1002"), ("11", "1"), ("danger", "start"), ("иә", "жоқ"), ("ха", "не"), ("1 0", "10")],
)
def test_what_differs_stays_apart(one, other):
    """Digits are never squeezed, and different words do not meet."""
    assert words(one) != words(other)


@given(st.text(alphabet=LETTERS + " 0123456789!?-_\u200b\ufe0f\u0307", max_size=60))
def test_what_is_plain_stays_plain(text):
    """Normalising the skeleton again changes nothing."""
    once = words(text)
    assert words(" ".join(once)) == once


@given(st.text(max_size=60))
def test_any_text_has_a_plain_form(text):
    """Any text at all is normalised without an error into words without blanks between."""
    assert all(word and " " not in word for word in words(text))


@given(st.text(alphabet=LETTERS, max_size=30))
def test_composition_and_case_make_no_difference(text):
    """Composed and decomposed letters, capitals and small ones, have one plain form."""
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))
    assert words(text.upper().lower()) == words(text.lower())


@pytest.mark.parametrize("hidden", ["\u200b", "\u200c", "\u200d", "\ufe0f"])
def test_invisible_signs_are_no_letters(hidden):
    """Zero-width signs inside a word do not hide it."""
    assert words(f"по{hidden}мощь") == words("помощь")


def test_emoji_and_signs_are_no_words():
    """What is no letter and no digit is left out."""
    assert words("🆘 !!! — … <>&") == ()
    assert words("🆘 SOS!") == ("sos",)


def test_a_script_is_told_by_any_letter():
    """A text with one Cyrillic letter is Cyrillic; digits and signs are neither."""
    assert in_cyrillic("Ўзбекча")
    assert in_cyrillic("mаktab")
    assert not in_cyrillic("Oʻzbekcha 112 — é")
