"""Which words of the lexicon a word of a message may be: looked up by how it begins."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from bot.understanding.disclosures.letters import loosened, skeleton, spellings
from bot.understanding.disclosures.patterns import ANYTHING, Piece
from bot.understanding.disclosures.reading import Word
from bot.understanding.disclosures.slips import Slips
from bot.understanding.disclosures.tails import Tails

_SHORT: Final = (2, 3)
"""How long stems are that are looked up without more ado."""
_HEAD: Final = 4
"""Letters by which it is known how long the other stems are that begin so.

Stems of so many letters may be spelt loosely, too.
"""
_SLIPPED: Final = 5
"""Letters of a word that may have a slip in it."""
_WHOLE: Final = 9
"""What a number counts for in letters."""

Classes = Mapping[tuple[str, bool], Tails]
"""The endings of a language by the name of their class: strict (False) and loose (True)."""
Matches = dict[int, int]
"""The pieces that a word is, by number: see `letters` and `is_negated`."""


def letters(match: int) -> int:
    """Say how many letters of the word a piece accounts for: the longer one is right."""
    return match >> 1


def is_negated(match: int) -> bool:
    """Tell whether an ending negates the word."""
    return bool(match & 1)


class Entry(NamedTuple):
    """A word of the lexicon.

    Attributes:
        number: what it is known by.
        piece: what it asks of a word.
        classes: the endings of its language.
        forgiving: whether one slip in a long stem is let pass.
    """

    number: int
    piece: Piece
    classes: Classes
    forgiving: bool


class _Asked(NamedTuple):
    """What else is asked of a word with a stem: endings, native letters, how it ends."""

    strict: Tails | None
    loose: Tails | None
    plain: str
    ends: str
    alone: bool


class Stems:
    """All pieces of the lexicon by their beginnings; a look-up is as quick in a large one.

    What a stem is found by is either its skeleton or, if that differs, its loose form.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index the words of the lexicon."""
        self._words: dict[str, tuple[int, ...]] = {}
        self._stems: dict[str, tuple[int, ...]] = {}
        self._ends: dict[str, tuple[int, ...]] = {}
        self._asked: dict[int, _Asked] = {}
        self._alike: dict[_Asked, _Asked] = {}
        self._numbers: list[tuple[int, int, int]] = []
        forgiving: dict[str, None] = {}
        stems = [*self._without_numbers(entries)]
        typed = spellings([entry.piece.stem for entry in stems])
        loose = iter(loosened("\n".join([bones for each in typed for bones in each])).split("\n"))
        for entry, each in zip(stems, typed, strict=True):
            for bones in each:
                self._add(entry, bones, next(loose))
                if entry.forgiving and not entry.piece.exact:
                    forgiving[bones] = None
        self._alike.clear()
        self._slips = Slips(forgiving)

    def matches(self, word: Word) -> Matches:
        """Find every piece that `word` is; a word that is none may be one with a slip."""
        found: Matches = {}
        if word.number is not None:
            for least, most, piece in self._numbers:
                if least <= word.number <= most:
                    found[piece] = _WHOLE << 1
            return found
        for form, looser in zip(word.forms, word.looser, strict=True):
            same = form == looser
            self._look(looser, word.plain, found, loose=True, all_of_it=same)
            if not same:
                self._look(form, word.plain, found, loose=False, all_of_it=True)
            if found:  # "law" is no "lash"
                break
        if not found and len(word.plain) >= _SLIPPED:
            self._forgive(word, found)
        return found

    def _forgive(self, word: Word, found: Matches) -> None:
        """Add to `found` what the word is if it has a slip."""
        for form in word.forms:
            for stem, end in self._slips.find(form):
                self._follow(self._stems.get(stem, ()), form, end, None, found)
                if end == len(form):
                    self._follow(self._words.get(stem, ()), form, end, None, found)

    def _without_numbers(self, entries: Iterable[Entry]) -> Iterable[Entry]:
        for entry in entries:
            if entry.piece.least >= 0:
                self._numbers.append((entry.piece.least, entry.piece.most, entry.number))
            else:
                yield entry

    def _add(self, entry: Entry, bones: str, looser: str) -> None:
        number, piece, classes, _ = entry
        alone, plain = not piece.tail, piece.stem if piece.exact else ""
        strict = classes.get((piece.tail, False))
        ends = ""
        if piece.tail != ANYTHING and piece.tail.startswith(ANYTHING):
            ends = skeleton(piece.tail[1:])
        if strict or plain or ends:
            asked = _Asked(strict, classes.get((piece.tail, True)), plain, ends, alone)
            self._asked[number] = self._alike.setdefault(asked, asked)
        of, only = self._words if alone else self._stems, (number,)
        for form in {bones, looser} if len(looser) >= _HEAD and not plain else (bones,):
            of[form] = (*of[form], number) if form in of else only
            if not alone and len(form) >= _HEAD:
                ends_at = self._ends.get(form[:_HEAD], ())
                if len(form) not in ends_at:
                    self._ends[form[:_HEAD]] = tuple(sorted((*ends_at, len(form))))

    def _look(self, form: str, plain: str, found: Matches, *, loose: bool, all_of_it: bool) -> None:
        """Add to `found` what begins `form` and lets the rest of it follow."""
        size, stems = len(form), self._stems
        if not loose or all_of_it:
            for end in _SHORT if size > _SHORT[0] else (size,):
                if (known := stems.get(form[:end])) is not None:
                    self._follow(known, form, end, plain, found)
        for end in self._ends.get(form[:_HEAD], ()):
            if end > size:
                break
            if (known := stems.get(form[:end])) is not None:
                self._follow(known, form, end, plain, found, loose=loose)
        known = self._words.get(form)
        if known is not None and (not loose or all_of_it or size >= _HEAD):
            self._follow(known, form, size, plain, found, loose=loose)

    def _follow(
        self,
        numbers: Iterable[int],
        form: str,
        end: int,
        plain: str | None,
        found: Matches,
        *,
        loose: bool = False,
    ) -> None:
        """Note the pieces that what stands from `end` on may follow; no `plain` is a slip."""
        conditions = self._asked
        for number in numbers:
            asked = conditions.get(number)
            if asked is None:
                found[number] = end << 1
                continue
            strict, looser, letters, ends, alone = asked
            match = end << 1
            tails = looser if loose else strict
            if tails is not None and end < len(form):
                if not tails.fits(form, end):
                    continue
                match += tails.negates(form, end)
            if letters and (
                plain is None or not (plain == letters if alone else plain.startswith(letters))
            ):
                continue
            if ends and not form.endswith(loosened(ends) if loose else ends, end):
                continue
            found[number] = match
