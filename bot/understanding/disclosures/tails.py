"""Endings that may follow a stem, one after another."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from bot.understanding.disclosures.letters import loosened, spellings
from bot.understanding.disclosures.reading import cleaned

MOST: Final = 5
"""Endings that a word may have in a row."""


class Tails:
    """A class of endings, in the skeleton or in its loose form."""

    def __init__(self, endings: Iterable[str], negative: Iterable[str], *, loose: bool) -> None:
        """Take the endings of the class, and the tails that negate a word."""
        own = _written(endings, loose=loose)
        no = _written(negative, loose=loose) if own else set()
        self._chain = re.compile(_chained(own | no))
        self._no = _negation(no, own)

    def fits(self, word: str, at: int) -> bool:
        """Tell whether from `at` on `word` has nothing but endings of this class."""
        return at == len(word) or self._chain.fullmatch(word, at) is not None

    def negates(self, word: str, at: int) -> bool:
        """Tell whether what stands from `at` on begins with a negation."""
        return self._no is not None and self._no.match(word, at) is not None


def _written(endings: Iterable[str], *, loose: bool) -> set[str]:
    spelt = spellings([cleaned(one) for one in endings])
    each = {bones for one in spelt for bones in one if bones}
    return {loosened(one) for one in each} if loose else each


def _chained(endings: Iterable[str]) -> str:
    """Write a chain as a pattern; where two equal letters meet, the skeleton has one of them."""
    by_first: defaultdict[str, set[str]] = defaultdict(set)
    for one in endings:
        by_first[one[0]].add(one[1:])
    each = "|".join(
        f"(?:{first}|(?<={first}))(?:{'|'.join(sorted(rest, key=len, reverse=True))})"
        for first, rest in sorted(by_first.items())
    )
    return f"(?:{each}){{0,{MOST}}}"


def _negation(negative: Iterable[str], endings: Iterable[str]) -> re.Pattern[str] | None:
    """Write the negations as a pattern that no longer ending begins with."""
    each = [
        no + "".join(f"(?!{one[len(no) :]})" for one in endings if one != no and one.startswith(no))
        for no in negative
    ]
    return re.compile("|".join(each)) if each else None
