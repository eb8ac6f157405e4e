"""One plain form in which native letters, missing letters and Latin typing meet.

The table and the order of steps follow the language notes of the project ("Normalisation"):
NFC, lower case, apostrophes, then a letter-by-letter skeleton with double letters made single.
"""

import re
import unicodedata

_SKELETON = str.maketrans(
    {
        **dict.fromkeys("аәə", "a"), "б": "b", **dict.fromkeys("вw", "v"),
        **dict.fromkeys("гғğǵ", "g"), "д": "d", **dict.fromkeys("еэ", "e"), "ё": "o",
        **dict.fromkeys("ийіӣыyýıїí", "i"), **dict.fromkeys("уұүüúū", "u"), "ф": "f",
        **dict.fromkeys("кқqќ", "k"), "л": "l", "м": "m", **dict.fromkeys("нңñńњ", "n"),
        **dict.fromkeys("оөўӯöõōѳєó", "o"), "п": "p", "р": "r", "с": "s", "т": "t",
        **dict.fromkeys("шщş", "s"), **dict.fromkeys("чç", "c"), **dict.fromkeys("жҷ", "j"),
        "з": "z", **dict.fromkeys("хҳһx", "h"), "ц": "c", "ю": "iu", "я": "ia", "ä": "a", "á": "a",
        **dict.fromkeys("ъьʻʼ‘’'`´ʹ′\u0307\u200b\u200c\u200d\ufe0f", None),
    }
)  # fmt: skip
_LOOSE = str.maketrans("oj", "uc")
_PAIRS = re.compile("sh|ch|zh|gh|kh|dj|ts|ye|yo|yu|ya")
_PAIR = {
    "sh": "s", "ch": "c", "zh": "j", "gh": "g", "kh": "h", "dj": "j", "ts": "c",
    "ye": "e", "yo": "o", "yu": "iu", "ya": "ia",
}  # fmt: skip
_REPEATED = re.compile(r"([^\W\d])(?=\1)")
"""A letter before the same letter."""
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """Break `text` into skeleton words, in order; digits stay as they are.

    "Күйеуім" and "kuieuim", "Тоҷикӣ" and "tochiki"-like spellings come close to one form;
    exact meaning is for rules that look at native letters.
    """
    return tuple(_WORD.findall(skeleton(text)))


def skeleton(text: str) -> str:
    """Write `text` in the letters of the skeleton; what stands between words stays in place."""
    lowered = unicodedata.normalize("NFC", text).lower()
    latin = _PAIRS.sub(lambda pair: _PAIR[pair[0]], lowered).translate(_SKELETON)
    earlier = ""
    while latin != earlier:  # what was dropped or squeezed may bring the letters of a pair together
        earlier, latin = latin, _PAIRS.sub(lambda pair: _PAIR[pair[0]], _REPEATED.sub("", latin))
    return latin


def in_cyrillic(text: str) -> bool:
    """Tell whether any letter of `text` is Cyrillic: what two spellings of one name differ in."""
    return any("\u0400" <= letter <= "\u04ff" for letter in text)


def loose_words(text: str) -> tuple[str, ...]:
    """Break `text` into words in which still more spellings meet: for a second try only.

    On a Russian keyboard ӯ and ў become у, ҷ becomes ч and ё becomes е; in Latin letters they are
    o, j and yo. So o and u, j and c, yo and e are one here, and words that are not the same may
    meet too.
    """
    bare = unicodedata.normalize("NFC", text).lower().replace("ё", "е").replace("yo", "e")
    return tuple(_REPEATED.sub("", word.translate(_LOOSE)) for word in words(bare))
