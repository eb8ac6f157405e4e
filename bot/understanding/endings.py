"""What is said around a place name and after it: "in", "from", "I am from", "of".

Endings are written in the skeleton, where ы, і and и are one letter, as are о and ө, у and ү.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_Endings = Mapping[str, tuple[str, ...]]
"""Endings by the letter they end in; those that come first are the likeliest."""


def _by_last(*endings: str) -> _Endings:
    return {
        last: tuple(one for one in endings if one[-1] == last)
        for last in {one[-1] for one in endings}
    }


_CASES: Final = _by_last(
    # Kazakh, Kyrgyz and Uzbek: in, from, to, of, the one in.
    *("da", "de", "do", "ta", "te", "to", "ga", "ge", "go", "ka", "ke", "ko", "na", "ne"),
    *("dan", "den", "don", "tan", "ten", "ton", "nan", "nen", "ni", "nu", "di", "du", "ti", "tu"),
    *("ning", "nin", "nun", "din", "dun", "tin", "tun"),
    *("dagi", "degi", "dogu", "dogi", "tagi", "tegi", "togu", "togi"),
    "ro",  # Tajik: the object.
)
_OF: Final = _by_last("lik", "luk", "dik", "duk", "tik", "tuk", "i", "s")
"""Somebody of that place; the Tajik and the English "of"."""
_LOCAL: Final = ("da", "de", "do", "ta", "te", "to", "an", "en", "on", "gi", "gu")
"""Where one of these stands at the end, somebody is there, or comes from there."""
_SELF: Final = _by_last("man", "men", "min", "mun", "miz", "biz", "mon", "im", "am", "iam")
"""I am, we are."""
_RUSSIAN: Final = _by_last("e", "i", "a", "u", "ia", "iu", "om", "em", "oi", "ei", "ah", "ami")
_RESTORED: Final = ("a", "o", "ia", "i")
"""What a Russian name may have lost before its ending: Караганда, в Караганде."""
_DECLINED: Final = _by_last("ogo", "omu", "om", "oi", "uiu")
_DECLINED_NAMES: Final = ("oe", "aia", "i")
"""Russian names that are adjectives: Боровое, в Боровом; Рудный, из Рудного."""
_ADJECTIVES: Final = ("skogo", "skomu", "skoi", "skom", "skim", "skuiu", "skaia", "skoe", "ski")
_ADJECTIVE_NAMES: Final = ("ski", "skaia", "skoe", "")
_DOUBLED: Final = re.compile(r"(.)\1")
_MET: Final = frozenset([*(2 * one for one in "dgklnrtгдклнрт"), "ңн"])
"""Letters that a name and its ending have in common, as they are typed."""
_LEAST: Final = 2
_SLIPPED: Final = 6
"""Letters of a name before an ending that may have a slip too."""


class Stem(NamedTuple):
    """A word without an ending, as far as it is known in its plain letters."""

    plain: str
    skeleton: str


def stems(plain: str, word: str) -> Iterator[Stem]:
    """Give what remains of a word without the endings it may have; the likeliest come first."""
    for adjective in _ADJECTIVES:
        if word.endswith(adjective) and len(word) - len(adjective) >= _LEAST:
            stem = word.removesuffix(adjective)
            yield from (Stem("", stem + name) for name in _ADJECTIVE_NAMES)
            return
    yield from _without(_CASES, plain, word)
    yield from _without(_OF, plain, word)
    for less in _without(_SELF, plain, word):
        yield less
        yield from _without(_CASES, less.plain, less.skeleton)
    for less in _without(_RUSSIAN, plain, word):
        yield less
        yield from (Stem("", less.skeleton + lost) for lost in _RESTORED)
    for less in _without(_DECLINED, plain, word):
        yield from (Stem("", less.skeleton + name) for name in _DECLINED_NAMES)


def inflected(plain: str, word: str) -> Iterator[Stem]:
    """Give what remains of an ordinary word without its ending, and nothing put in its place."""
    return (one for one in stems(plain, word) if word.startswith(one.skeleton))


def is_local(word: str) -> bool:
    """Tell whether a word may end as one does that says where somebody is or comes from."""
    return word.endswith(_LOCAL)


def slipped(plain: str, word: str) -> Iterator[Stem]:
    """Give what may be a name with a slip before an ending: only long ones, and sure endings."""
    bare = _without(_CASES, plain, word)
    return (one for one in bare if len(one.skeleton) >= _SLIPPED)


def _without(endings: _Endings, plain: str, word: str) -> Iterator[Stem]:
    for ending in endings.get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            bare, typed = word.removesuffix(ending), plain[: len(plain) - len(ending)]
            # The skeleton has one letter where two met: Шымкент-те.
            met = len(ending) > 1 and plain[len(typed) - 1 : len(typed) + 1] in _MET
            if not met:
                yield Stem(typed, bare)
            if met or (len(ending) > 1 and _DOUBLED.search(plain)):
                yield Stem(typed, bare + ending[0])
