"""How much a message sounds like telling of harm, by weighted beginnings and endings of words.

Rules say what a message is about where they know its words. Weights say how much any message is
like those that tell of harm, also where no rule was thought of: they silence a rule that fired in
a harmless text, and speak where none did. They are learnt from phrases, see `tools/weights.py`;
the table is a file that a person can read.
"""

from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Final

from bot.content.model import LABELS, Weights
from bot.understanding.disclosures.reading import Word

BEGINNINGS: Final = (3, 4, 5, 6, 7)
"""Letters of a word's beginning that are looked up, where it has more."""
ENDINGS: Final = (2, 3, 4)
"""Letters of a word's ending that are looked up, where it has more."""
STEPS: Final = (1, 2)
"""How many words further the second word of a pair stands."""
_OF_A_PAIR: Final = 4
"""Letters of each word of a pair."""
MINOR: Final = range(5, 18)
"""Numbers that may be the age of a child."""


def features(words: Sequence[Word]) -> set[str]:
    """Write down what is looked up of a message: `ura*`, `*adi`, `uradi`, `erim urad`, `<5-17>`."""
    found: set[str] = set()
    forms: list[str] = []
    for word in words:
        if word.number is not None:
            found.add("<5-17>" if word.number in MINOR else "<n>")
        elif word.looser and word.looser[0]:
            form = word.looser[0]
            forms.append(form)
            found.add(form)
            letters = len(form)
            for many in BEGINNINGS:
                if many < letters:
                    found.add(f"{form[:many]}*")
            for many in ENDINGS:
                if many < letters:
                    found.add(f"*{form[-many:]}")
    found.update(_pairs(forms))
    return found


def _pairs(forms: Sequence[str]) -> Iterator[str]:
    short = [form[:_OF_A_PAIR] for form in forms]
    for step in STEPS:
        yield from map(" ".join, zip(short, short[step:], strict=False))


class Scales:
    """Weighs messages by a table."""

    def __init__(self, weights: Weights) -> None:
        """Take the table."""
        self._scale, self._biases = weights.scale, weights.biases
        self._rows, self._columns = weights.rows, weights.columns
        same = {one: one for one in weights.columns[0]}  # equal numbers are kept once
        self._harm = [same[one] for one in weights.columns[0]]

    def harm(self, found: set[str]) -> float:
        """Tell how much a message with these features sounds like telling of harm; 0 is even."""
        rows, harm = self._rows, self._harm
        total = sum([harm[rows[one]] for one in found if one in rows])
        return self._biases[0] + total * self._scale / sqrt(len(found) or 1)

    def likely(self, found: set[str]) -> tuple[str, ...]:
        """Name the labels that a message with these features is about: at least the likeliest."""
        known = [self._rows[one] for one in found if one in self._rows]
        by = self._scale / sqrt(len(found) or 1)
        scores = {
            label: bias + sum([column[row] for row in known]) * by
            for label, bias, column in zip(LABELS, self._biases[1:], self._columns[1:], strict=True)
        }
        likeliest = max(LABELS, key=lambda label: scores[label])
        return tuple(label for label in LABELS if scores[label] > 0) or (likeliest,)
