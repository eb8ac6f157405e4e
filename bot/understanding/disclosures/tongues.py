"""Which languages a message cannot be in, told by its letters."""

import re
from collections.abc import Sequence
from typing import Final

from bot.understanding.disclosures.reading import Word

TONGUE: Final = {
    language: 1 << at for at, language in enumerate(("kk", "ky", "tg", "uz", "ru", "en"))
}
"""The bit that stands for each language; several are the sum of their bits."""
ALL: Final = sum(TONGUE.values())
EVERYWHERE: Final = TONGUE["ru"] | TONGUE["en"]
"""Languages whose words stand in messages of every other."""
_LOCAL: Final = [(bit, bit.bit_length() * 16) for bit in TONGUE.values() if not bit & EVERYWHERE]
"""The other languages, and where the words are counted that each knows: all in one number."""
_LANE: Final = (1 << 16) - 1
_ONE: Final = {bit for bit, _ in _LOCAL}
_COUNTS: Final = [sum([1 << at for bit, at in _LOCAL if bits & bit]) for bits in range(ALL + 1)]
"""For the bits of some languages, one word of each."""
_WRITTEN: Final = {
    letter: sum(TONGUE[one] for one in languages.split()) | EVERYWHERE
    for letters, languages in (
        ("әұіһ", "kk"),
        ("өүң", "kk ky"),
        ("ғқ", "kk tg uz"),
        ("ӣҷ", "tg"),
        ("ӯ", "tg uz"),
        ("ҳ", "tg uz"),
        ("ў", "uz"),
    )
    for letter in letters
}
"""Letters, and the languages that are written with them."""
_TELLING: Final = re.compile(f"[{''.join(_WRITTEN)}]")
_FEWER: Final = 3
"""A language that knows so many times fewer words than another is heard by chance."""
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")


def spoken(words: Sequence[Word], known: Sequence[int]) -> int:
    """Give the languages that a message may be in, by its letters and by who knows its words.

    Args:
        words: the words of the message.
        known: for each word, the languages whose lexicon has it.
    """
    own = ALL
    for letter in {*_TELLING.findall("\n".join([word.plain for word in words]))}:
        own &= _WRITTEN[letter]
    if own == EVERYWHERE:
        own = ALL
    if own & ~EVERYWHERE in _ONE:
        return own
    counted = sum([_COUNTS[tongues] for tongues in known])
    counts = [(bit, counted >> shift & _LANE) for bit, shift in _LOCAL if own & bit]
    best = max([count for _, count in counts])
    for bit, count in counts:
        if count * _FEWER <= best and best:
            own &= ~bit
    return own


def is_foreign(word: Word) -> bool:
    """Tell whether a word is certainly not English."""
    return not word.plain.isascii() and _CYRILLIC.search(word.plain) is not None
