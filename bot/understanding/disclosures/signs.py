"""From words to meanings: which concepts a message says, and which it denies."""

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Final, NamedTuple

from bot.content.model import DisclosureLexicon
from bot.understanding.disclosures.known import Anchored, Matches, Meaning
from bot.understanding.disclosures.phrases import find
from bot.understanding.disclosures.reading import Word
from bot.understanding.disclosures.tongues import is_foreign, spoken
from bot.understanding.disclosures.vocabulary import EVERY, Vocabulary

NOT: Final = "not"
"""The concept of words that deny what stands after them: "never"."""
NOT_AFTER: Final = "not_after"
"""The concept of words that deny what stands right before them: "емес"."""
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


_sign: Final = partial(tuple.__new__, Sign)
"""Makes a sign of what it has, in half the time."""


class Signs:
    """Finds the concepts of a lexicon in messages; it remembers no message."""

    def __init__(self, lexicon: DisclosureLexicon) -> None:
        """Index every entry; raises ValueError for one that cannot be read."""
        self._vocabulary = Vocabulary(lexicon)
        self._people = frozenset({*lexicon.common.people, NOT, NOT_AFTER})

    def prepare(self) -> None:
        """Index what is only needed for mistyped words, too."""
        self._vocabulary.stems.slips.prepare()

    def find(self, words: Sequence[Word]) -> list[Sign]:
        """Find the concepts of a message, those of single words first."""
        look = self._vocabulary.stems.matches
        heard = _heard(map(look, words))
        own = spoken(words, heard.tongues)
        signs = _single(words, heard.says, own)
        if phrases := self._phrases(words, heard, own):
            signs += [
                sign
                for sign in phrases
                if sign.concept
                and (sign.language != "en" or not any(is_foreign(words[at]) for at in sign.words))
            ]
            if wrong := [sign for sign in phrases if not sign.concept]:
                signs = [sign for sign in signs if not any(_covers(one, sign) for one in wrong)]
        return _denied(words, signs, self._people)

    def _phrases(self, words: Sequence[Word], heard: "_Heard", own: int) -> list[Sign]:
        """Find what words mean together, in the languages `own`."""
        places = heard.places
        apart = places.keys().isdisjoint
        likely = {
            number
            for number, tongues, beside, others in heard.anchored
            if tongues & own and (beside in places or (others and not apart(others)))
        }
        signs: list[Sign] = []
        ats = [word.at for word in words]
        for number in sorted(likely):
            first, (concept, language, denied, _) = self._vocabulary.phrases[number]
            for own_words, negated in find(first, ats, places, heard.denied):
                signs.append(_sign((concept, language, own_words, negated != denied)))
        return signs


class _Heard(NamedTuple):
    """What is known of the words of a message.

    Attributes:
        tongues: for each word the bits of the languages that know it.
        says: words that mean something alone, and what, with how each was found.
        places: for each piece of a phrase the bits of the words that are this piece.
        denied: the same for those of them that an ending negates.
        anchored: the phrases that are looked up by some word.
    """

    tongues: list[int]
    says: list[tuple[int, list[tuple[int, tuple[Meaning, ...]]]]]
    places: dict[int, int]
    denied: dict[int, int]
    anchored: list[Anchored]


def _heard(matched: Iterable[Matches]) -> _Heard:
    """Put together what is known of each word."""
    heard = _Heard([], [], {}, {}, [])
    tongues, says, places, denied, anchored = heard
    for at, matches in enumerate(matched):
        bits, here = 0, 1 << at
        said: list[tuple[int, tuple[Meaning, ...]]] = []
        for known, match in matches.items():
            bits |= known.tongues
            if meanings := known.says:
                said.append((match, meanings))
            if pieces := known.pieces:
                anchored += known.anchored
                for piece in pieces:
                    if piece in places:
                        places[piece] |= here
                    else:
                        places[piece] = here
                if match & 1:
                    denied.update({piece: denied.get(piece, 0) | here for piece in pieces})
                elif denied:  # found otherwise before
                    denied.update({one: denied[one] & ~here for one in pieces if one in denied})
        if said:
            says.append((at, said))
        tongues.append(bits)
    return heard


def _single(
    words: Sequence[Word],
    says: Iterable[tuple[int, Iterable[tuple[int, tuple[Meaning, ...]]]]],
    own: int,
) -> list[Sign]:
    """Take of each word and language what accounts for most letters.

    What means nothing goes before what has as many letters.
    """
    signs: list[Sign] = []
    for at, said in says:
        most = {EVERY: 0}
        own_words = (at,)
        found: list[tuple[int, str, str, bool]] = []
        for match, meanings in said:
            for concept, language, negated, tongues in meanings:
                if not tongues & own or (language == "en" and is_foreign(words[at])):
                    continue
                size = match & ~1 if concept else match | 1
                if size > most.get(language, 0):
                    most[language] = size
                if concept:
                    found.append((size, concept, language, negated != match & 1))
        for size, concept, language, negated in found:
            if size == most[language] and size > most[EVERY]:
                signs.append(_sign((concept, language, own_words, negated)))
    return signs


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
