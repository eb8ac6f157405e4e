"""Letters that do not belong: strangers to an alphabet, look-alikes, wrong apostrophes."""

from collections.abc import Iterator, Mapping
from unicodedata import is_normalized, name

from bot.errors import CatalogueError
from bot.language.uzbek import Spelling, normal_signs

_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_ALPHABETS: Mapping[str, frozenset[str]] = {
    "ru": _RUSSIAN,
    "kk": _RUSSIAN | set("әғқңөұүһі"),
    "ky": _RUSSIAN | set("ңөү"),
    "tg": _RUSSIAN | set("ғӣқӯҳҷ"),
    "uz": frozenset("abdefghijklmnopqrstuvxyzʻʼ"),
}
"""Russian letters are at home in all Cyrillic ones: names and loans keep them."""

_LOOK_ALIKE = frozenset("abceəhikmnoptxy")
_SIGNS = frozenset("‘’'`´ʹ′")


def strangers(
    language: str, english: str, translation: str, spelling: Spelling
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the letters of a translation, and what may mend it.

    A word that stands in the English just so, such as the number of an act, is right; of Latin
    ones in Uzbek the exceptions decide, since Cyrillic is made of them.
    """
    if not is_normalized("NFC", translation):
        yield "letters are written in two parts", "save the text in the form NFC"
    known = set(spelling.words(english))
    for word in spelling.words(translation):
        if language != "uz":
            yield from () if word in known else _in_cyrillic(language, word)
        elif word not in known or any(map(_is_latin, word)):
            yield from _in_uzbek(word)
    if language == "uz":
        for sign in sorted(_SIGNS & set(spelling.rest(translation))):
            yield f"{_named(sign)} stands alone", "for quotes write “ ” or « »"
        try:
            spelling.to_cyrillic(translation)
        except CatalogueError:
            yield "has no safe Cyrillic form", "put a space around links, names and numbers"


def _in_cyrillic(language: str, word: str) -> Iterator[tuple[str, str]]:
    latin = [letter for letter in word if _is_latin(letter)]
    if len(latin) == len(word):
        if _LOOK_ALIKE.issuperset(word.lower()):
            yield f'"{word}" is written in Latin letters', "type it again in Cyrillic"
        return
    for letter in dict.fromkeys(latin):
        yield f'Latin "{letter}" in the word "{word}"', "type the word again in Cyrillic"
    for letter in dict.fromkeys(word):
        if letter.isalpha() and letter not in latin and letter.lower() not in _ALPHABETS[language]:
            yield f'"{letter}" in "{word}" is not a letter of {language}', "type the word again"


def _in_uzbek(word: str) -> Iterator[tuple[str, str]]:
    mended = normal_signs(word)
    for wrong, right in zip(word, mended, strict=True):
        if wrong != right:
            yield f'{_named(wrong)} in "{word}"', f'write "{mended}"'
    for letter in dict.fromkeys(mended.lower().replace("ch", "")):
        if letter not in _ALPHABETS["uz"]:
            hint = "mend it, or list the word under latin in uz_Cyrl.exceptions.yaml"
            yield f'"{letter}" in "{word}" is not a letter of uz', hint


def _is_latin(letter: str) -> bool:
    return name(letter, "").startswith("LATIN")


def _named(sign: str) -> str:
    return f"the sign {sign} (U+{ord(sign):04X})"
