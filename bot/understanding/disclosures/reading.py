"""From a message to words, however its letters were typed or disguised."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from bot.understanding.disclosures.letters import loosened, skeleton

MOST_LETTERS: Final = 4096
"""Letters that are read of a message: what Telegram lets a person send at once."""
_LONGEST: Final = 48
"""Letters that are read of a word."""
_BREAK: Final = 3
"""Words that the end of a sentence adds to the step to the next word."""

_AS_IT_IS: Final = re.compile(
    "[\n -&(-@\\[-_{-~–—«»А-яЁёІіӘәҒғҚқҢңӨөҰұҮүҺһӢӣӮӯҶҷҲҳЎў]*+|[\n -&(-_a-~]*+"
)
"""A text in one alphabet, with nothing to clean but capitals: most are."""
_APOSTROPHE: Final = re.compile("[ʻʼ‘’'`´ʹ′]")
_UNSEEN: Final = re.compile(
    "[\u00ad\u0300-\u036f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]+"
)
_TOKEN: Final = re.compile(
    r"[^\W_]+|[.!?\n\u2028\u2029]+|[,;:…–—()]|[\u2600-\u27bf\U0001f300-\U0001faff]"
)
_SMILEYS: Final = "\u2600"
"""The first of the signs that are words of their own; no letter of ours stands behind it."""
_LATIN: Final = re.compile("[A-Za-z]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_MIXED: Final = re.compile(
    "[^\\W\\d_]*(?:[A-Za-zə][\u0300-\u036f\u200b-\u200f]*[\u0400-\u04ff]"
    "|[\u0400-\u04ff][\u0300-\u036f\u200b-\u200f]*[A-Za-zə])[^\\W\\d_]*"
)
"""A word in which letters of both alphabets stand side by side."""
_TO_CYRILLIC: Final = dict(zip("ABCEHKMOPTXYaceikmoptxyə", "АВСЕНКМОРТХУасеікмортхуә", strict=True))
_TO_LATIN: Final = dict(
    zip("АВЕКМНОРСТУХІаеікморстухԁԛԝјѕ", "ABEKMHOPCTYXIaeikmopctyxdqwjs", strict=True)
)
"""Letters that look the same."""
_ALIKE: Final = frozenset("ABCEHKMOPTXYabceikmoptxyhəjsАВСЕНКМОРТХУІЈЅаеіокмрстухһәјѕ")
_GREEK: Final = re.compile("[\u0370-\u03ff]")
_FROM_GREEK: Final = str.maketrans("αεικνορτυχβΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeikvoptuxbABEZHIKMNOPTYX")

_ODD: Final = re.compile("[wёїєњљ\\d]")
"""Letters that may stand for several, and digits."""
_NUMBER: Final = re.compile(r"\d+")
_DIGITS: Final = (
    str.maketrans("0134569", "оізчсшя"),
    str.maketrans("01345678", "oieasbtв"),
    str.maketrans("01345678", "olzasbtb"),
)
"""What digits stand for inside a word: as they sound, and as they look."""


class Word(NamedTuple):
    """A word of a message.

    Attributes:
        plain: in small letters as it was typed, with one kind of apostrophe.
        forms: its skeletons, the likeliest first, several where a letter may stand for several;
            each with its looser form, in which still more spellings are one.
        at: its place in the message in words; a full stop counts as several.
        clause: which part between commas it stands in.
        number: what it says if it is a number, else None.
    """

    plain: str
    forms: tuple[tuple[str, str], ...]
    at: int
    clause: int
    number: int | None = None


_made: Final = partial(tuple.__new__, Word)
"""Makes a word of what it has, in half the time."""


def read(text: str) -> list[Word]:
    """Break a message into words; any text may be given."""
    found: list[tuple[str, int, int]] = []
    at = clause = 0
    for token in _TOKEN.findall(cleaned(text[:MOST_LETTERS])):
        if token.isalpha():
            if plain := token.strip("ʼ")[:_LONGEST]:
                found.append((plain, at, clause))
                at += 1
        elif token[0].isalnum():
            for part in _parts(token.strip("ʼ")[:_LONGEST]):
                found.append((part, at, clause))
                at += 1
        elif token[0] >= _SMILEYS:
            found.append((token, at, clause))
        else:
            clause += 1
            if token[0] in ".!?\n\u2028\u2029" and not token.startswith(".."):
                at += _BREAK
    return _words(found) if found else []


def _words(found: list[tuple[str, int, int]]) -> list[Word]:
    """Write all words in the skeleton at once: one call is much cheaper than one for each."""
    line = "\n".join([plain for plain, _, _ in found])
    bones = skeleton(line)
    forms = zip(bones.split("\n"), loosened(bones).split("\n"), strict=True)
    words = [
        _made((plain, (form,), at, clause, None))
        for (plain, at, clause), form in zip(found, forms, strict=True)
    ]
    return [*map(_odd, words)] if _ODD.search(line) else words


def _odd(word: Word) -> Word:
    """Read what may be a number, or a word with a letter that may stand for several."""
    plain, (form, *_), at, clause, _ = word
    if not _ODD.search(plain):
        return word
    if plain.isdecimal():
        return Word(plain, (), at, clause, int(plain[:9]))
    others = {bones: loosened(bones) for bones in _meant(plain) if bones != form[0]}
    return Word(plain, (form, *others.items()), at, clause)


def cleaned(text: str) -> str:
    """Write a text in small letters, each in the alphabet of its word and nothing unseen."""
    if _AS_IT_IS.fullmatch(text):
        return text.lower()
    text = _APOSTROPHE.sub("ʼ", text)
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    if _GREEK.search(text):
        text = text.translate(_FROM_GREEK)
    if _LATIN.search(text) and _CYRILLIC.search(text):
        latin = len(_LATIN.findall(text)) > len(_CYRILLIC.findall(text))
        text = _MIXED.sub(_in_latin if latin else _in_cyrillic, text)
    return _UNSEEN.sub("", text.lower())


def _in_latin(found: re.Match[str]) -> str:
    return _in_one_alphabet(found[0], doubtful=_TO_LATIN)


def _in_cyrillic(found: re.Match[str]) -> str:
    return _in_one_alphabet(found[0], doubtful=_TO_CYRILLIC)


def _in_one_alphabet(word: str, doubtful: Mapping[str, str]) -> str:
    """Put letters that only look right into the alphabet of the others in their word."""
    latin = cyrillic = 0
    for letter in word:
        if "\u0400" <= letter <= "\u04ff":
            cyrillic += letter not in _ALIKE
        else:
            latin += letter not in _ALIKE
    meant = doubtful if latin == cyrillic else _TO_LATIN if latin > cyrillic else _TO_CYRILLIC
    return "".join([meant.get(letter, letter) for letter in word])


def _parts(token: str) -> Iterator[str]:
    """Take a number off the word behind it: "17де", but not "4irchiq"."""
    if not token or token.isalpha() or token.isdecimal():
        if token:
            yield token
        return
    led = _NUMBER.match(token)
    if led and (led[0] not in ("4", "6", "3") or len(token) <= len(led[0]) + 2):
        yield led[0]
        if token[led.end() :]:
            yield token[led.end() :]
    else:
        yield token


def _meant(plain: str) -> Iterator[str]:
    """Give the skeletons of what a word may mean where letters or digits stand for others."""
    if "ё" in plain:
        yield skeleton(plain.replace("ё", "е"))
    if "w" in plain:
        yield skeleton(plain.replace("w", "sh"))
    if "ї" in plain or "є" in plain:
        yield skeleton(plain.replace("ї", "ү").replace("ў", "ң"))
    if "њ" in plain or "љ" in plain:
        yield skeleton(plain.replace("њ", "ҳ").replace("љ", "ҷ"))
    if not plain.isalpha() and any(map(str.isdigit, plain)):
        for digits in _DIGITS:
            yield skeleton(plain.translate(digits))
