"""How names are spelt: exactly, in the skeleton, and in a key where most spellings of one meet."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.understanding.normalise import skeleton

_SIGNS: Final = "ъьʻʼ‘’'`´ʹ′\u0307\u200b\u200c\u200d\ufeff\ufe0f"
_KNOWN: Final = frozenset("ğǵıñńöōõóşśüúūäáýíç")
"""Latin letters with marks that the skeleton knows as letters of their own."""
_CARONS: Final = {"š": "sh", "ž": "zh", "č": "ch", "ŝ": "sh"}
WORD: Final = re.compile(r"[^\W_]+")
SPACE: Final = re.compile(r"(?:[^\w\n]|_)+")
"""What stands between words of one line."""
_SPOKEN_DIGIT: Final = re.compile(r"(?<=[^\W\d])[46]|[46](?=[^\W\d])")
_ABBREVIATED: Final = re.compile(r"\bр-н(?=\b|[аеу]\b)")
"""р-н is the one abbreviation with a hyphen in it: район."""
_NATIVE: Final = frozenset("әғқңөұүһіӣӯҳҷў")
_MEANT: Final = str.maketrans({"w": "sh", "ї": "ү", "њ": "ҳ", "љ": "ҷ"})
LOOSENING: Final = str.maketrans("ovj", "uuc")
"""Letters that are one in every key."""
_LOOSER: Final = re.compile("h|dz|sc|ng|i(?=[aeu])")
_LOOSENED: Final = {"h": "", "dz": "c", "sc": "s", "ng": "n", "i": ""}
_REPEATED: Final = re.compile(r"([^\W\d])\1+")
SHORT: Final = 4
"""A skeleton of so few letters is only loosened a little: "Хош" is not "Ош"."""


def _unmarked() -> dict[int, str | None]:
    """Map Latin letters with marks of languages that are not ours to bare ones: ŭ, ë, à."""
    bare: dict[int, str | None] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        if letter not in _KNOWN and base.isascii() and base.isalpha():
            bare[code] = _CARONS.get(letter, base)
    return bare


_PLAIN: Final = str.maketrans(
    {**dict.fromkeys(_SIGNS), **{chr(code): base for code, base in _unmarked().items()}, "ё": "е"}
)


def _once(found: re.Match[str]) -> str:
    return found[1]  # a template would be read anew at each call


class Word(NamedTuple):
    """A word as it was typed and in the skeleton.

    Attributes:
        plain: in small letters, its native letters kept, without apostrophes and soft signs.
        skeleton: the form in which native, missing and Latin letters meet.
        glued: whether a hyphen ties it to the word before or after it.
    """

    plain: str
    skeleton: str
    glued: bool = False


def plain(text: str) -> str:
    """Write `text` in small letters without apostrophes, soft signs and the dots of ё."""
    return unicodedata.normalize("NFC", text).lower().translate(_PLAIN)


def read_words(text: str) -> tuple[Word, ...]:
    """Break `text` into words; "6imkent" and "4irchiq" are read as they sound."""
    line = _ABBREVIATED.sub("район", plain(text))
    line = _SPOKEN_DIGIT.sub(lambda digit: "ч" if digit[0] == "4" else "ш", line)
    return tuple(
        Word(
            word[0],
            "".join(WORD.findall(skeleton(word[0]))),
            "-" in (line[word.start() - 1 : word.start()], line[word.end() : word.end() + 1]),
        )
        for word in WORD.finditer(line)
    )


def readings(text: str) -> Iterator[str]:
    """Give the text, and then what it may mean where letters stand for others.

    Young Uzbeks write w for sh; in old fonts ї, њ, љ are ү, ҳ, ҷ.
    """
    yield text
    meant = text.lower().translate(_MEANT)
    if meant != text.lower():
        yield meant


def is_marked(text: str) -> bool:
    """Tell whether `text` has letters that only a keyboard of our languages writes."""
    return not _NATIVE.isdisjoint(text)


def whole(bones: str) -> str:
    """Write the skeletons of several words as one, in one line or in each of many."""
    return _REPEATED.sub(_once, SPACE.sub("", bones))


def loosened(skeletons: str) -> str:
    """Let still more spellings meet, in one skeleton or in lines of them.

    o, u and v are one, and j and c; h and the i before a vowel are not written. Words that are
    not the same may meet too.
    """
    bare = _LOOSER.sub(lambda found: _LOOSENED[found[0]], skeletons.translate(LOOSENING))
    return _REPEATED.sub(_once, bare)


def key(bones: str, loose: str = "") -> str:
    """Give the key under which a name with this whole skeleton is found."""
    return bones.translate(LOOSENING) if len(bones) <= SHORT else loose or loosened(bones)


def merged(at: str) -> str:
    """Let a and o meet in a key: Uzbek and Tajik names have a in Russian where they have o."""
    return _REPEATED.sub(_once, at.replace("a", "u"))
