"""The words and phrases of a lexicon, indexed."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from bot.content.model import DisclosureLexicon, DisclosureWords
from bot.understanding.disclosures.known import Anchored, Known, Meaning
from bot.understanding.disclosures.patterns import Slot, forget, patterns, piece
from bot.understanding.disclosures.phrases import Step
from bot.understanding.disclosures.stems import Classes, Entry, Stems
from bot.understanding.disclosures.tails import Tails
from bot.understanding.disclosures.tongues import ALL, TONGUE

EVERY: Final = ""
"""The language of words that hold in all of them."""
_GLUED: Final = 3
_LEAST_GLUED: Final = 5
"""Letters of a particle that is often written in one with the next word, and of both: "нехочу"."""

_COMMON: Final = (60, 60, 60, 16, 5, 2)
"""How many times as common stems of so many letters are as long ones.

A whole word is as common as stems with a letter more. Guessed from how often each kind is in
`tests/understanding/disclosures/phrases/`; a wrong guess costs time, and misses nothing.
"""
_NUMBERS_COMMON: Final = 50
"""The same for numbers."""


Slots = tuple[Slot, ...]


class Vocabulary:
    """What single words mean, and which phrases stand around which word.

    Attributes:
        stems: finds what is known of a word.
        phrases: the first step of every phrase, and what it means.
    """

    def __init__(self, lexicon: DisclosureLexicon) -> None:
        """Index every entry of the lexicon.

        Raises:
            ValueError: if an entry cannot be read; the loader reports those.
        """
        single: defaultdict[int, list[Meaning]] = defaultdict(list)
        long: list[_Long] = []
        numbers = _Numbers(lexicon)
        for meaning, each in _entries(lexicon):
            for slots in each:
                if len(slots) > 1:
                    long.append(numbers.of(meaning).long(slots, meaning))
                elif isinstance(only := slots[0].either[0], str):
                    single[numbers.of(meaning)[only]].append(meaning)
        anchored = _anchored(long, numbers.commonness())
        once: dict[tuple[Meaning, ...], tuple[Meaning, ...]] = {}
        says = {
            number: once.setdefault(meanings, meanings)
            for number, meanings in zip(single, map(tuple, single.values()), strict=True)
        }

        def known(pieces: tuple[int, ...]) -> Known:
            if len(pieces) > 1:
                return _together([known((one,)) for one in pieces])
            (one,) = pieces
            in_phrases = pieces if one in numbers.phrased else ()
            return Known(numbers.tongues[one], says.get(one, ()), in_phrases, anchored.get(one, ()))

        self.stems = Stems(numbers.entries(lexicon), known)
        self.phrases = [(one.first, one.meaning) for one in long]
        forget()


def _together(each: Sequence[Known]) -> Known:
    """Give what is known of several pieces."""
    return Known(
        reduce(or_, [one.tongues for one in each]),
        tuple([meaning for one in each for meaning in one.says]),
        tuple([piece for one in each for piece in one.pieces]),
        tuple([phrase for one in each for phrase in one.anchored]),
    )


class _Long(NamedTuple):
    """A phrase: its first step, what it means, and what each step that it needs may begin with."""

    first: Step
    meaning: Meaning
    needed: list[tuple[int, ...]]


def _anchored(long: Iterable[_Long], commonness: Sequence[int]) -> dict[int, tuple[Anchored, ...]]:
    """Put each phrase where its rarest words are looked up."""
    shared = Counter([number for one in long for begin in one.needed for number in begin])
    often = {number: count * commonness[number] for number, count in shared.items()}
    found: dict[int, tuple[Anchored, ...]] = {}
    for at, one in enumerate(long):
        rarest, *others = sorted(one.needed, key=lambda begin: sum([often[each] for each in begin]))
        beside = others[0] if others else rarest
        entry = Anchored(at, one.meaning.tongues, beside[0], beside[1:])
        for number in {*rarest}:
            found[number] = (*found.get(number, ()), entry)
    return found


class _Numbers:
    """The number of each word of the lexicon."""

    def __init__(self, lexicon: DisclosureLexicon) -> None:
        self._unforgiving = {*lexicon.common.quiet, ""}
        self._numbers: dict[tuple[str, str], int] = {}
        self._forgiven: set[int] = set()
        self._of: dict[tuple[str, bool], _Of] = {}
        self.pieces: dict[tuple[int, ...], tuple[int, ...]] = {}
        self.tongues: list[int] = []
        self.phrased: set[int] = set()

    def of(self, meaning: Meaning) -> "_Of":
        """Give the numbers of the words that say such a thing."""
        key = meaning.language, meaning.concept not in self._unforgiving
        if key not in self._of:
            self._of[key] = _Of(self, *key)
        return self._of[key]

    def number(self, word: str, language: str, bit: int, *, forgiven: bool) -> int:
        """Give a word its number: one for all languages, unless it has endings of its own."""
        key = (language if "+" in word else EVERY, word)
        number = self._numbers.setdefault(key, len(self._numbers))
        if number == len(self.tongues):
            self.tongues.append(bit)
        else:
            self.tongues[number] |= bit
        if forgiven:
            self._forgiven.add(number)
        return number

    def entries(self, lexicon: DisclosureLexicon) -> Iterator[Entry]:
        """Give every word with its number and the endings that it may have."""
        classes: dict[str, Classes] = {one.language: _classes(one) for one in lexicon.languages}
        names: dict[str, Container[str]] = {one.language: one.endings for one in lexicon.languages}
        for (language, word), number in self._numbers.items():
            read = piece(word, names.get(language, ()))
            yield Entry(number, read, classes.get(language, {}), number in self._forgiven)

    def commonness(self) -> list[int]:
        """Guess for each number how common the word is among what people type: short ones are."""
        return [_commonness(word) for _, word in self._numbers]


def _commonness(word: str) -> int:
    if word[0] == "<":
        return _NUMBERS_COMMON
    letters = len(word) + (1 if word.isalnum() else -1)
    return _COMMON[letters] if letters < len(_COMMON) else 1


class _Of(dict[str, int]):
    """The numbers of the words of a language, given as they are first asked for.

    Those with which a slip is let pass, and those with which none is, each have their own.
    """

    def __init__(self, numbers: _Numbers, language: str, forgiven: bool) -> None:  # noqa: FBT001
        self._numbers, self._language, self._forgiven = numbers, language, forgiven
        self._bit = TONGUE.get(language, 0)
        self._once = numbers.pieces.setdefault

    def __missing__(self, word: str) -> int:
        self[word] = number = self._numbers.number(
            word, self._language, self._bit, forgiven=self._forgiven
        )
        return number

    def long(self, slots: Slots, meaning: Meaning) -> _Long:
        """Write a phrase in numbers."""
        needed = [self._begin(slot) for slot in slots if not slot.optional]
        return _Long(self._step(slots, None), meaning, needed)

    def _begin(self, slot: Slot) -> tuple[int, ...]:
        """Give the pieces that a step may begin with."""
        each = [
            (self[one],) if isinstance(one, str) else self._begin(one[0]) for one in slot.either
        ]
        pieces = tuple([number for begin in each for number in begin])
        return self._once(pieces, pieces)

    def _step(self, slots: Slots, then: Step | None, skipped: int = 0) -> Step:
        """Link steps to those that follow them, and the last to `then`."""
        slot, rest = slots[0], slots[1:]
        gap = slot.gap + skipped
        missing = self._step(rest, then, gap) if slot.optional else None
        *others, (pieces, after) = self._ways(slot, self._step(rest, then) if rest else then)
        step = Step(gap, pieces, after, None, missing)
        for pieces, after in reversed(others):
            step = Step(gap, pieces, after, step, missing)
        return step

    def _ways(self, slot: Slot, then: Step | None) -> list[tuple[tuple[int, ...], Step | None]]:
        """Give what a step may be, and the step that follows each."""
        ways: list[tuple[tuple[int, ...], Step | None]] = []
        pieces: list[int] = []
        for one in slot.either:
            if isinstance(one, str):
                pieces.append(self[one])
                self._numbers.phrased.add(self[one])
                continue
            if pieces:
                ways.append((tuple(pieces), then))
                pieces = []
            ways += self._ways(one[0], self._step(one[1:], then) if one[1:] else then)
        if pieces:
            ways.append((tuple(pieces), then))
        return [(self._once(pieces, pieces), then) for pieces, then in ways]


def _entries(lexicon: DisclosureLexicon) -> Iterator[tuple[Meaning, Iterable[Slots]]]:
    """Read every entry with what it says, and again as it is written in one word."""
    for words in lexicon.languages:
        for concept, entries in (*words.concepts.items(), ("", words.wrong)):
            said = Meaning(concept, words.language, negated=False, tongues=TONGUE[words.language])
            denied = said._replace(negated=True)
            for slots, negated in patterns(entries):
                yield denied if negated else said, (slots, *_glued(slots))
    for slots, _ in patterns(lexicon.common.wrong):
        yield Meaning("", EVERY, negated=False, tongues=ALL), (slots,)


def _glued(slots: Slots) -> Iterable[Slots]:
    """Write a particle and its neighbour in one word."""
    if len(slots) != 2 or slots[1].gap:  # noqa: PLR2004 - the two words
        return ()
    short = [one for one in slots[0].either if len(one) <= _GLUED and isinstance(one, str)]
    return [
        (Slot(0, (first + second,)),)
        for first in short
        if first.isalpha()
        for second in slots[1].either
        if isinstance(second, str)
        and second[0].isalpha()
        and len(first) + len(second) >= _LEAST_GLUED
    ]


def _classes(words: DisclosureWords) -> Classes:
    return {
        (name, loose): Tails(endings, words.negative, loose=loose)
        for name, endings in words.endings.items()
        for loose in (False, True)
    }
