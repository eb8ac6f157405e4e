"""From words to meanings: which concepts a message says, and which it denies."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from bot.content.model import DisclosureLexicon
from bot.understanding.disclosures.phrases import find
from bot.understanding.disclosures.reading import Word
from bot.understanding.disclosures.stems import Matches, is_negated, letters
from bot.understanding.disclosures.tongues import is_foreign, spoken
from bot.understanding.disclosures.vocabulary import EVERY, LANGUAGES, Vocabulary

NOT: Final = "not"
"""The concept of words that deny what stands after them: "never"."""
NOT_AFTER: Final = "not_after"
"""The concept of words that deny what stands right before them: "емес"."""
_SET: Final = [
    [at for at in range(len(LANGUAGES)) if bits >> at & 1] for bits in range(1 << len(LANGUAGES))
]
"""For each sum of bits, which of them are set."""
_DENIED: Final = 2
"""Words behind a denying one that it may deny."""


class Sign(NamedTuple):
    """A concept found in a message.

    Attributes:
        concept: its name; "" for words that mean nothing here.
        language: the language whose lexicon says so.
        words: which words of the message say it, in order.
        negated: whether it is denied.
    """

    concept: str
    language: str
    words: tuple[int, ...]
    negated: bool


class Signs:
    """Finds the concepts of a lexicon in messages; it remembers no message."""

    def __init__(self, lexicon: DisclosureLexicon) -> None:
        """Index every entry; raises ValueError for one that cannot be read."""
        self._vocabulary = Vocabulary(lexicon)
        self._people = frozenset({*lexicon.common.people, NOT, NOT_AFTER})

    def find(self, words: Sequence[Word]) -> list[Sign]:
        """Find the concepts of a message, those of single words first."""
        look = self._vocabulary.stems.matches
        matched = [look(word) for word in words]
        own = spoken(words, self._known(matched))
        meant = [own - {"en"} if is_foreign(word) else own for word in words]
        signs = [
            sign
            for at, each in enumerate(matched)
            if each
            for sign in self._single(at, each, meant[at])
        ]
        phrases = [*self._phrases(words, matched, own)]
        signs += [
            sign
            for sign in phrases
            if sign.concept
            and (sign.language != "en" or all("en" in meant[at] for at in sign.words))
        ]
        if wrong := [sign for sign in phrases if not sign.concept]:
            signs = [sign for sign in signs if not any(_covers(one, sign) for one in wrong)]
        return _denied(words, signs, self._people)

    def _known(self, matched: Iterable[Matches]) -> Mapping[str, int]:
        """Count the words that each language knows."""
        of = self._vocabulary.languages
        known = [0] * len(LANGUAGES)
        for matches in matched:
            bits = 0
            for piece in matches:
                bits |= of[piece]
            for at in _SET[bits]:
                known[at] += 1
        return dict(zip(LANGUAGES, known, strict=True))

    def _single(self, at: int, matches: Matches, own: Container[str]) -> Iterator[Sign]:
        """Take of each language what accounts for most letters of the word."""
        single = self._vocabulary.single
        known = [
            (matches[piece], meaning)
            for piece in matches
            if piece in single
            for meaning in single[piece]
            if meaning.language in own or meaning.language == EVERY
        ]
        if len(known) == 1:
            match, (concept, language, negated) = known[0]
            if concept:
                yield Sign(concept, language, (at,), negated != is_negated(match))
            return
        longest: dict[tuple[str, bool], int] = {}
        for match, (concept, language, _) in known:
            key, size = (language, bool(concept)), letters(match)
            if size > longest.get(key, 0):
                longest[key] = size
        anywhere = longest.get((EVERY, False), 0)
        for match, (concept, language, negated) in known:
            size = letters(match)
            if (
                concept
                and size == longest[language, True]
                and size > anywhere
                and size > longest.get((language, False), 0)
            ):
                yield Sign(concept, language, (at,), negated != is_negated(match))

    def _phrases(
        self, words: Sequence[Word], matched: Sequence[Matches], own: Container[str]
    ) -> Iterator[Sign]:
        anchored, phrases = self._vocabulary.anchored, self._vocabulary.phrases
        places: dict[int, list[int]] = {}
        for at, matches in enumerate(matched):
            for piece in matches:
                places.setdefault(piece, []).append(at)
        there = places.keys()
        likely = {
            number
            for piece in there & anchored.keys()
            for number, language, needed in anchored[piece]
            if (language in own or language == EVERY) and not there.isdisjoint(needed)
        }
        for number in sorted(likely):
            steps, (concept, language, denied) = phrases[number]
            for at_words, pieces in find(steps, words, matched, places):
                each = zip(at_words, pieces, strict=True)
                negated = any(is_negated(matched[at][piece]) for at, piece in each)
                yield Sign(concept, language, at_words, negated != denied)


def _covers(wrong: Sign, sign: Sign) -> bool:
    """Tell whether words that mean nothing together hold the fewer words of a sign."""
    return wrong.language in (EVERY, sign.language) and set(sign.words) < set(wrong.words)


def _denied(words: Sequence[Word], signs: list[Sign], people: Collection[str]) -> list[Sign]:
    """Mark what is denied by a word before or right after it in the same clause."""
    denying = [sign for sign in signs if sign.concept in (NOT, NOT_AFTER)]
    if not denying:
        return signs
    used = {at for sign in signs if len(sign.words) > 1 for at in sign.words}
    starts = {sign.words[0] for sign in signs if sign.concept not in people}
    ends = {sign.words[-1] for sign in signs if sign.concept not in people}
    from_: set[int] = set()
    until: set[int] = set()
    for sign in denying:
        at = sign.words[-1]
        if len(sign.words) == 1 and at in used:
            continue  # "does not let out" is a sign as a whole
        if sign.concept == NOT:
            behind = range(at + 1, min(at + 1 + _DENIED, len(words)))
            found = (one for one in behind if one in starts)
            first = next(found, None)
            if first is not None and words[first].clause == words[at].clause:
                from_.add(first)
        elif sign.words[0] - 1 in ends and words[sign.words[0] - 1].clause == words[at].clause:
            until.add(sign.words[0] - 1)
    return [
        sign._replace(negated=True)
        if sign.concept not in people and (sign.words[0] in from_ or sign.words[-1] in until)
        else sign
        for sign in signs
    ]
