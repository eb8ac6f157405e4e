"""How well disclosures are understood, in a few figures for each language."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, get_args

from bot.content.model import Label
from bot.understanding.disclosures.engine import Disclosures, Understood

NONE: Final = "none"
_EXPLICIT: Final = "explicit"
_HARD: Final = "hard"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What somebody may type, and what a reader takes it for.

    Attributes:
        text: what is typed.
        language: the written form, such as `uz-Cyrl`.
        labels: what it is about; () for nothing.
        kind: explicit, implicit, hard (looks like a disclosure and is none) or chat.
    """

    text: str
    language: str
    labels: tuple[str, ...]
    kind: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Read a row of a set; raises KeyError or ValueError for one that cannot be counted."""
        labels = tuple(label for label in row["labels"] if label != NONE)
        if unknown := set(labels) - set(get_args(Label)):
            raise ValueError(f"no label {', '.join(sorted(unknown))}: {row['text']!r}")
        kind = row.get("kind") or (_EXPLICIT if labels else _HARD)
        return cls(row["text"], row["lang"], labels, kind)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was understood of a phrase."""

    phrase: Phrase
    understood: Understood

    @property
    def missed(self) -> bool:
        """Tell whether a disclosure was not noticed."""
        return bool(self.phrase.labels) and not self.understood.labels

    @property
    def alarmed(self) -> bool:
        """Tell whether something was noticed where nothing is."""
        return not self.phrase.labels and bool(self.understood.labels)


_Test = Callable[[Outcome], bool]


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of some outcomes; a rate is 1.0 where there is nothing to count."""

    outcomes: tuple[Outcome, ...]

    @property
    def recall(self) -> float:
        """Which part of the disclosures was noticed."""
        return _part(self.outcomes, lambda one: bool(one.phrase.labels), lambda one: not one.missed)

    def noticed(self, kind: str) -> float:
        """Which part of the disclosures of a kind was noticed."""
        return _part(
            self.outcomes,
            lambda one: bool(one.phrase.labels) and one.phrase.kind == kind,
            lambda one: not one.missed,
        )

    @property
    def precision(self) -> float:
        """Which part of what was noticed is a disclosure."""
        return _part(
            self.outcomes, lambda one: bool(one.understood.labels), lambda one: not one.alarmed
        )

    def alarms(self, kind: str | None = None) -> float:
        """Which part of the harmless phrases (of a kind) was taken for a disclosure."""
        return 1 - _part(
            self.outcomes,
            lambda one: not one.phrase.labels and kind in (None, one.phrase.kind),
            lambda one: not one.alarmed,
        )

    def asked(self, *, disclosures: bool) -> int:
        """Count the disclosures, or the harmless phrases, that lead to a soft question."""
        return sum(
            one.understood.asks for one in self.outcomes if bool(one.phrase.labels) is disclosures
        )

    def labelled(self, label: str) -> float:
        """Which part of the disclosures with a label got this label."""
        return _part(
            self.outcomes,
            lambda one: label in one.phrase.labels,
            lambda one: label in one.understood.labels,
        )

    def noticed_of(self, label: str) -> float:
        """Which part of the disclosures with a label was noticed, whatever label it got."""
        return _part(
            self.outcomes, lambda one: label in one.phrase.labels, lambda one: not one.missed
        )

    def confusion(self) -> Mapping[tuple[str, str], int]:
        """Count for each pair: the first label that is right, and the first that was understood."""
        order = get_args(Label)
        return Counter(
            (
                next((label for label in order if label in one.phrase.labels), NONE),
                one.understood.labels[0] if one.understood.labels else NONE,
            )
            for one in self.outcomes
        )

    def by_language(self) -> dict[str, "Score"]:
        """Split the figures."""
        split: defaultdict[str, list[Outcome]] = defaultdict(list)
        for one in self.outcomes:
            split[one.phrase.language].append(one)
        return {name: Score(tuple(ones)) for name, ones in split.items()}


def measured(disclosures: Disclosures, phrases: Iterable[Phrase]) -> Score:
    """Understand every phrase."""
    return Score(tuple(Outcome(one, disclosures.understand(one.text)) for one in phrases))


def _part(outcomes: Sequence[Outcome], of: _Test, is_good: _Test) -> float:
    counted = [one for one in outcomes if of(one)]
    return sum(map(is_good, counted)) / len(counted) if counted else 1.0
