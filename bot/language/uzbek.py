"""Uzbek in its two alphabets: Latin to Cyrillic for the catalogue, and back.

Authors write Latin; Cyrillic is made from it by rule, so that it is never partial. Words that
no rule gives stand in `locales/uz_Cyrl.exceptions.yaml`, where a reader can mend them.
What is not a word (placeholders, markup, links, commands, numbers) passes through untouched.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Self

from bot.errors import CatalogueError
from bot.language.exceptions import Exceptions, read_exceptions
from bot.language.marks import placeholders, tags

TURNED_COMMA = "ʻ"
"""U+02BB, the sign of oʻ and gʻ."""

APOSTROPHE = "ʼ"
"""U+02BC, the sign of a break or a long vowel: maʼno."""

_REMEMBERED = 16_384
_SIGNS = "ʻʼ‘’'`´ʹ′"
_WORD = rf"[^\W\d_]+(?:[{_SIGNS}][^\W\d_]*)*"
_KEPT = (
    r"<code>.*?</code>",
    r"</?[^\W\d_][^<>]*>",
    r"&(?:\#\d+|\#x[0-9A-Fa-f]+|[^\W\d_]+);",
    r"\{[^{}]*\}",
    r"%\(\w+\)[a-z]",
    r"https?://[^\s<>]+",
    r"t\.me/[^\s<>]+",
    rf"[\w.+{_SIGNS}-]+@[\w{_SIGNS}-]+\.[\w.-]+",
    rf"(?<![\w{_SIGNS}])[@\#/][^\W\d]\w*",
    rf"(?<![\w{_SIGNS}.-])[\w{_SIGNS}.-]+\.(?:com|info|kg|kz|me|net|org|pdf|ru|tj|uz)\b",
    rf"[\w{_SIGNS}]*\d\w*",
)
"""What is no word, in letters of either alphabet: what was kept must look kept afterwards too."""

_ENDINGS = (
    *("lar", "ning", "ni", "ga", "ka", "qa", "da", "dan", "dagi", "gacha", "cha", "chi"),
    *("lik", "li", "siz", "day", "dek", "dir", "mi", "miz", "imiz", "ingiz", "man", "san"),
    *("im", "ing", "si", "i", "m", "ng", "yu"),
)
"""What an Uzbek noun takes at its end; a longer tail makes it another word (sirk, but sirka)."""

# fmt: off
_TO_CYRILLIC: Mapping[str, str] = {
    "yoʻ": "йў", "sʼh": "сҳ", "sh": "ш", "ch": "ч", "oʻ": "ў", "gʻ": "ғ", "yo": "ё", "yu": "ю",
    "ya": "я", "a": "а", "b": "б", "d": "д", "f": "ф", "g": "г", "h": "ҳ", "i": "и", "j": "ж",
    "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "қ", "r": "р", "s": "с",
    "t": "т", "u": "у", "v": "в", "x": "х", "y": "й", "z": "з", "ʼ": "ъ",
}
_ALONE = str.maketrans({one: _TO_CYRILLIC[one] for one in "abdfhijklmnpqruvxz"})
_RUN = "(?P<run>(?-i:[abdfhijklmnpqruvxz]+))"
"""Small letters that begin no pair and mean the same wherever they stand."""
_TO_LATIN: Mapping[str, str] = {
    "сҳ": "sʼh", "а": "a", "б": "b", "в": "v", "г": "g", "ғ": "gʻ", "д": "d", "ё": "yo", "ж": "j",
    "з": "z", "и": "i", "й": "y", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "oʻ", "ф": "f", "х": "x", "ҳ": "h",
    "ч": "ch", "ш": "sh", "щ": "sh", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}
# fmt: on
_LATIN_VOWELS = ("a", "e", "i", "o", "u", "oʻ")
_CYRILLIC_VOWELS = tuple("аеёиоуўыэюя")
_CYRILLIC_PIECE = re.compile("сҳ|.", re.IGNORECASE)
_EITHER_SIGN = re.compile(f"[{_SIGNS}]")


def normal_signs(word: str) -> str:
    """Write each apostrophe of an Uzbek Latin word as the sign it means: U+02BB or U+02BC."""
    if not _EITHER_SIGN.search(word):
        return word
    return _EITHER_SIGN.sub(
        lambda found: (
            TURNED_COMMA if word[: found.start()].lower().endswith(("o", "g")) else APOSTROPHE
        ),
        word,
    )


class Spelling:
    """Both directions, with the exceptions of a file."""

    def __init__(self, exceptions: Exceptions) -> None:
        """Compile the exceptions; the value does not change afterwards."""
        before = "|".join(map(re.escape, exceptions.ts_before)) or "(?!)"
        self._latin_piece = re.compile(
            rf"{_RUN}|ts(?={before})|yoʻ|sʼh|sh|ch|oʻ|gʻ|yo|yu|ya|ye|.", re.IGNORECASE
        )
        brands = "|".join(map(re.escape, sorted(exceptions.latin, key=len, reverse=True)))
        kept = (*_KEPT, *((rf"(?<!\w)(?:{brands})(?![A-Z])",) if brands else ()))
        self._scan = re.compile(rf"(?P<kept>{'|'.join(kept)})|{_WORD}", re.DOTALL)
        self._cyrillic_of = dict(exceptions.words)
        self._latin_of = {
            form: latin
            for latin, cyrillic in exceptions.words.items()
            for form in (cyrillic, cyrillic.removesuffix("ь"))
        }
        cyrillic_endings = [self._cyrillic(ending, joined=True) for ending in _ENDINGS]
        self._latin_word = _stem_and_ending(self._cyrillic_of, _ENDINGS)
        self._cyrillic_word = _stem_and_ending(self._latin_of, cyrillic_endings)
        # Words return so often that remembering them halves the time a catalogue takes.
        self._to_cyrillic = lru_cache(_REMEMBERED)(self._cyrillic_whole)
        self._to_latin = lru_cache(_REMEMBERED)(self._latin_whole)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the exceptions file.

        Raises:
            CatalogueError: the file is not there or not as its comments say, with its line.
        """
        return cls(read_exceptions(path))

    def to_cyrillic(self, text: str) -> str:
        """Write Uzbek Latin text in Cyrillic; any apostrophe is accepted.

        Raises:
            CatalogueError: afterwards it is not clear what passed untouched and what is a word,
                as when a link is glued to a word.
        """
        return self._convert(text, self._to_cyrillic)

    def to_latin(self, text: str) -> str:
        """Write Uzbek Cyrillic text in Latin, with the signs U+02BB and U+02BC.

        Raises:
            CatalogueError: afterwards it is not clear what passed untouched and what is a word,
                as when a link is glued to a word.
        """
        return self._convert(text, self._to_latin)

    def kept(self, text: str) -> list[str]:
        """List what passes through untouched: placeholders, markup, links, numbers, brands."""
        return [found[0] for found in self._scan.finditer(text) if found["kept"]]

    def words(self, text: str) -> list[str]:
        """List the words between what is kept, as they stand."""
        return [found[0] for found in self._scan.finditer(text) if not found["kept"]]

    def rest(self, text: str) -> str:
        """Give what is neither kept nor a word: spaces, stops and stray signs."""
        return self._scan.sub("", text)

    def _convert(self, text: str, whole: Callable[[str, bool], str]) -> str:
        kept: list[str] = []

        def replace(found: re.Match[str]) -> str:
            if found["kept"]:
                kept.append(found[0])
                return found[0]
            joined = found.start() > 0 and text[found.start() - 1].isalpha()
            return whole(found[0], joined)

        converted = self._scan.sub(replace, text)
        whole_marks = placeholders(converted) == placeholders(text) and tags(converted) == tags(
            text
        )
        if self.kept(converted) != kept or not whole_marks:
            raise CatalogueError(f"what must stay would change in {text!r}")
        return converted

    def _cyrillic_whole(self, written: str, joined: bool) -> str:  # noqa: FBT001 passed on as it is
        word = normal_signs(written)
        found = None if joined else self._latin_word.fullmatch(word.lower())
        if not found:
            return self._cyrillic(word, joined=joined)
        stem = self._cyrillic_of[found[1]]
        if found[2]:
            stem = stem.removesuffix("ь")
        tail = word[len(found[1]) :]
        return _cased(word, word, stem) + self._cyrillic(tail, joined=True)

    def _latin_whole(self, written: str, joined: bool) -> str:  # noqa: FBT001 passed on as it is
        word = normal_signs(written)
        found = None if joined else self._cyrillic_word.fullmatch(word.lower())
        if not found:
            return _latin(word, joined=joined)
        tail = word[len(found[1]) :]
        return _cased(word, word, self._latin_of[found[1]]) + _latin(tail, joined=True)

    def _cyrillic(self, word: str, *, joined: bool) -> str:
        def letter(found: re.Match[str]) -> str:
            if found.lastgroup:
                return found[0].translate(_ALONE)
            piece = found[0].lower()
            before = word[: found.start()].lower()
            opens = (not before and not joined) or before.endswith(_LATIN_VOWELS)
            if piece == "ts":
                out = "ц"
            elif piece == "e":
                out = "э" if opens or before.endswith(APOSTROPHE) else "е"
            elif piece == "ye":
                out = "е" if opens or before.endswith(APOSTROPHE) else "йе"
            else:
                out = _TO_CYRILLIC.get(piece, found[0])
            return _cased(found[0], word, out)

        return self._latin_piece.sub(letter, word)


def _latin(word: str, *, joined: bool) -> str:
    def letter(found: re.Match[str]) -> str:
        piece = found[0].lower()
        before, after = word[: found.start()].lower(), word[found.end() :].lower()
        voiced = before.endswith(_CYRILLIC_VOWELS)
        if piece == "е":
            opens = (not before and not joined) or voiced or before.endswith(("ъ", "ь"))
            out = "ye" if opens else "e"
        elif piece == "ц":
            out = "ts" if voiced and after.startswith(_CYRILLIC_VOWELS) else "s"
        elif piece == "ъ":
            out = "" if before.endswith("ў") or after.startswith("е") else APOSTROPHE
        else:
            out = _TO_LATIN.get(piece, found[0])
        return _cased(found[0], word, out)

    return _CYRILLIC_PIECE.sub(letter, word)


def _cased(piece: str, word: str, out: str) -> str:
    """Give `out` the capitals of `piece`: all of them only in a word that is all capitals."""
    if not piece[0].isupper():
        return out
    return out.upper() if len(word) > 1 and word.isupper() else out[:1].upper() + out[1:]


def _stem_and_ending(stems: Iterable[str], endings: Iterable[str]) -> re.Pattern[str]:
    """Match a word of the list with its endings; longer stems and endings are tried first."""
    of = [
        "|".join(sorted(map(re.escape, each), key=len, reverse=True)) for each in (stems, endings)
    ]
    return re.compile(rf"({of[0] or '(?!)'})((?:{of[1]})*)")
