"""A small way of telling harm: one made-up word for each label, so that no rule is tested here."""

from dataclasses import replace
from typing import get_args

from bot.content.model import DisclosureLexicon, DisclosureRule, DisclosureRules, DisclosureWords
from bot.content.model.disclosures import Label
from bot.engine.stage import Stage

LABELS = get_args(Label)

WORDS = dict(
    zip(
        LABELS,
        ("borogove", "jabberwock", "bandersnatch", "tumtum", "frabjous", "vorpal", "galumph"),
        strict=True,
    )
)
"""The word that tells of each label."""

DOUBTFUL = "mimsy"
"""A word that may tell of harm."""


def listening(world):
    """The same world, in which those words, and no others, tell of harm."""
    rules = [DisclosureRule(rule=label, labels=(label,), when=(label,)) for label in LABELS]
    rules.append(DisclosureRule(rule="doubtful", labels=("violence",), when=("doubt",), ask=True))
    concepts = {**{label: (word,) for label, word in WORDS.items()}, "doubt": (DOUBTFUL,)}
    lexicon = DisclosureLexicon(
        languages=(DisclosureWords(language="en", concepts=concepts),),
        common=DisclosureRules(rules=tuple(rules)),
    )
    content = world.content.model_copy(update={"disclosures": lexicon})
    return Stage(replace(world, content=content))
