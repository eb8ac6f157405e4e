"""Which places are called by some words: exactly, with a local ending, or with a slip."""

from collections.abc import Sequence
from typing import Final

from bot.understanding.endings import Stem, slipped, stems
from bot.understanding.names import LOOSE, Match, Names
from bot.understanding.spelling import SHORT, Word, is_marked, whole

_LEAST_BEFORE_ENDING: Final = 6
"""Letters of a name that may be spelt loosely before an ending."""


def called(names: Names, words: Sequence[Word], country: str | None, *, loose: int) -> list[Match]:
    """Find the places called so, exactly or with a local ending, and only then more loosely.

    `loose` is how many letters a name must have that may be spelt loosely.
    """
    before, last = _parted(words)
    if not names.begin(whole(before.skeleton + last.skeleton)):
        return []
    far: list[Match] = []
    plainly = Stem(last.plain, last.skeleton)
    for stem in (plainly, *stems(last.plain, last.skeleton)):
        typed, bones = before.plain + stem.plain, whole(before.skeleton + stem.skeleton)
        found = names.exact(typed, bones, country)
        least = LOOSE if stem is plainly or len(bones) >= SHORT else 1
        if sure := [one for one in found if one.tier < least]:
            return _telling(sure, typed, bones)
        if not far and len(bones) >= (loose if stem is plainly else _LEAST_BEFORE_ENDING):
            far = found
    return far


def _telling(sure: list[Match], typed: str, bones: str) -> list[Match]:
    """Let native letters tell matches apart where they are typed, and all letters in СКО.

    Who types none may have no keyboard for them: Карасу may be Кара-Суу.
    """
    if len(bones) < SHORT:
        return [one for one in sure if one.tier == 0] or sure
    return sure if is_marked(typed) else [one._replace(tier=0) for one in sure]


def nearly_called(names: Names, words: Sequence[Word], country: str | None) -> list[Match]:
    """Find the places whose names differ least from these words; those with an ending last."""
    before, last = _parted(words)
    typed, bones = before.plain + last.plain, whole(before.skeleton + last.skeleton)
    found = names.like(typed, bones, country)
    for stem in () if found else slipped(last.plain, last.skeleton):
        typed, bones = before.plain + stem.plain, whole(before.skeleton + stem.skeleton)
        near = names.like(typed, bones, country)
        found += [one._replace(slips=2) for one in near if one.slips == 1]
    return found


def _parted(words: Sequence[Word]) -> tuple[Word, Word]:
    """Part the last word, to which endings come, from what stands before it."""
    *before, last = words
    return Word("".join(one.plain for one in before), "".join(one.skeleton for one in before)), last
