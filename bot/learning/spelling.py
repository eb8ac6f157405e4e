"""Large numbers as words of two letters, each of which a button knows by its code."""

from collections.abc import Iterable
from typing import Final

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz234567"
_WORDS: Final = tuple(one + other for one in _LETTERS for other in _LETTERS)
_VALUES: Final = {word: value for value, word in enumerate(_WORDS)}


def spelt(number: int, words: int) -> tuple[str, ...]:
    """Write a number from 0 on in so many words, ten bits each.

    Raises:
        ValueError: it has no room in them.
    """
    found: list[str] = []
    for _ in range(words):
        number, value = divmod(number, len(_WORDS))
        found.append(_WORDS[value])
    if number:
        raise ValueError(f"{words} words are too few")
    return tuple(found)


def unspelt(words: Iterable[str]) -> int | None:
    """Read a number again; None where one of the words is none of ours."""
    number = 0
    for word in reversed([*words]):
        if word not in _VALUES:
            return None
        number = number * len(_WORDS) + _VALUES[word]
    return number


def every_word() -> tuple[str, ...]:
    """Give every word in which a number may be written down."""
    return _WORDS
