"""How much a message sounds like telling of harm: a sum of weights of its words and meanings.

A message is written down as features: beginnings, endings and pairs of its words, the concepts of
the lexicon that it says or denies, and each two concepts that it has. Concepts know no language, so
that what was learnt of one is known of all. The table says how much each feature speaks for harm
and for each label; it is learnt from phrases, see `tools/weights.py`, and is a file that a person
can read.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations
from math import sqrt
from struct import Struct
from typing import Final, NamedTuple

from bot.content.model import LABELS, Weights
from bot.understanding.disclosures.reading import Word
from bot.understanding.disclosures.signs import Sign

BEGINNINGS: Final = (3, 4, 5, 6, 7)
"""Letters of a word's beginning that are looked up, where it has more."""
ENDINGS: Final = (2, 3, 4)
"""Letters of a word's ending that are looked up, where it has more."""
_BEGUN, _ENDED = (
    {letters: each[: max(letters - each[0], 0)] for letters in range(each[-1] + 1)}
    for each in (BEGINNINGS, ENDINGS)
)
"""For words of few letters, which of these numbers are smaller."""
STEPS: Final = (1, 2)
"""How many words further the second word of a pair stands."""
_OF_A_PAIR: Final = 4
"""Letters of each word of a pair."""
MINOR: Final = range(5, 18)
"""Numbers that may be the age of a child."""
MEANING: Final = "="
"""What a feature begins with that is no part of a word: `=hit`, `=-let`, `=hit+my_partner`."""
_MOST_MEANINGS: Final = 40
"""Concepts of a message of which each two are looked up: so many that only a list has more."""
_LIFT: Final = 1 << 15
"""What lifts every weight above zero, so that no lane borrows from its neighbour."""


def of_words(words: Sequence[Word]) -> set[str]:
    """Write down what is looked up of words: `ura*`, `*adi`, `uradi`, `erim urad`, `<5-17>`."""
    forms = [word.forms[0][1] for word in words if word.forms and word.forms[0][1]]
    short = [form[:_OF_A_PAIR] for form in forms]
    found = {*forms}
    found.update(
        [f"{form[:many]}*" for form in forms for many in _BEGUN.get(len(form), BEGINNINGS)],
        [f"*{form[-many:]}" for form in forms for many in _ENDED.get(len(form), ENDINGS)],
        [f"{one} {two}" for step in STEPS for one, two in zip(short, short[step:], strict=False)],
    )
    if len(forms) < len(words):
        numbers = [word.number for word in words if word.number is not None]
        found.update(["<5-17>" if number in MINOR else "<n>" for number in numbers])
    return found


def of_meanings(signs: Iterable[Sign]) -> list[str]:
    """Write down which concepts a message says, which it denies, and each two of them."""
    said = sorted({f"-{sign.concept}" if sign.negated else sign.concept for sign in signs})
    pairs = [f"{MEANING}{one}+{other}" for one, other in combinations(said[:_MOST_MEANINGS], 2)]
    return [f"{MEANING}{one}" for one in said] + pairs


class Load(NamedTuple):
    """The weights of some features, added up column by column.

    Attributes:
        sums: all columns in one number, a lane of bits for each.
        known: how many of the features the table has.
        features: how many features there are.
    """

    sums: int
    known: int
    features: int

    def and_(self, other: "Load") -> "Load":
        """Add what other features weigh."""
        return Load(
            self.sums + other.sums, self.known + other.known, self.features + other.features
        )


class Weighed(NamedTuple):
    """What a message sounds like; 0 is even, and above it is likelier than not.

    Attributes:
        harm: telling of harm of any kind.
        labels: each of `LABELS`, in their order.
    """

    harm: float
    labels: tuple[float, ...]


class Scales:
    """Weighs messages by a table.

    The row of a feature is kept as one number, so that all columns are added up at once: this is
    the hot path of every message.
    """

    def __init__(self, weights: Weights) -> None:
        """Take the table."""
        self._scale, self._biases = weights.scale, weights.biases
        self._lanes = Struct(f"<{len(weights.biases)}I")
        rows = zip(*weights.columns, strict=True)
        self._rows = {
            feature: int.from_bytes(self._lanes.pack(*[one + _LIFT for one in row]), "little")
            for feature, row in zip(weights.rows, rows, strict=True)
        }

    def load(self, found: Collection[str]) -> Load:
        """Add up what these features weigh."""
        # No row is 0: its lanes are lifted. One pass without a step of Python each, on the hot path.
        known = [*filter(None, map(self._rows.get, found))]
        return Load(sum(known), len(known), len(found))

    def alone(self, load: Load) -> float:
        """Tell how much words sound like telling of harm whatever they mean."""
        return self._weighed(load, 1)[0]

    def weigh(self, load: Load) -> Weighed:
        """Tell what words and meanings sound like."""
        _, harm, *labels = self._weighed(load, len(self._biases))
        return Weighed(harm, tuple(labels))

    def reasons(self, found: Iterable[str], labels: Iterable[str], most: int) -> list[str]:
        """Name the features that speak loudest for these labels, or for harm if there are none."""
        columns = [2 + LABELS.index(label) for label in labels] or [1]
        loud = {one: self._loud(one, columns) for one in sorted(found) if one in self._rows}
        ranked = sorted(loud, key=lambda one: (one[0] != MEANING, -loud[one]))
        return [one.removeprefix(MEANING) for one in ranked if loud[one] > 0][:most]

    def _weighed(self, load: Load, columns: int) -> list[float]:
        """Give the first columns: each its bias, and its sum over the root of all features."""
        sums, known, features = load
        by, lift = self._scale / sqrt(features or 1), known * _LIFT
        each = self._lanes.unpack(sums.to_bytes(self._lanes.size, "little"))
        pairs = zip(self._biases[:columns], each, strict=False)
        return [bias + (one - lift) * by for bias, one in pairs]

    def _loud(self, feature: str, columns: Iterable[int]) -> int:
        row = self._lanes.unpack(self._rows[feature].to_bytes(self._lanes.size, "little"))
        return sum([row[column] - _LIFT for column in columns])
