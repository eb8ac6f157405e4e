"""Proper names in the reader's language and letters, and how a foreign one sounds in Latin."""

from collections.abc import Mapping
from typing import Final

from bot.errors import CatalogueError
from bot.language.uzbek import Spelling

_STAND_INS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("en",),
    "ru": ("ru",),
    "kk": ("kk", "ru"),
    "ky": ("ky", "ru"),
    "tg": ("tg", "ru"),
    "uz": ("uz", "en"),
    "uz_Cyrl": ("uz_Cyrl", "ru"),
}
"""Whose name a reader is shown, the nearest first; after these whatever there is."""

_LATIN: Final = str.maketrans(
    {
        "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "gh", "д": "d", "е": "e",
        "ё": "yo", "ж": "zh", "ҷ": "j", "з": "z", "и": "i", "й": "y", "ӣ": "i", "і": "i",
        "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "ng", "о": "o", "ө": "o",
        "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ӯ": "u", "ў": "o",
        "ф": "f", "х": "kh", "ҳ": "h", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
        "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    }
)  # fmt: skip


def name_for(language: str, spelt: Mapping[str, str], spelling: Spelling) -> str:
    """Pick the name for a reader of `language`: her own, a neighbour's, or any there is.

    Uzbek in Cyrillic letters is made from Uzbek in Latin ones where it is not written out.
    """
    if language == "uz_Cyrl" and "uz" in spelt and "uz_Cyrl" not in spelt:
        try:
            return spelling.to_cyrillic(spelt["uz"])
        except CatalogueError:
            return spelt["uz"]
    for one in _STAND_INS[language]:
        if one in spelt:
            return spelt[one]
    return next(iter(spelt.values()))


def in_latin(name: str) -> str:
    """Write a Cyrillic name as it sounds, for readers of Latin letters; not for writing it back."""
    return "".join(_sounding(letter) for letter in name)


def _sounding(letter: str) -> str:
    low = letter.lower().translate(_LATIN)
    return low if letter == letter.lower() else low.capitalize()
