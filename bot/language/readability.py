"""How hard a text is to read, by what can be counted alike in all our languages.

No formula of readability is made for Kazakh, Kyrgyz, Tajik or Uzbek, so none is borrowed: what
stands here are the two things such formulas count, length of sentences and of words.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.language.marks import PLACEHOLDER, TAG

LONG_SENTENCE: Final = 20
"""Words from which a sentence counts as long: the usual limit of guides to plain language."""
LONG_WORD: Final = 12
"""Letters from which a word counts as long. Endings make words of Turkic languages longer:
compare a language with itself, text by text, not with another."""

_SENTENCE: Final = re.compile(r"(?<=[.!?…:])[\"'»”’)]*\s+|\n")
_WORD: Final = re.compile(r"\w[\w'ʻʼ’-]*")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted: sentences, words a sentence, and shares (0 to 1) of long ones."""

    sentences: int
    words: float
    longest: int
    long_sentences: float
    long_words: float


def measure(texts: Iterable[str]) -> Figures:
    """Count over all texts; markup and what placeholders stand for do not count."""
    plain = (PLACEHOLDER.sub("x", TAG.sub("", text)) for text in texts)
    sentences = [_WORD.findall(one) for text in plain for one in _SENTENCE.split(text)]
    lengths = [len(words) for words in sentences if words]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return Figures(0, 0.0, 0, 0.0, 0.0)
    return Figures(
        len(lengths),
        len(words) / len(lengths),
        max(lengths),
        sum(length >= LONG_SENTENCE for length in lengths) / len(lengths),
        sum(len(word) >= LONG_WORD for word in words) / len(words),
    )
