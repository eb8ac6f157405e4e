"""Stems with one letter too many, too few, wrong or swapped."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

_KEY: Final = 6
"""Letters a stem is found by; shorter stems have no slips, they would be other words."""
_SURE: Final = 8
"""Letters of a stem in which a consonant may be another: "пугаюсь" is not "путаюсь"."""
_END: Final = 2
"""The last letters of a stem, which must be right: other words end otherwise."""
_BITS: Final = 17
"""Bits of the number of a beginning: there are far fewer than 131,072."""
_VOWELS: Final = frozenset("aeiou")


class Slips:
    """An index of what is left of the first letters of each stem without one of them.

    What is left is kept as numbers in order, which takes a tenth of the room of the letters: the
    upper part of each tells what is left, the lower part of which beginning.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        """Take the stems; they are indexed when a word with a slip is first looked up, or `prepare`."""
        self._stems = [stem for stem in stems if len(stem) >= _KEY]

    def prepare(self) -> None:
        """Index the stems now, so that the first mistyped word waits for nothing."""
        _ = self._left

    @cached_property
    def _begun(self) -> Sequence[Sequence[str]]:
        """The stems that begin alike."""
        by: defaultdict[str, list[str]] = defaultdict(list)
        for stem in self._stems:
            by[stem[:_KEY]].append(stem)
        return [*map(tuple, by.values())]

    @cached_property
    def _left(self) -> "array[int]":
        left = [
            hash(rest) >> _BITS << _BITS | number
            for number, (stem, *_) in enumerate(self._begun)
            for rest in {stem[:_KEY], *_without_one(stem[:_KEY])}
        ]
        left.sort()
        return array("q", left)

    def find(self, word: str) -> Iterator[tuple[str, int]]:
        """Give each stem that `word` begins with but for one slip, and where the tail begins."""
        longer, left = word[: _KEY + 1], self._left
        asked = {word[:_KEY], word[: _KEY - 1], *_without_one(word[:_KEY]), *_without_one(longer)}
        seen: set[int] = set()
        for rest in [hash(one) >> _BITS << _BITS for one in asked]:
            at = bisect_left(left, rest)
            while at < len(left) and left[at] >> _BITS << _BITS == rest:
                seen.add(left[at] - rest)
                at += 1
        for stem in [stem for number in sorted(seen) for stem in self._begun[number]]:
            if end := _nearly(stem, word):
                yield stem, end


def _without_one(letters: str) -> list[str]:
    """Leave out each letter in turn but the first: nobody mistypes that."""
    return [letters[:at] + letters[at + 1 :] for at in range(1, len(letters))]


def _nearly(stem: str, word: str) -> int:
    """Return where the tail of `word` begins if its stem is `stem` with one slip; else 0."""
    same, letters = 0, len(stem)
    for ours, typed in zip(stem, word, strict=False):
        if ours != typed:
            break
        same += 1
    if same == 0 or same >= min(letters - _END, len(word)):
        return 0
    rest = stem[same + 1 :]
    if word.startswith(rest, same):  # a letter missing
        return letters - 1
    if word.startswith(stem[same:], same + 1):  # a letter too many
        return letters + 1
    if word.startswith(rest, same + 1):  # another letter
        vowels = stem[same] in _VOWELS and word[same] in _VOWELS
        return letters if vowels or letters >= _SURE else 0
    swapped = stem[same + 1] + stem[same] + stem[same + 2 :]
    return letters if word.startswith(swapped, same) else 0
