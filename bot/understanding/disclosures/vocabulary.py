"""The words and phrases of a lexicon, indexed."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from bot.content.model import DisclosureLexicon, DisclosureWords
from bot.understanding.disclosures.patterns import Slot, forget, patterns, piece
from bot.understanding.disclosures.phrases import Step
from bot.understanding.disclosures.stems import Classes, Entry, Stems
from bot.understanding.disclosures.tails import Tails

LANGUAGES: Final = ("kk", "ky", "tg", "uz", "ru", "en")
"""Languages by the bit that stands for them."""
EVERY: Final = ""
"""The language of words that hold in all of them."""
_GLUED: Final = 3
_LEAST_GLUED: Final = 5
"""Letters of a particle that is often written in one with the next word, and of both: "нехочу"."""

_COMMON: Final = ((3, 12), (4, 4), (5, 2))
"""How many times as common words of up to so many letters are as long ones."""


Slots = tuple[Slot, ...]


class Meaning(NamedTuple):
    """What an entry says.

    Attributes:
        concept: the concept, or "" for what means nothing here.
        language: the language of the entry, or `EVERY`.
        negated: whether it says the concept negated.
    """

    concept: str
    language: str
    negated: bool


class Vocabulary:
    """What single words mean, and which phrases stand around which word.

    Attributes:
        stems: finds the pieces that a word is.
        single: for the number of a piece, what it means alone.
        phrases: the steps of every phrase, and what it means.
        anchored: for the number of a piece, the phrases that are looked up by it: the position of
            each, its language, and pieces of which one must be in the message besides.
        languages: for the number of a piece, the languages that have it, as bits of `LANGUAGES`.
    """

    def __init__(self, lexicon: DisclosureLexicon) -> None:
        """Index every entry of the lexicon.

        Raises:
            ValueError: if an entry cannot be read; the loader reports those.
        """
        single: defaultdict[int, list[Meaning]] = defaultdict(list)
        long: list[tuple[tuple[Step, ...], Meaning]] = []
        numbers = _Numbers(lexicon)
        for meaning, each in _entries(lexicon):
            for slots in each:
                if len(slots) > 1:
                    long.append((numbers.of(meaning).steps(slots), meaning))
                elif isinstance(only := slots[0].either[0], str):
                    single[numbers.of(meaning)[only]].append(meaning)
        once: dict[tuple[Meaning, ...], tuple[Meaning, ...]] = {}
        self.single = {
            number: once.setdefault(each, each)
            for number, each in zip(single, map(tuple, single.values()), strict=True)
        }
        self.stems = Stems(numbers.entries(lexicon))
        self.languages = numbers.languages
        self.phrases: list[tuple[tuple[Step, ...], Meaning]] = []
        self.anchored: dict[int, tuple[tuple[int, str, tuple[int, ...]], ...]] = {}
        self._settle(long, numbers.commonness())
        forget()

    def _settle(
        self, long: Sequence[tuple[tuple[Step, ...], Meaning]], commonness: Sequence[int]
    ) -> None:
        """Put each phrase where its rarest words are looked up."""
        shared = Counter([number for steps, _ in long for step in steps for number in step.begin])
        often = {number: count * commonness[number] for number, count in shared.items()}
        for steps, meaning in long:
            each = sorted(
                [
                    (sum([often[number] for number in step.begin]), step.begin)
                    for step in steps
                    if not step.optional
                ]
            )
            entry = (len(self.phrases), meaning.language, each[min(1, len(each) - 1)][1])
            for number in {*each[0][1]}:
                self.anchored[number] = (*self.anchored.get(number, ()), entry)
            self.phrases.append((steps, meaning))


class _Numbers:
    """The number of each word of the lexicon."""

    def __init__(self, lexicon: DisclosureLexicon) -> None:
        self._unforgiving = {*lexicon.common.quiet, ""}
        self._numbers: dict[tuple[str, str], int] = {}
        self._forgiven: set[int] = set()
        self._of: dict[tuple[str, bool], _Of] = {}
        self.languages: list[int] = []

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
        if number == len(self.languages):
            self.languages.append(bit)
        else:
            self.languages[number] |= bit
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
        most = _COMMON[-1][0]
        return [
            next(times for letters, times in _COMMON if len(word) <= letters)
            if len(word) <= most
            else 1
            for _, word in self._numbers
        ]


class _Of(dict[str, int]):
    """The numbers of the words of a language, given as they are first asked for.

    Those with which a slip is let pass, and those with which none is, each have their own.
    """

    def __init__(self, numbers: _Numbers, language: str, forgiven: bool) -> None:  # noqa: FBT001
        self._numbers, self._language, self._forgiven = numbers, language, forgiven
        self._bit = 1 << LANGUAGES.index(language) if language else 0
        self._steps: dict[Slot, Step] = {}

    def __missing__(self, word: str) -> int:
        self[word] = number = self._numbers.number(
            word, self._language, self._bit, forgiven=self._forgiven
        )
        return number

    def steps(self, slots: Iterable[Slot]) -> tuple[Step, ...]:
        """Write the words of a phrase as numbers; what many have in common is kept once."""
        known = self._steps
        return tuple([known.get(slot) or self._step(slot) for slot in slots])

    def _step(self, slot: Slot) -> Step:
        either = tuple(
            [self[one] if isinstance(one, str) else self.steps(one) for one in slot.either]
        )
        step = Step(slot.gap, either, slot.optional, _begin(either))
        return self._steps.setdefault(slot, step)


def _begin(either: tuple[int | tuple[Step, ...], ...]) -> tuple[int, ...]:
    """Give the pieces that a step may begin with."""
    if all(isinstance(one, int) for one in either):
        return either  # type: ignore[return-value] # numbers, every one
    each = [(one,) if isinstance(one, int) else one[0].begin for one in either]
    return tuple([number for begin in each for number in begin])


def _entries(lexicon: DisclosureLexicon) -> Iterator[tuple[Meaning, Iterable[Slots]]]:
    """Read every entry with what it says, and again as it is written in one word."""
    for words in lexicon.languages:
        for concept, entries in (*words.concepts.items(), ("", words.wrong)):
            said = Meaning(concept, words.language, negated=False)
            denied = said._replace(negated=True)
            for slots, negated in patterns(entries):
                yield denied if negated else said, (slots, *_glued(slots))
    for slots, _ in patterns(lexicon.common.wrong):
        yield Meaning("", EVERY, negated=False), (slots,)


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
