"""What is known of a word of a message: looked up by how it begins."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from bot.understanding.disclosures.known import Asked, Known, Matches
from bot.understanding.disclosures.letters import loosened, skeleton, spellings
from bot.understanding.disclosures.patterns import ANYTHING, Piece
from bot.understanding.disclosures.reading import Word
from bot.understanding.disclosures.slips import Slips
from bot.understanding.disclosures.tails import Tails

_Ends = tuple[tuple[int, ...], tuple[int, ...]]
"""How long the stems are that begin so: all of them, and those that may be spelt loosely."""
_HEAD: Final = 4
"""Letters by which it is known how long the stems are; those of so many may be spelt loosely."""
_SHORT: Final = (2, 3)
"""How long stems are that are shorter."""
_OTHERWISE: Final[_Ends] = (_SHORT, ())
_SLIPPED: Final = 5
"""Letters of a word that may have a slip in it."""
_WHOLE: Final = 9
"""What a number counts for in letters."""

Classes = Mapping[tuple[str, bool], Tails]
"""The endings of a language by the name of their class: strict (False) and loose (True)."""


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


class Stems:
    """All pieces of the lexicon by their beginnings; a look-up is as quick in a large one.

    What a stem is found by is either its skeleton or, if that differs, its loose form.
    """

    def __init__(self, entries: Iterable[Entry], known: Callable[[tuple[int, ...]], Known]) -> None:
        """Index the words of the lexicon; `known` tells of pieces what is known of them together."""
        self._numbers: list[tuple[int, int, Known]] = []
        words: dict[str, tuple[int, ...]] = {}
        stems: dict[str, tuple[int, ...]] = {}
        asked: dict[int, Asked] = {}
        forgiving: dict[str, None] = {}
        lettered: list[Entry] = []
        for entry in entries:
            number, piece, classes, _ = entry
            if piece.least >= 0:
                self._numbers.append((piece.least, piece.most, known((number,))))
                continue
            lettered.append(entry)
            if more := _asked(piece, classes):
                asked[number] = more
        typed = spellings([entry.piece.stem for entry in lettered])
        loose = iter(loosened("\n".join([bones for each in typed for bones in each])).split("\n"))
        for entry, each in zip(lettered, typed, strict=True):
            forms = {*each}
            for looser in islice(loose, len(each)):
                if len(looser) >= _HEAD and not entry.piece.exact:
                    forms.add(looser)
            of = stems if entry.piece.tail else words
            for form in forms:
                of[form] = (*of.get(form, ()), entry.number)
            if entry.forgiving and not entry.piece.exact:
                forgiving.update(dict.fromkeys(each))
        once = _Once(known, asked)
        # What begins alike is made, and so lies, together: memory that is near is quick.
        self._stems = {form: once[stems[form]] for form in sorted(stems)}
        self._words = {form: once[words[form]] for form in sorted(words)}
        self._ends = _ends(stems)
        self.slips = Slips(forgiving)

    def matches(self, word: Word) -> Matches:
        """Find all that is known of `word`; one of which nothing is may have a slip."""
        found: Matches = {}
        plain, forms, _, _, number = word
        if number is not None:
            for least, most, known in self._numbers:
                if least <= number <= most:
                    found[known] = _WHOLE << 1
            return found
        for form, looser in forms:
            if form == looser:
                self._look(form, plain, found, True, True)
            else:
                self._look(looser, plain, found, True, False)
                self._look(form, plain, found, False, True)
            if found:  # "law" is no "lash"
                return found
        if len(plain) >= _SLIPPED:
            for form, _ in forms:
                self._forgive(form, found)
        return found

    def _forgive(self, form: str, found: Matches) -> None:
        """Add to `found` what a word is if it has a slip."""
        for stem, end in self.slips.find(form):
            for of in (self._stems, self._words) if end == len(form) else (self._stems,):
                if known := of.get(stem):
                    choices = known.choices or ((None, known),)
                    _choose(choices, form, end, None, found, loose=False)

    def _look(self, form: str, plain: str, found: Matches, loose: bool, short: bool) -> None:  # noqa: FBT001
        """Add to `found` what begins `form` and lets the rest of it follow; also what is `short`."""
        size, known_of = len(form), self._stems.get
        ends, longer = self._ends.get(form[:_HEAD], _OTHERWISE)
        for end in ends if short else longer:
            if end > size:
                break
            known = known_of(form[:end])
            if known is None:
                continue
            if known.choices:
                _choose(known.choices, form, end, plain, found, loose=loose and end >= _HEAD)
            else:
                found[known] = end << 1
        known = self._words.get(form)
        if known is not None and (short or size >= _HEAD):
            if known.choices:
                _choose(known.choices, form, size, plain, found, loose=loose)
            else:
                found[known] = size << 1


class _Once(dict[tuple[int, ...], Known]):
    """What is known of pieces that begin alike, made once."""

    def __init__(
        self, known: Callable[[tuple[int, ...]], Known], asked: Mapping[int, Asked]
    ) -> None:
        self._known, self._asked = cache(known), asked

    def __missing__(self, numbers: tuple[int, ...]) -> Known:
        bound = [(self._asked[one], self._known((one,))) for one in numbers if one in self._asked]
        free = tuple([one for one in numbers if one not in self._asked])
        if not bound:
            known = self._known(free)
        elif free:
            known = Known(choices=((None, self._known(free)), *bound))
        else:
            known = Known(choices=tuple(bound))
        self[numbers] = known
        return known


def _asked(piece: Piece, classes: Classes) -> Asked | None:
    """Tell what a piece asks besides its beginning; None for nothing."""
    strict = classes.get((piece.tail, False))
    plain, ends = piece.stem if piece.exact else "", ""
    if piece.tail != ANYTHING and piece.tail.startswith(ANYTHING):
        ends = skeleton(piece.tail[1:])
    if strict or plain or ends:
        return Asked(strict, classes.get((piece.tail, True)), plain, ends, not piece.tail)
    return None


def _ends(stems: Collection[str]) -> dict[str, _Ends]:
    """Give for the first letters of longer stems how long all stems are that begin so."""
    sizes: defaultdict[str, set[int]] = defaultdict(set)
    for stem in stems:
        if len(stem) >= _HEAD:
            sizes[stem[:_HEAD]].add(len(stem))
    once: dict[_Ends, _Ends] = {}
    each = {
        head: (
            (*(end for end in _SHORT if head[:end] in stems), *sorted(ends)),
            tuple(sorted(ends)),
        )
        for head, ends in sizes.items()
    }
    return {head: once.setdefault(ends, ends) for head, ends in each.items()}


def _choose(
    choices: Iterable[tuple[Asked | None, Known]],
    form: str,
    end: int,
    plain: str | None,
    found: Matches,
    *,
    loose: bool,
) -> None:
    """Note what is known if what stands from `end` on may follow; no `plain` is a slip."""
    for asked, known in choices:
        match = end << 1
        if asked is not None:
            strict, looser, letters, ends, alone = asked
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
        found[known] = match
