"""Which languages a message cannot be in, told by its letters."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.understanding.disclosures.reading import Word

EVERYWHERE: Final = frozenset({"ru", "en"})
"""Languages whose words stand in messages of every other."""
ALL: Final = frozenset({"kk", "ky", "tg", "uz", *EVERYWHERE})
_LETTERS: Final = tuple(
    (frozenset(letters), frozenset(languages.split()) | EVERYWHERE)
    for letters, languages in (
        ("әұіһ", "kk"),
        ("өүң", "kk ky"),
        ("ғқ", "kk tg uz"),
        ("ӣҷ", "tg"),
        ("ӯ", "tg uz"),
        ("ҳ", "tg uz"),
        ("ў", "uz"),
    )
)
"""Letters, and the languages that are written with them."""
_TELLING: Final = frozenset().union(*(letters for letters, _ in _LETTERS))
_FEWER: Final = 3
"""A language that knows so many times fewer words than another is heard by chance."""
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


def spoken(words: Sequence[Word], known: Mapping[str, int]) -> frozenset[str]:
    """Give the languages that a message may be in, by its letters and by who knows its words.

    Args:
        words: the words of the message.
        known: how many of them the lexicon of each language has.
    """
    own, typed = ALL, _TELLING.intersection("".join([word.plain for word in words]))
    for letters, languages in _LETTERS if typed else ():
        if not letters.isdisjoint(typed):
            own &= languages
    own = own if own > EVERYWHERE else ALL
    best = max([known.get(language, 0) for language in own - EVERYWHERE])
    return frozenset(
        [one for one in own if one in EVERYWHERE or known.get(one, 0) * _FEWER > best or best == 0]
    )


def is_foreign(word: Word) -> bool:
    """Tell whether a word is certainly not English."""
    return not word.plain.isascii() and _CYRILLIC.search(word.plain) is not None
