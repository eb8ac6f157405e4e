"""Whether a message says that somebody is being hurt, and what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from bot.building import at_once
from bot.content.model import LABELS, DisclosureLexicon
from bot.understanding.disclosures.reading import Word, read
from bot.understanding.disclosures.signs import Sign, Signs
from bot.understanding.disclosures.weights import Scales, Weighed, of_meanings, of_words

SILENT: Final = -2.0
"""How much the words of a message must sound like telling of harm for their meaning to be asked."""
ASKS, SPEAKS = -0.5, 0.5
"""How much a message must sound like it, meaning and all, for a soft question and an answer.

All were chosen on phrases that the weights were not learnt from.
"""
URGENT: Final = {"violence_now": 1.0, "suicide": 1.0}
"""How much a doubtful message must sound like what cannot wait, to be answered and not asked."""
_URGENT: Final = [(LABELS.index(label), enough) for label, enough in URGENT.items()]
_REASONS: Final = 5
"""Reasons that are named."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message is about.

    Attributes:
        labels: in order of urgency; () for nothing.
        asks: whether it is doubtful: ask softly, do not answer.
    """

    labels: tuple[str, ...] = ()
    asks: bool = False


_NOTHING: Final = Understood()


@dataclass(frozen=True, slots=True)
class Explained:
    """What a message is about, and why.

    Attributes:
        understood: what it is about.
        rules: what spoke loudest for it, meanings before words: `hit+my_partner`, `-let`, `ura*`;
            () where it is about nothing.
        signs: the words that say each concept, as they were read; "-" before a denied concept.
        harm: how much it sounds like telling of harm; by its words alone where they are `SILENT`.
    """

    understood: Understood
    rules: tuple[str, ...]
    signs: tuple[tuple[str, str], ...]
    harm: float


class _Read(NamedTuple):
    """A message, what it says, and how it weighs; a silent one is not asked what it says."""

    words: Sequence[Word]
    signs: Sequence[Sign]
    weighed: Weighed


class Disclosures:
    """Understands disclosures in every language at once; made once, and it remembers no text."""

    def __init__(self, lexicon: DisclosureLexicon) -> None:
        """Take the lexicon; it is indexed when it is first needed (about half a second).

        A lexicon without weights understands nothing.
        """
        self._lexicon = lexicon

    def prepare(self) -> None:
        """Index the lexicon now, so that nobody waits for it.

        Raises:
            ValueError: for an entry that cannot be read, which the loader would have refused.
        """
        self._signs.prepare()
        _ = self._scales

    @cached_property
    def _signs(self) -> Signs:
        with at_once():
            return Signs(self._lexicon)

    @cached_property
    def _scales(self) -> Scales | None:
        return Scales(self._lexicon.weights) if self._lexicon.weights else None

    def understand(self, text: str) -> Understood:
        """Tell what a message is about; any text may be given, 4,096 letters of it are read."""
        return _said(self._read(text).weighed)

    def explain(self, text: str) -> Explained:
        """As `understand`, with what stands behind it: for authors, never for a log."""
        words, signs, weighed = self._read(text)
        said = _said(weighed)

        def shown(sign: Sign) -> tuple[str, str]:
            own = " ".join(words[at].plain for at in sign.words)
            return ("-" * sign.negated + sign.concept, f"{own} ({sign.language})")

        rules: Sequence[str] = ()
        if self._scales and (said.labels or said.asks):
            found = (*of_words(words), *of_meanings(signs))
            rules = self._scales.reasons(found, said.labels, _REASONS)
        return Explained(said, tuple(rules), tuple(dict.fromkeys(map(shown, signs))), weighed.harm)

    def _read(self, text: str) -> _Read:
        words = read(text)
        if self._scales is None:
            return _Read(words, (), Weighed(SILENT, ()))
        load = self._scales.words(words)
        if (harm := self._scales.alone(load)) < SILENT:
            return _Read(words, (), Weighed(harm, ()))
        signs = self._signs.find(words)
        return _Read(words, signs, self._scales.weigh(load.and_(self._scales.meanings(signs))))


def _said(weighed: Weighed) -> Understood:
    """Name all labels that are likelier than not, and the likeliest of a message of harm."""
    harm, labels = weighed
    if harm <= ASKS:
        return _NOTHING
    if harm <= SPEAKS and not any(labels[at] > enough for at, enough in _URGENT):
        return Understood(asks=True)
    found = [label for label, weight in zip(LABELS, labels, strict=False) if weight > 0]
    if not found:
        found = [LABELS[labels.index(max(labels))]]
    if "violence_now" in found and "violence" not in found:
        found = sorted([*found, "violence"], key=LABELS.index)
    return Understood(tuple(found))
