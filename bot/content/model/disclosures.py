"""How people say that somebody is being hurt: words by meaning, and rules over meanings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal, get_args

from pydantic import BeforeValidator, ConfigDict, Field, SkipValidation, StringConstraints

from bot.content.model.base import Frozen

Label = Literal[
    "violence_now",
    "suicide",
    "sexual_violence",
    "child_at_risk",
    "violence",
    "forced_marriage",
    "stalking_online",
]
"""What a message may be about, the most urgent first."""
LABELS: Final[tuple[str, ...]] = get_args(Label)

Concept = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)]
"""A meaning that words of every language share: `hit`, `my_partner`."""
Sign = Annotated[
    str,
    StringConstraints(pattern=r"^-?[a-z][a-z0-9_]*(\|-?[a-z][a-z0-9_]*)*$", max_length=400),
]
"""Concepts of which one is enough: `me|my_kin`; with a hyphen only when it is negated."""


def _written(value: object) -> object:
    """Take a number as the word that it is: 112."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Entry = Annotated[str, BeforeValidator(_written), StringConstraints(min_length=1, max_length=1000)]
"""A word or a phrase as the lexicon writes it; `bot.understanding.disclosures` reads it."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Distance = Annotated[int, Field(ge=0, le=400)]


class DisclosureRule(Frozen):
    """Signs that stand together in a message and mean something together.

    Attributes:
        rule: its name, unique in the lexicon.
        labels: what the message is then about.
        when: the signs; every one must be found.
        within: the most words from the first to the last of them.
        ordered: whether they stand in this order.
        unless: concepts near them that silence the rule; `quiet` where nothing is said.
        negated: whether negated words do not count, are the only ones that count, or any counts.
        ask: whether the rule is so doubtful that it only leads to a question.
        example: a sentence it is for, which makes it fire.
    """

    rule: Name
    labels: Annotated[tuple[Label, ...], Field(min_length=1)]
    when: Annotated[tuple[Sign, ...], Field(min_length=1, max_length=6)]
    within: Distance = 12
    ordered: bool = False
    unless: tuple[Concept, ...] | None = None
    negated: bool | Literal["any"] = False
    ask: bool = False
    example: str = ""


class DisclosureAddition(Frozen):
    """A label that joins others where more signs stand near.

    Attributes:
        label: the label that joins.
        to: the labels it may join, with | between them.
        when: the signs; every one must be found.
        within: the most words between these signs and those of the rule; None for any number.
        unless: concepts anywhere in the message that prevent it.
    """

    label: Label
    to: Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\|[a-z_]+)*$")]
    when: Annotated[tuple[Sign, ...], Field(min_length=1, max_length=6)]
    within: Distance | None = None
    unless: tuple[Concept, ...] = ()


class DisclosureRules(Frozen):
    """`rules.yaml`: what holds in every language.

    Attributes:
        rules: the rules.
        quiet: the concepts that silence a rule which says nothing else.
        people: concepts of persons, which no negation touches.
        groups: names under which rules ask for several concepts at once.
        adds: labels that join others.
        wrong: words that mean nothing here, whatever a shorter stem of any language says.
    """

    rules: tuple[DisclosureRule, ...] = ()
    quiet: tuple[Concept, ...] = ()
    people: tuple[Concept, ...] = ()
    groups: Mapping[Concept, tuple[Concept, ...]] = Field(default_factory=dict)
    adds: tuple[DisclosureAddition, ...] = ()
    wrong: Annotated[tuple[Entry, ...], Field(alias="not")] = ()


class DisclosureWords(Frozen):
    """The file of a language.

    Attributes:
        language: its code; Uzbek has one file for both scripts.
        endings: classes of tails, by name; a word may have up to five of one class in a row.
        negative: tails that negate the word they follow.
        concepts: the words and phrases of each concept.
        wrong: words that are not what a shorter stem of this language would say.
        rules: what is special to this language.
    """

    language: Literal["kk", "ky", "tg", "uz", "ru", "en"]
    endings: Mapping[str, tuple[Entry, ...]] = Field(default_factory=dict)
    negative: tuple[Entry, ...] = ()
    concepts: Mapping[Concept, tuple[Entry, ...]]
    wrong: Annotated[tuple[Entry, ...], Field(alias="not")] = ()
    rules: tuple[DisclosureRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """How much beginnings and endings of words sound like telling of harm.

    Attributes:
        scale: what a weight of the table is multiplied with.
        biases: by column, what a message without any known feature has.
        rows: for each feature its row of the table.
        columns: whole numbers by row, first for harm of any kind, then for each of `LABELS`.
    """

    scale: float
    biases: tuple[float, ...]
    rows: Mapping[str, int] = field(repr=False, hash=False)
    columns: tuple[Sequence[int], ...] = field(repr=False, hash=False)


class DisclosureLexicon(Frozen):
    """Everything that is known of how people disclose violence; empty where nothing is shipped."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    languages: tuple[DisclosureWords, ...] = ()
    common: DisclosureRules = DisclosureRules()
    weights: Annotated[Weights | None, SkipValidation] = Field(None, repr=False)

    @property
    def rules(self) -> tuple[DisclosureRule, ...]:
        """The rules of every language and the common ones."""
        own = (rule for words in self.languages for rule in words.rules)
        return (*self.common.rules, *own)

    def meant(self, concept: str) -> tuple[str, ...]:
        """Give the concepts of a group, or the concept itself if it names no group."""
        return self.common.groups.get(concept, (concept,))
