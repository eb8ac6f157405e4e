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
    return [*found, *(f"{one} {two}" for one, two in _pairs(forms)), *_numbers(words)]


def of_meanings(signs: Iterable[Sign]) -> list[str]:
    """Write down which concepts a message says, which it denies, and each two of them."""
    said = _concepts(signs)
    pairs = [f"{MEANING}{one}+{other}" for one, other in combinations(said[:_MOST_MEANINGS], 2)]
    return [f"{MEANING}{one}" for one in said] + pairs


def _forms(words: Iterable[Word]) -> list[str]:
    return [word.forms[0][1] for word in words if word.forms and word.forms[0][1]]


def _fewer(each: Sequence[tuple[int, ...]], form: str) -> tuple[int, ...]:
    return each[min(len(form), len(each) - 1)]


def _pairs(forms: Iterable[str]) -> Collection[tuple[str, str]]:
    short = [form[:_OF_A_PAIR] for form in forms]
    each = chain.from_iterable([zip(short, short[step:], strict=False) for step in STEPS])
    return dict.fromkeys(each).keys()


def _numbers(words: Iterable[Word]) -> list[str]:
    numbers = [word.number for word in words if word.number is not None]
    return [*{"<5-17>" if number in MINOR else "<n>": None for number in numbers}]


def _concepts(signs: Iterable[Sign]) -> list[str]:
    return sorted({f"-{sign.concept}" if sign.negated else sign.concept for sign in signs})


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
    beginning or ending is kept with all shorter ones, so that the longest which is known says it all.
    """

    def __init__(self, weights: Weights) -> None:
        """Take the table."""
        self._scale, self._biases = weights.scale, weights.biases
        self._lanes = Struct(f"<{len(weights.biases) + 1}I")
        rows = zip(*weights.columns, strict=True)
        self._rows = {
            feature: int.from_bytes(self._lanes.pack(*[one + _LIFT for one in row], 1), "little")
            for feature, row in zip(weights.rows, rows, strict=True)
        }
        meanings = {one[1:]: row for one, row in self._rows.items() if one[0] == MEANING}
        begun = {one[:-1]: row for one, row in self._rows.items() if one[-1] == _ANY}
        ended = {one[1:]: row for one, row in self._rows.items() if one[0] == _ANY}
        self._begun = _with_shorter(begun, lambda one, many: one[:many])
        self._ended = _with_shorter(ended, lambda one, many: one[-many:])
        self._pairs = _by_both(self._rows, " ")
        self._meanings, self._meant_together = meanings, _by_both(meanings, "+")

    def words(self, words: Sequence[Word]) -> Load:
        """Add up what `of_words` of these weighs."""
        forms = _forms(words)
        alone, begun, ended = self._rows.get, self._begun.get, self._ended.get
        last, least = len(_BEGUN) - 1, len(_ENDED) - 1
        sums = features = 0
        for form in dict.fromkeys(forms):
            letters = len(form)
            sums += alone(form, 0)
            beginnings = _BEGUN[min(last, letters)]
            for many in beginnings:
                if row := begun(form[:many]):
                    sums += row
                    break
            endings = _ENDED[min(least, letters)]
            for many in endings:
                if row := ended(form[-many:]):
                    sums += row
                    break
            features += 1 + len(beginnings) + len(endings)
        pairs = _pairs(forms)
        for one, two in pairs:
            if (seconds := self._pairs.get(one)) is not None:
                sums += seconds.get(two, 0)
        features += len(pairs)
        if len(forms) < len(words):
            numbers = _numbers(words)
            sums += sum([alone(one, 0) for one in numbers])
            features += len(numbers)
        return Load(sums, features)

    def meanings(self, signs: Iterable[Sign]) -> Load:
        """Add up what `of_meanings` of these weighs."""
        said = _concepts(signs)
        sums = sum([self._meanings.get(one, 0) for one in said])
        most = said[:_MOST_MEANINGS]
        for at, one in enumerate(most, start=1):
            if (others := self._meant_together.get(one)) is not None:
                sums += sum([others.get(other, 0) for other in most[at:]])
        return Load(sums, len(said) + len(most) * (len(most) - 1) // 2)

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
        each = self._lanes.unpack(load.sums.to_bytes(self._lanes.size, "little"))
        by, lift = self._scale / sqrt(load.features or 1), each[-1] * _LIFT
        pairs = zip(self._biases[:columns], each, strict=False)
        return [bias + (one - lift) * by for bias, one in pairs]

    def _loud(self, feature: str, columns: Iterable[int]) -> int:
        row = self._lanes.unpack(self._rows[feature].to_bytes(self._lanes.size, "little"))
        return sum([row[column] - _LIFT for column in columns])


def _with_shorter(rows: Mapping[str, int], part: Callable[[str, int], str]) -> dict[str, int]:
    """Add to each beginning or ending what those of its own weigh that are shorter."""
    found: dict[str, int] = {}
    for one in sorted(rows, key=len):
        shorter = (found.get(part(one, many)) for many in range(len(one) - 1, 0, -1))
        found[one] = rows[one] + next(filter(None, shorter), 0)
    return found


def _by_both(rows: Mapping[str, int], between: str) -> dict[str, dict[str, int]]:
    """Put what stands for two by the first and then by the second of them."""
    found: dict[str, dict[str, int]] = {}
    for feature, row in rows.items():
        one, sign, other = feature.partition(between)
        if sign:
            found.setdefault(one, {})[other] = row
    return found
