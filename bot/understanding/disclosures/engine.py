"""Whether a message says that somebody is being hurt, and what it is about."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.content.model import LABELS, DisclosureLexicon
from bot.understanding.disclosures.building import at_once
from bot.understanding.disclosures.reading import read
from bot.understanding.disclosures.rules import Rules
from bot.understanding.disclosures.signs import Sign, Signs
from bot.understanding.disclosures.weights import Scales, features

BY_WEIGHT: Final = "by-weight"
"""Stands among the rules where no rule, but the weights of its words say what a message is about."""

SILENT, DOUBTFUL, ASKS, SPEAKS = -2.0, -0.6, 0.5, 1.5
"""How much a message must sound like telling of harm: for any rule to be asked; for one rule to be
believed where below it several must agree; and where no rule fired, for a soft question and for an
answer. Chosen on phrases that the weights were not learnt from."""

_AGREEING: Final = 2
"""Rules that must say so where a message sounds rather harmless."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message is about.

    Attributes:
        labels: in order of urgency; () for nothing.
        rules: the names of the rules that fired.
        asks: whether only doubtful rules fired: ask softly, do not answer.
    """

    labels: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """What a message is about, and why.

    Attributes:
        understood: what it is about.
        signs: the words that say each concept, as they were read; "-" before a denied concept.
        harm: how much it sounds like telling of harm; None where there are no weights.
    """

    understood: Understood
    signs: tuple[tuple[str, str], ...]
    harm: float | None = None


class Disclosures:
    """Understands disclosures in every language at once; made once, and it remembers no text."""

    def __init__(self, lexicon: DisclosureLexicon) -> None:
        """Take the lexicon; it is indexed when it is first needed (about half a second)."""
        self._lexicon = lexicon

    def prepare(self) -> None:
        """Index the lexicon now, so that nobody waits for it.

        Raises:
            ValueError: for an entry that cannot be read, which the loader would have refused.
        """
        _ = self._signs, self._rules, self._scales

    @cached_property
    def _signs(self) -> Signs:
        with at_once():
            return Signs(self._lexicon)

    @cached_property
    def _rules(self) -> Rules:
        return Rules(self._lexicon)

    def understand(self, text: str) -> Understood:
        """Tell what a message is about; any text may be given, 4,096 letters of it are read."""
        words = read(text)
        parts = features(words)
        harm = self._scales.harm(parts) if self._scales else None
        if harm is not None and harm < SILENT:
            return Understood()
        rules, found = self._rules.judge(words, self._signs.find(words))
        names = tuple(rule.rule for rule in rules)
        if harm is None or self._scales is None:
            return _said(found, names, asks=bool(rules))
        if not found and harm > SPEAKS:
            return _said(self._scales.likely(parts), (*names, BY_WEIGHT), asks=False)
        if harm < DOUBTFUL and sum(not rule.ask for rule in rules) < _AGREEING:
            return _said((), names, asks=bool(rules))
        return _said(found, names, asks=bool(rules) or harm > ASKS)

    @cached_property
    def _scales(self) -> Scales | None:
        weights = self._lexicon.weights
        return Scales(weights) if weights else None

    def explain(self, text: str) -> Explained:
        """As `understand`, with the words behind it: for authors, never for a log."""
        words = read(text)

        def shown(sign: Sign) -> tuple[str, str]:
            said = " ".join(words[at].plain for at in sign.words)
            return ("-" * sign.negated + sign.concept, f"{said} ({sign.language})")

        found = dict.fromkeys(map(shown, self._signs.find(words)))
        harm = self._scales.harm(features(words)) if self._scales else None
        return Explained(self.understand(text), tuple(found), harm)


def _said(labels: Collection[str], rules: tuple[str, ...], *, asks: bool) -> Understood:
    found = {*labels, *(("violence",) if "violence_now" in labels else ())}
    return Understood(
        tuple(label for label in LABELS if label in found), rules, asks=asks and not found
    )
