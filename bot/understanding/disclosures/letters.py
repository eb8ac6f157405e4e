"""One Latin form in which native letters, missing letters and Latin typing of a word meet.

It differs from `bot.understanding.normalise` where a stem and its ending meet: no two letters
become one there, so that a word still begins with its stem (ц is ts, я is ia).
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_KNOWN: Final = "ğǵıïíñńöōõóşśüúūýəäáç"
_LATIN: Final = {"w": "v", "y": "i", "q": "k", "x": "h"}


def _bare() -> dict[str, str]:
    """Map Latin letters with marks of languages that are not ours to bare ones: ŭ, ë, à."""
    found = {"š": "s", "ž": "j", "č": "c"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        if letter not in _KNOWN and base.isascii() and base.isalpha():
            found.setdefault(letter, _LATIN.get(base, base))
    return found


_TABLE: Final = str.maketrans(
    {
        **_bare(), **_LATIN,
        **dict.fromkeys("аәəäá", "a"), "б": "b", "в": "v", **dict.fromkeys("гғѓğǵ", "g"), "д": "d",
        **dict.fromkeys("еэ", "e"), "ё": "io", **dict.fromkeys("ийіӣыıїïíý", "i"),
        **dict.fromkeys("уұүüúū", "u"), "ф": "f", **dict.fromkeys("кқќ", "k"), "л": "l", "м": "m",
        **dict.fromkeys("нңñńњ", "n"), **dict.fromkeys("оөўӯöōõѳєó", "o"), "п": "p", "р": "r",
        **dict.fromkeys("сѕśş", "s"), "т": "t", **dict.fromkeys("шщ", "s"),
        **dict.fromkeys("чç", "c"), **dict.fromkeys("жҷљј", "j"), "з": "z",
        **dict.fromkeys("хҳһ", "h"), "ц": "ts", "ю": "iu", "я": "ia", **dict.fromkeys("ьъʼ"),
    }
)  # fmt: skip
_FIRST: Final = re.compile(r"\bie")
_REPEATED: Final = re.compile(r"([^\W\d])(?=\1)")
"""A letter before the same letter."""
_TWICE: Final = re.compile(r"(.)\1")
"""Anything before the same: quicker to look for, and most words have none."""
_UNWRITTEN: Final = re.compile("i(?=[aeu])")
_ASIDE: Final = frozenset("ёцьъ")
_SOFT: Final = re.compile("[ьъ](?=[еёюяиоэ])")


def skeleton(words: str) -> str:
    """Write small letters in those of the skeleton; what stands between words stays."""
    bones = words.translate(_TABLE)
    if "ie" in bones:
        bones = _FIRST.sub("e", bones)
    # One by one is quicker than one pattern; h may be what is left of kh, which is last therefore.
    bones = bones.replace("dj", "j").replace("sh", "s").replace("zh", "j").replace("ch", "c")
    return _single(bones.replace("gh", "g").replace("kh", "h"))


def loosened(skeletons: str) -> str:
    """Let more spellings meet, in one skeleton or in lines of them.

    o, u and v are one, and j and c; ng is n, and the i before a vowel is not written.
    """
    loose = skeletons.replace("o", "u").replace("v", "u").replace("j", "c")
    return _single(_UNWRITTEN.sub("", loose.replace("sc", "s").replace("ng", "n")))


def _single(letters: str) -> str:
    return _REPEATED.sub("", letters) if _TWICE.search(letters) else letters


def spellings(stems: Sequence[str]) -> list[tuple[str, ...]]:
    """Give for each stem the skeletons in which it is typed: ё is е too, ье is ie, ц is c."""
    bones = skeleton("\n".join(stems)).split("\n") if stems else []
    return [
        (bone,) if _ASIDE.isdisjoint(stem) else _spellings(stem)
        for stem, bone in zip(stems, bones, strict=True)
    ]


def _spellings(stem: str) -> tuple[str, ...]:
    each = {stem, stem.replace("ё", "е"), stem.replace("ц", "c")}
    each.update([_SOFT.sub("и", one) for one in each])
    return tuple(sorted({skeleton(one) for one in each}))
