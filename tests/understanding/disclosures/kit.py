"""A small lexicon to try the engine with: one mechanism at a time."""

from typing import Any

from bot.content.model import (
    DisclosureLexicon,
    DisclosureRule,
    DisclosureRules,
    DisclosureWords,
)
from bot.understanding.disclosures import Disclosures

WORDS: dict[str, Any] = {
    "language": "kk",
    "endings": {"v": ["ды", "ады", "ді", "п", "ып", "ма", "мақшы"]},
    "negative": ["ма", "ме"],
    "concepts": {"hit": ["ұр+v"], "me": ["мені", "маған"]},
}
RULE = {"rule": "hit-me", "labels": ["violence"], "when": ["hit", "me"]}


def words(**changes: Any) -> DisclosureWords:
    """The words of one language, with something said otherwise."""
    return DisclosureWords.model_validate({**WORDS, **changes})


def rule(**changes: Any) -> DisclosureRule:
    """The one rule, with something said otherwise."""
    return DisclosureRule.model_validate({**RULE, **changes})


def lexicon(*languages: DisclosureWords, **common: Any) -> DisclosureLexicon:
    """A lexicon of these languages; the rule and the people stand as long as nothing else does."""
    rules = {"rules": (rule(),), "people": ["me"], **common}
    return DisclosureLexicon(
        languages=languages or (words(),), common=DisclosureRules.model_validate(rules)
    )


def concepts(text: str, *entries: str, **changes: Any) -> list[str]:
    """Say which concepts are found in `text` where `hit` has these entries."""
    own = {**WORDS["concepts"], **({"hit": entries} if entries else {})}
    disclosures = Disclosures(lexicon(words(**{"concepts": own, **changes})))
    return [concept for concept, _ in disclosures.explain(text).signs]


def fired(text: str, *rules: DisclosureRule, **common: Any) -> tuple[str, ...]:
    """Say which rules fire on `text`."""
    made = Disclosures(lexicon(**{**({"rules": rules} if rules else {}), **common}))
    return made.understand(text).rules
