"""A small lexicon to try the engine with: one mechanism at a time."""

from collections.abc import Mapping
from typing import Any

from bot.content.model import (
    LABELS,
    DisclosureCommon,
    DisclosureLexicon,
    DisclosureWords,
    Weights,
)
from bot.content.weights_file import COLUMNS
from bot.understanding.disclosures import Disclosures

WORDS: dict[str, Any] = {
    "language": "kk",
    "endings": {"v": ["ды", "ады", "ді", "п", "ып", "ма", "мақшы"]},
    "negative": ["ма", "ме"],
    "concepts": {"hit": ["ұр+v"], "me": ["мені", "маған"]},
}
HIT_ME = {"=hit+me": {"harm": 999, "violence": 999}}


def words(**changes: Any) -> DisclosureWords:
    """The words of one language, with something said otherwise."""
    return DisclosureWords.model_validate({**WORDS, **changes})


def weights(
    rows: Mapping[str, Mapping[str, int]],
    *,
    alone: float = 9.0,
    harm: float = -9.0,
    label: float = -9.0,
) -> Weights:
    """Weights of a few features; without any, no message is silent and none is of harm."""
    columns = tuple(tuple(row.get(name, 0) for row in rows.values()) for name in COLUMNS[1:])
    biases = (alone, harm, *[label] * len(LABELS))
    return Weights(1.0, biases, {one: at for at, one in enumerate(rows)}, columns)


def lexicon(
    *languages: DisclosureWords,
    weighed: Weights | None = None,
    people: tuple[str, ...] = ("me",),
    **common: Any,
) -> DisclosureLexicon:
    """A lexicon of these languages, in which a blow at me is violence where nothing else is said."""
    return DisclosureLexicon(
        languages=languages or (words(),),
        common=DisclosureCommon.model_validate({"people": people, **common}),
        weights=weighed or weights(HIT_ME),
    )


def concepts(text: str, *entries: str, **changes: Any) -> list[str]:
    """Say which concepts are found in `text` where `hit` has these entries."""
    own = {**WORDS["concepts"], **({"hit": entries} if entries else {})}
    disclosures = Disclosures(lexicon(words(**{"concepts": own, **changes})))
    return [concept for concept, _ in disclosures.explain(text).signs]
