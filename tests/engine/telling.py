"""A small way of telling harm: one made-up word for each label, so that no lexicon is tested here."""

from dataclasses import replace

from bot.content.model import LABELS
from bot.engine.stage import Stage
from tests.understanding.disclosures.kit import lexicon, weights, words

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
    concepts = {**{label: (word,) for label, word in WORDS.items()}, "doubt": (DOUBTFUL,)}
    said = {f"={label}": {"harm": 999, label: 999} for label in LABELS}
    heard = lexicon(
        words(language="en", endings={}, negative=[], concepts=concepts),
        weighed=weights({**said, "=doubt": {"harm": 3}}, harm=-1.0),
        people=(),
    )
    content = world.content.model_copy(update={"disclosures": heard})
    return Stage(replace(world, content=content))
