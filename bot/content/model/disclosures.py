"""How people say that somebody is being hurt: words by meaning, and weights of both."""

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


def _written(value: object) -> object:
    """Take a number as the word that it is: 112."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Entry = Annotated[str, BeforeValidator(_written), StringConstraints(min_length=1, max_length=1000)]
"""A word or a phrase as the lexicon writes it; `bot.understanding.disclosures` reads it."""


class DisclosureCommon(Frozen):
    """`common.yaml`: what holds in every language.

    Attributes:
        people: concepts of persons, which no negation touches.
        quiet: concepts of what harms nobody; no slip is forgiven in their words.
        wrong: words that mean nothing here, whatever a shorter stem of any language says.
    """

    people: tuple[Concept, ...] = ()
    quiet: tuple[Concept, ...] = ()
    wrong: Annotated[tuple[Entry, ...], Field(alias="not")] = ()


class DisclosureWords(Frozen):
    """The file of a language.

    Attributes:
        language: its code; Uzbek has one file for both scripts.
        endings: classes of tails, by name; a word may have up to five of one class in a row.
        negative: tails that negate the word they follow.
        concepts: the words and phrases of each concept.
        wrong: words that are not what a shorter stem of this language would say.
    """

    language: Literal["kk", "ky", "tg", "uz", "ru", "en"]
    endings: Mapping[str, tuple[Entry, ...]] = Field(default_factory=dict)
    negative: tuple[Entry, ...] = ()
    concepts: Mapping[Concept, tuple[Entry, ...]]
    wrong: Annotated[tuple[Entry, ...], Field(alias="not")] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """How much words and concepts sound like telling of harm.

    Attributes:
        scale: what a weight of the table is multiplied with.
        biases: by column, what a message without any known feature has.
        rows: for each feature its row of the table.
        columns: whole numbers by row: for harm of any kind where words alone are known, for the
            same where concepts are known too, and for each of `LABELS`.
    """

    scale: float
    biases: tuple[float, ...]
    rows: Mapping[str, int] = field(repr=False, hash=False)
    columns: tuple[Sequence[int], ...] = field(repr=False, hash=False)


class DisclosureLexicon(Frozen):
    """Everything that is known of how people disclose violence; empty where nothing is shipped."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    languages: tuple[DisclosureWords, ...] = ()
    common: DisclosureCommon = DisclosureCommon()
    weights: Annotated[Weights | None, SkipValidation] = Field(None, repr=False)
