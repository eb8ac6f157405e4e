# /// script
# requires-python = ">=3.11"
# dependencies = ["msgspec", "pydantic", "pyyaml", "scikit-learn==1.9.1"]
# ///
"""Write `content/lexicon/disclosures/weights.tsv` from phrases, with scikit-learn.

Run it as `make weights`. The phrases lie in `tests/understanding/disclosures/phrases/`; what stands
in `held-back.yaml` there is never read here, so that it can measure. Logistic regression, one for
"tells of harm" and one for each label; the same phrases and the same version of the package give
the same file.
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

from bot.content.model.disclosures import LABELS  # noqa: E402 - it lies in the root
from bot.understanding.disclosures.reading import read  # noqa: E402
from bot.understanding.disclosures.weights import features  # noqa: E402

PHRASES = ROOT / "tests" / "understanding" / "disclosures" / "phrases"
HELD_BACK = "held-back.yaml"
TARGET = ROOT / "content" / "lexicon" / "disclosures" / "weights.tsv"
SCALE = 0.05
"""What a whole number of the table stands for."""
STRENGTH = 30.0
"""How freely the regression may fit (C); chosen on phrases that it was not fitted to."""
SEEN = 3
"""Phrases in which a feature stands at least: what stands in one only is chance."""
LEAST = 16
"""Whole numbers below which a feature says too little to stand in the table."""


def phrases(folder: Path) -> list[dict[str, Any]]:
    """Read every phrase of the folder but those held back, in the order of files."""
    files = (path for path in sorted(folder.glob("*.yaml")) if path.name != HELD_BACK)
    return [one for path in files for one in yaml.safe_load(path.read_text("utf-8"))["phrases"]]


def examples(lexicon: Path) -> list[dict[str, Any]]:
    """Read the sentences that the rules are for: whoever adds a rule adds a phrase."""
    files = [lexicon / "rules.yaml", *sorted((lexicon / "words").glob("*.yaml"))]
    rules = [one for path in files for one in yaml.safe_load(path.read_text("utf-8"))["rules"]]
    return [
        {"text": one["example"], "labels": one["labels"]}
        for one in rules
        if "example" in one and not one.get("ask")
    ]


def table(said: Sequence[dict[str, Any]]) -> tuple[list[float], dict[str, list[int]]]:
    """Fit the weights; give the biases and, for each feature, its weights in whole numbers."""
    found = [features(read(one["text"])) for one in said]
    counts = Counter(feature for one in found for feature in one)
    known = sorted(feature for feature, times in counts.items() if times >= SEEN)
    matrix = _matrix(found, {feature: at for at, feature in enumerate(known)})
    fits = [_fit(matrix, [one["labels"] != ["none"] for one in said])]
    fits += [_fit(matrix, [label in one["labels"] for one in said]) for label in LABELS]
    weights = {
        feature: [round(fit.coef_[0][at] / SCALE) for fit in fits]
        for at, feature in enumerate(known)
    }
    kept = {one: row for one, row in weights.items() if max(map(abs, row)) >= LEAST}
    return [float(fit.intercept_[0]) for fit in fits], kept


def _matrix(found: Sequence[set[str]], known: dict[str, int]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, one in enumerate(found):
        there = sorted(known[feature] for feature in one if feature in known)
        rows += [row] * len(there)
        columns += there
        values += [1 / sqrt(len(one) or 1)] * len(there)
    return csr_matrix((values, (rows, columns)), shape=(len(found), len(known)))


def _fit(matrix: csr_matrix, says: Sequence[bool]) -> LogisticRegression:
    fit = LogisticRegression(C=STRENGTH, solver="liblinear", class_weight="balanced", max_iter=1000)
    return fit.fit(matrix, says)


def written(biases: Sequence[float], weights: dict[str, list[int]], of: int) -> Iterable[str]:
    """Write the table down, line by line."""
    yield "# SPDX-License-Identifier: CC-BY-4.0"
    yield "# How much beginnings (ura*), endings (*adi), words and pairs of words sound like harm."
    yield f"# Learnt from {of} phrases with scikit-learn {version('scikit-learn')}. Do not edit:"
    yield "# mend the phrases, the words or the rules, then `make weights`. See decision 020."
    yield "\t".join(("feature", "harm", *LABELS))
    yield "\t".join(("(scale)", str(SCALE)))
    yield "\t".join(("(bias)", *(f"{one:.4f}" for one in biases)))
    for feature, row in sorted(weights.items()):
        yield "\t".join((feature, *map(str, row)))


def main() -> None:
    """Fit and write."""
    said = phrases(PHRASES) + examples(TARGET.parent)
    biases, weights = table(said)
    TARGET.write_text("\n".join(written(biases, weights, len(said))) + "\n", "utf-8")
    sys.stdout.write(f"{len(weights)} features from {len(said)} phrases\n")


if __name__ == "__main__":
    main()
