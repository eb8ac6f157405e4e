"""How much a message sounds like telling of harm: a sum of weights of its words and meanings.

A message is written down as features: its words, their beginnings, endings and pairs, the concepts of
the lexicon that it says or denies, and each two concepts that it has. Concepts know no language, so
that what was learnt of one is known of all. The table says how much each feature speaks for harm
and for each label; it is learnt from phrases, see `tools/weights.py`, and is a file that a person
can read.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain, combinations
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
    [tuple(one for one in reversed(each) if one < letters) for letters in range(each[-1] + 2)]
    for each in (BEGINNINGS, ENDINGS)
)
"""The same for words of so many letters, the most first; the last entry is for all longer words."""
_MOST_FEATURES: Final = BEGINNINGS[-1] + 1
_FEATURES: Final = [
    1 + len(_BEGUN[letters]) + len(_ENDED[min(letters, len(_ENDED) - 1)])
    for letters in range(_MOST_FEATURES + 1)
]
"""Features of words of so many letters, and of all longer words."""
STEPS: Final = (1, 2)
"""How many words further the second word of a pair stands."""
_OF_A_PAIR: Final = 4
"""Letters of each word of a pair."""
MINOR: Final = range(5, 18)
"""Numbers that may be the age of a child."""
_ANY: Final = "*"
"""What stands for the rest of a word."""
MEANING: Final = "="
"""What a feature begins with that is no part of a word: `=hit`, `=-let`, `=hit+my_partner`."""
_MOST_MEANINGS: Final = 40
"""Concepts of a message of which each two are looked up: so many that only a list has more."""
_LIFT: Final = 1 << 15
"""What lifts every weight above zero, so that no lane borrows from its neighbour."""
_LANE: Final = 4
"""Bytes of a lane."""
_FULL: Final = (1 << 8 * _LANE) - 1
"""The bits of the first lane."""


def of_words(words: Sequence[Word]) -> list[str]:
    """Write down what is looked up of words: `ura*`, `*adi`, `uradi`, `erim urad`, `<5-17>`.

    Words and pairs that are said twice count once, and what two words have in common counts twice.
    """
    forms = _forms(words)
    found: list[str] = []
    for form in dict.fromkeys(forms):
        found.append(form)
        found += [f"{form[:many]}*" for many in _fewer(_BEGUN, form)]
        found += [f"*{form[-many:]}" for many in _fewer(_ENDED, form)]
    return [*found, *_pairs(forms), *_numbers(words)]


def of_meanings(signs: Iterable[Sign]) -> list[str]:
    """Write down which concepts a message says, which it denies, and each two of them."""
    said = _concepts(signs)
    pairs = [f"{MEANING}{one}+{other}" for one, other in combinations(said[:_MOST_MEANINGS], 2)]
    return [f"{MEANING}{one}" for one in said] + pairs


def _forms(words: Iterable[Word]) -> list[str]:
    return [forms[0][1] for _, forms, _, _, _ in words if forms and forms[0][1]]


def _fewer(each: Sequence[tuple[int, ...]], form: str) -> tuple[int, ...]:
    return each[min(len(form), len(each) - 1)]


def _pairs(forms: Iterable[str]) -> Collection[str]:
    short = [form[:_OF_A_PAIR] for form in forms]
    each = chain.from_iterable([zip(short, short[step:], strict=False) for step in STEPS])
    return dict.fromkeys(map(" ".join, each)).keys()


def _numbers(words: Iterable[Word]) -> list[str]:
    numbers = [word.number for word in words if word.number is not None]
    return [*{"<5-17>" if number in MINOR else "<n>": None for number in numbers}]


def _concepts(signs: Iterable[Sign]) -> list[str]:
    return sorted({f"-{concept}" if negated else concept for concept, _, _, negated in signs})


class Load(NamedTuple):
    """The weights of some features, added up column by column.

    Attributes:
        sums: all columns in one number, a lane of bits for each; the last lane counts how many of
            the features the table has.
        features: how many features there are.
    """

    sums: int
    features: int

    def and_(self, other: "Load") -> "Load":
        """Add what other features weigh."""
        return Load(self.sums + other.sums, self.features + other.features)


class Weighed(NamedTuple):
    """What a message sounds like; 0 is even, and above it is likelier than not.

    Attributes:
        harm: telling of harm of any kind.
        labels: each of `LABELS`, in their order.
    """

    harm: float
    labels: tuple[float, ...]


class Scales:
    """Weighs messages by a table: the hot path of every message.

    The row of a feature is kept as one number, so that all columns are added up at once. A
    beginning or ending is kept with all shorter ones, so that the longest which is known says it all,
    and a word with its beginnings and endings.
    """

    def __init__(self, weights: Weights) -> None:
        """Take the table."""
        self._weights, self._biases = weights, weights.biases
        self._lanes = Struct(f"<{len(weights.biases) + 1}I")
        self._last = 8 * (self._lanes.size - _LANE)
        self._rows: dict[str, int] = {}
        self._meanings: dict[str, int] = {}
        begun: dict[str, int] = {}
        ended: dict[str, int] = {}
        for feature, numbers in zip(weights.rows, zip(*weights.columns, strict=True), strict=True):
            lanes = self._lanes.pack(*[one + _LIFT for one in numbers], 1)
            row = int.from_bytes(lanes, "little")
            if feature[0] == MEANING:
                self._meanings[feature[1:]] = row
            elif feature[-1] == _ANY:
                begun[feature[:-1]] = row
            elif feature[0] == _ANY:
                ended[feature[1:]] = row
            else:
                self._rows[feature] = row
        self._begun = _with_shorter(begun, lambda one, many: one[:many])
        self._ended = _with_shorter(ended, lambda one, many: one[-many:])
        self._rows |= {
            word: row + self._edges(word) for word, row in self._rows.items() if word.isalnum()
        }

    def words(self, words: Sequence[Word]) -> Load:
        """Add up what `of_words` of these weighs."""
        forms, row = _forms(words), self._rows.get
        sums = features = 0
        for form in dict.fromkeys(forms):
            sums += row(form) or self._edges(form)
            features += _FEATURES[min(len(form), _MOST_FEATURES)]
        pairs = _pairs(forms)
        sums += sum(filter(None, map(row, pairs)))
        features += len(pairs)
        if len(forms) < len(words):
            numbers = _numbers(words)
            sums += sum(filter(None, map(row, numbers)))
            features += len(numbers)
        return Load(sums, features)

    def _edges(self, form: str) -> int:
        """Give what the beginnings and the endings of a word weigh."""
        begun, ended, letters = self._begun.get, self._ended.get, len(form)
        found = 0
        for many in _BEGUN[min(letters, len(_BEGUN) - 1)]:
            if row := begun(form[:many]):
                found = row
                break
        for many in _ENDED[min(letters, len(_ENDED) - 1)]:
            if row := ended(form[-many:]):
                return found + row
        return found

    def meanings(self, signs: Iterable[Sign]) -> Load:
        """Add up what `of_meanings` of these weighs."""
        said, row = _concepts(signs), self._meanings.get
        most = said[:_MOST_MEANINGS]
        pairs = map("+".join, combinations(most, 2))
        sums = sum(filter(None, map(row, chain(said, pairs))))
        return Load(sums, len(said) + len(most) * (len(most) - 1) // 2)

    def alone(self, load: Load) -> float:
        """Tell how much words sound like telling of harm whatever they mean."""
        by, lift = self._measure(load)
        return self._biases[0] + ((load.sums & _FULL) - lift) * by

    def weigh(self, load: Load) -> Weighed:
        """Tell what words and meanings sound like."""
        by, lift = self._measure(load)
        each = self._lanes.unpack(load.sums.to_bytes(self._lanes.size, "little"))
        pairs = zip(self._biases, each, strict=False)
        _, harm, *labels = [bias + (one - lift) * by for bias, one in pairs]
        return Weighed(harm, tuple(labels))

    def reasons(self, found: Iterable[str], labels: Iterable[str], most: int) -> list[str]:
        """Name the features that speak loudest for these labels, or for harm if there are none."""
        columns = [2 + LABELS.index(label) for label in labels] or [1]
        loud = {one: self._loud(one, columns) for one in sorted(found) if one in self._weights.rows}
        ranked = sorted(loud, key=lambda one: (one[0] != MEANING, -loud[one]))
        return [one.removeprefix(MEANING) for one in ranked if loud[one] > 0][:most]

    def _measure(self, load: Load) -> tuple[float, int]:
        """Give what each sum is multiplied with, and how much it was lifted.

        A column is its bias, and its sum over the root of all features.
        """
        return self._weights.scale / sqrt(load.features or 1), (load.sums >> self._last) * _LIFT

    def _loud(self, feature: str, columns: Iterable[int]) -> int:
        row = self._weights.rows[feature]
        return sum([self._weights.columns[column][row] for column in columns])


def _with_shorter(rows: Mapping[str, int], part: Callable[[str, int], str]) -> dict[str, int]:
    """Add to each beginning or ending what those of its own weigh that are shorter."""
    found: dict[str, int] = {}
    for one in sorted(rows, key=len):
        shorter = (found.get(part(one, many)) for many in range(len(one) - 1, 0, -1))
        found[one] = rows[one] + next(filter(None, shorter), 0)
    return found
