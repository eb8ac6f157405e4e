# /// script
# requires-python = ">=3.11"
# dependencies = ["msgspec", "pydantic", "pyyaml", "scikit-learn==1.9.1"]
# ///
"""Write `content/lexicon/disclosures/weights.tsv` from phrases, with scikit-learn.

Run it as `make weights`. The phrases lie in `tests/understanding/disclosures/phrases/`; what stands
in `held-back.yaml` there is never read here, so that it can measure. Logistic regression: one for
"tells of harm" by words alone, one by words and concepts, and one for each label; the same phrases,
the same lexicon and the same version of the package give the same file.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from math import sqrt
from pathlib import Path
from typing import Any

import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.content.disclosures import read_disclosures  # noqa: E402 - it lies in the root
from bot.content.model import LABELS, DisclosureLexicon  # noqa: E402
from bot.content.notes import Notes  # noqa: E402
from bot.content.weights_file import COLUMNS  # noqa: E402
from bot.understanding.disclosures.reading import read  # noqa: E402
from bot.understanding.disclosures.signs import Signs  # noqa: E402
from bot.understanding.disclosures.weights import (  # noqa: E402
    MEANING,
    of_meanings,
    of_words,
)

Table = dict[str, list[int]]
"""For each feature its weights, in the order of the columns."""

PHRASES = ROOT / "tests" / "understanding" / "disclosures" / "phrases"
HELD_BACK = "held-back.yaml"
TARGET = ROOT / "content" / "lexicon" / "disclosures" / "weights.tsv"
SCALE = 0.05
"""What a whole number of the table stands for."""
STRENGTH = 20.0
"""How freely the regression may fit (C); chosen on phrases that it was not fitted to."""
SEEN = 5
"""Phrases in which a feature stands at least: what stands in one only is chance."""
LEAST = 21
"""Whole numbers below which a feature says too little to stand in the table."""


def phrases(folder: Path) -> list[dict[str, Any]]:
    """Read every phrase of the folder but those held back, in the order of files."""
    files = (path for path in sorted(folder.glob("*.yaml")) if path.name != HELD_BACK)
    return [one for path in files for one in yaml.safe_load(path.read_text("utf-8"))["phrases"]]


def lexicon() -> DisclosureLexicon:
    """Read the words of the lexicon; raises SystemExit where one cannot be read."""
    notes = Notes()
    words = read_disclosures(TARGET.parents[2], notes)
    wrong = [problem for problem in notes.problems if not problem.file.endswith(TARGET.name)]
    if wrong:
        raise SystemExit("\n".join(map(str, wrong)))
    return words


def table(said: Sequence[dict[str, Any]], signs: Signs) -> tuple[list[float], Table]:
    """Fit the weights; give the biases and, for each feature, its weights in whole numbers."""
    read_ = [read(one["text"]) for one in said]
    alone = [of_words(words) for words in read_]
    full = [
        [*one, *of_meanings(signs.find(words))] for one, words in zip(alone, read_, strict=True)
    ]
    counts = Counter(feature for one in full for feature in {*one})
    known = {one: at for at, one in enumerate(sorted(one for one in counts if counts[one] >= SEEN))}
    matrix, harm = _matrix(full, known), [one["labels"] != ["none"] for one in said]
    fits = [_fit(_matrix(alone, known), harm), _fit(matrix, harm)]
    fits += [_fit(matrix, [label in one["labels"] for one in said]) for label in LABELS]
    weights = {
        feature: [round(fit.coef_[0][at] / SCALE) for fit in fits] for feature, at in known.items()
    }
    kept = {
        one: row for one, row in weights.items() if max(map(abs, row)) >= LEAST or _is_concept(one)
    }
    return [float(fit.intercept_[0]) for fit in fits], kept


def _is_concept(feature: str) -> bool:
    """Tell a single concept: it stays in the table whatever it weighs, so that none is forgotten."""
    return feature[0] == MEANING and "+" not in feature


def _matrix(found: Sequence[Sequence[str]], known: dict[str, int]) -> csr_matrix:
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, one in enumerate(found):
        there = Counter(known[feature] for feature in one if feature in known)
        rows += [row] * len(there)
        columns += there
        values += [times / sqrt(len(one)) for times in there.values()]
    return csr_matrix((values, (rows, columns)), shape=(len(found), len(known)))


def _fit(matrix: csr_matrix, says: Sequence[bool]) -> LogisticRegression:
    fit = LogisticRegression(C=STRENGTH, solver="liblinear", class_weight="balanced", max_iter=1000)
    return fit.fit(matrix, says)


def written(biases: Sequence[float], weights: Table, of: int) -> Iterable[str]:
    """Write the table down, line by line."""
    yield "# SPDX-License-Identifier: CC-BY-4.0"
    yield "# How much concepts (=hit, =-let), each two of them (=hit+my_partner), beginnings (ura*),"
    yield "# endings (*adi), words and pairs of words sound like harm, and like each label."
    yield f"# Learnt from {of} phrases with scikit-learn {version('scikit-learn')}. Do not edit:"
    yield "# mend the phrases or the words, then `make weights`. See decision 020."
    yield "\t".join(COLUMNS)
    yield "\t".join(("(scale)", str(SCALE)))
    yield "\t".join(("(bias)", *(f"{one:.4f}" for one in biases)))
    for feature, row in sorted(weights.items(), key=lambda one: (one[0][0] != MEANING, one[0])):
        yield "\t".join((feature, *map(str, row)))


def main() -> None:
    """Fit and write."""
    said = phrases(PHRASES)
    biases, weights = table(said, Signs(lexicon()))
    TARGET.write_text("\n".join(written(biases, weights, len(said))) + "\n", "utf-8")
    sys.stdout.write(f"{len(weights)} features from {len(said)} phrases\n")


if __name__ == "__main__":
    main()
