"""Words as an author typed them, made into HTML that Telegram always takes: its tags are ours."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final, Self

TAGS: Final = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s"}
"""What she may set, by Telegram's names; anything else, such as a link below a word, is dropped."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Kinds of characters that make a text read differently from what it is."""

_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs by their kind that nobody can see."""

_EMOJI_STYLE: Final = "\ufe0f"
"""Belongs to the sign before it; between letters it would only hide a word."""

_STACKED: Final = 2
"""Accents on one letter; more of them reach over other lines."""

_LINES: Final = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of hers: Telegram's name of it, where it begins and how long it is, in UTF-16 units.

    Nothing says that it lies within the text, or fits the others.
    """

    kind: str
    begin: int
    length: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it is read, and as HTML."""

    text: str
    html: str

    @classmethod
    def of(cls, typed: str, marks: Iterable[Mark] = ()) -> Self:
        """Leave out what cannot be seen, and put tags of ours where she set marks."""
        signs = _trimmed(_seen(typed, _covers(typed, marks)))
        pieces = [
            (tags, "".join(sign for sign, _ in run))
            for tags, run in groupby(signs, key=lambda one: one[1])
        ]
        html = "".join(
            f"{_open(tags)}{escape(said, quote=False)}{_close(tags)}" for tags, said in pieces
        )
        return cls("".join(said for _, said in pieces), html)

    @property
    def bare(self) -> str:
        """The text in plain letters without accents: as a list of words is to be searched for it."""
        apart = unicodedata.normalize("NFKD", self.text)
        return "".join(sign for sign in apart if not unicodedata.combining(sign))


_Sign = tuple[str, tuple[str, ...]]
"""A character, and the tags it stands in."""


def _covers(typed: str, marks: Iterable[Mark]) -> dict[str, bytearray]:
    """Give for each tag which UTF-16 units of the text it covers."""
    size = sum(_wide(sign) for sign in typed)
    covers: dict[str, bytearray] = {}
    for mark in marks:
        begin, end = max(mark.begin, 0), min(mark.begin + mark.length, size)
        if mark.kind in TAGS and begin < end:
            cover = covers.setdefault(TAGS[mark.kind], bytearray(size))
            cover[begin:end] = b"\1" * (end - begin)
    return covers


def _seen(typed: str, covers: dict[str, bytearray]) -> list[_Sign]:
    """Keep the characters that can be seen, each with its tags in one order."""
    order, found, at, stacked = sorted(covers), list[_Sign](), 0, 0
    for sign in typed:
        tags = tuple(tag for tag in order if covers[tag][at])
        at += _wide(sign)
        kind = unicodedata.category(sign)
        if kind == "Zs":
            sign = " "  # noqa: PLW2901 - one kind of space is enough
        accent = unicodedata.combining(sign) > 0
        stacked = stacked + 1 if accent else 0
        hides = sign == _EMOJI_STYLE and (not found or found[-1][0].isalnum())
        if sign == "\n" or not (
            kind in _UNSEEN or sign in _BLANK or hides or stacked > _STACKED or _is_variant(sign)
        ):
            found.append((sign, tags))
    return found


def _is_variant(sign: str) -> bool:
    """Tell whether it only chooses another look of the sign before it, but that of an emoji."""
    return sign != _EMOJI_STYLE and (
        "\ufe00" <= sign <= "\ufe0e" or "\U000e0100" <= sign <= "\U000e01ef"
    )


def _trimmed(signs: Sequence[_Sign]) -> list[_Sign]:
    """Drop white space around the text, and empty lines after the first of several."""
    said = "".join(sign for sign, _ in signs)
    begin, end = len(said) - len(said.lstrip()), len(said.rstrip())
    dropped = {at for run in _LINES.finditer(said) for at in range(run.start() + 2, run.end())}
    return [signs[at] for at in range(begin, end) if at not in dropped]


def _wide(sign: str) -> int:
    """Count the UTF-16 units of a character."""
    return 2 if sign > "\uffff" else 1


def _open(tags: Sequence[str]) -> str:
    return "".join(f"<{tag}>" for tag in tags)


def _close(tags: Sequence[str]) -> str:
    return "".join(f"</{tag}>" for tag in reversed(tags))
