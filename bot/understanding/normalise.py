"""One plain form in which native letters, missing letters and Latin typing meet.

The table and the order of steps follow the language notes of the project ("Normalisation"):
NFC, lower case, apostrophes, then a letter-by-letter skeleton with double letters made single.
"""

import re
import unicodedata

_SKELETON = str.maketrans(
    {
        **dict.fromkeys("аәə", "a"), "б": "b", **dict.fromkeys("вw", "v"),
        **dict.fromkeys("гғğ", "g"), "д": "d", **dict.fromkeys("еэ", "e"), "ё": "o",
        **dict.fromkeys("ийіӣыyıїí", "i"), **dict.fromkeys("уұүüú", "u"), "ф": "f",
        **dict.fromkeys("кқqќ", "k"), "л": "l", "м": "m", **dict.fromkeys("нңñњ", "n"),
        **dict.fromkeys("оөўӯöõōѳєó", "o"), "п": "p", "р": "r", "с": "s", "т": "t",
        **dict.fromkeys("шщş", "s"), **dict.fromkeys("чç", "c"), **dict.fromkeys("жҷ", "j"),
        "з": "z", **dict.fromkeys("хҳһx", "h"), "ц": "c", "ю": "iu", "я": "ia", "ä": "a", "á": "a",
        **dict.fromkeys("ъьʻʼ‘’'`´ʹ′\u0307\u200b\u200c\u200d\ufe0f", None),
    }
)  # fmt: skip
_PAIRS = re.compile("sh|ch|zh|gh|kh|dj|ts|ye|yo|yu|ya")
_PAIR = {
    "sh": "s", "ch": "c", "zh": "j", "gh": "g", "kh": "h", "dj": "j", "ts": "c",
    "ye": "e", "yo": "o", "yu": "iu", "ya": "ia",
}  # fmt: skip
_REPEATED = re.compile(r"([^\W\d])\1+")
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """Break `text` into skeleton words, in order; digits stay as they are.

    "Күйеуім" and "kuieuim", "Тоҷикӣ" and "tochiki"-like spellings come close to one form;
    exact meaning is for rules that look at native letters.
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    latin = _PAIRS.sub(lambda pair: _PAIR[pair[0]], lowered).translate(_SKELETON)
    earlier = ""
    while latin != earlier:  # what was dropped or squeezed may bring the letters of a pair together
        earlier, latin = latin, _PAIRS.sub(lambda pair: _PAIR[pair[0]], _REPEATED.sub(r"\1", latin))
    return tuple(_WORD.findall(latin))


def in_cyrillic(text: str) -> bool:
    """Tell whether any letter of `text` is Cyrillic: what two spellings of one name differ in."""
    return any("\u0400" <= letter <= "\u04ff" for letter in text)


def plain(text: str) -> str:
    """Join the skeleton words of `text` with single spaces: the key for comparing phrases."""
    return " ".join(words(text))
