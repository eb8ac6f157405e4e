"""`lexicon/disclosures/weights.tsv`: how much words and meanings sound like telling of harm."""

from array import array
from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import Final

from bot.content.model.disclosures import LABELS, Weights
from bot.content.notes import Notes
from bot.content.problem import Problem
from bot.content.text import Refused, read_text
from bot.content.tree import MAX_PROBLEMS

NAME: Final = "weights.tsv"
COLUMNS: Final = ("feature", "alone", "harm", *LABELS)
"""What each line holds, divided by tabs: `alone` is for words whose meaning is not known."""
_NUMBERS: Final = len(COLUMNS) - 1
_HEADING: Final = "\t".join(COLUMNS)
_SCALE, _BIAS = "(scale)", "(bias)"


def read_weights(path: Path, file: str, notes: Notes) -> Weights | None:
    """Read the table; None where there is none, or where it is damaged, which is noted."""
    if not path.is_file():
        return None
    try:
        lines = read_text(path, file).splitlines()
    except Refused as refused:
        notes.problems.append(refused.problem)
        return None
    made = _Table(file)
    for number, line in enumerate(lines, 1):
        if line and line[0] != "#" and line != _HEADING:
            made.take(number, line)
    notes.problems.extend(made.problems[:MAX_PROBLEMS])
    return None if made.problems else made.weights()


class _Table:
    """A table as it is read line by line."""

    def __init__(self, file: str) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._scale, self._biases = 1.0, (0.0,) * _NUMBERS
        self._rows: dict[str, int] = {}
        self._numbers = array("h")

    def take(self, number: int, line: str) -> None:
        """Take a line, or note what is wrong with it."""
        feature, *given = line.split("\t")
        try:
            if feature == _SCALE and len(given) == 1:
                self._scale = _finite(given[0])
            elif len(given) != _NUMBERS:
                self._note(number, 1, f"'{feature[:40]}' has no row of {_NUMBERS} numbers")
            elif feature == _BIAS:
                self._biases = tuple(map(_finite, given))
            elif feature in self._rows:
                self._note(number, 1, f"'{feature[:40]}' is here twice")
            else:
                self._numbers.extend([*map(int, given)])
                self._rows[feature] = len(self._rows)
        except (ValueError, OverflowError):
            self._note(number, *_damaged(feature, given))

    def weights(self) -> Weights:
        """Give what was read."""
        columns = tuple(self._numbers[at::_NUMBERS] for at in range(_NUMBERS))
        return Weights(self._scale, self._biases, self._rows, columns)

    def _note(self, line: int, column: int, what: str) -> None:
        self.problems.append(Problem(self._file, line, column, what, "build it: make weights"))


def _finite(written: str) -> float:
    number = float(written)
    if not isfinite(number):
        raise ValueError(written)
    return number


def _damaged(feature: str, given: Sequence[str]) -> tuple[int, str]:
    """Say which cell of a row is no number that a table can hold."""
    column = len(feature) + 2
    for cell in given:
        try:
            _finite(cell) if feature in (_SCALE, _BIAS) else array("h", [int(cell)])
        except (ValueError, OverflowError):
            return column, f"'{cell[:40]}' is no weight"
        column += len(cell) + 1
    raise AssertionError(given)
