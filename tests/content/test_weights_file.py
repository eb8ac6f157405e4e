"""Truths about reading the table of weights: what is wrong is said where it stands."""

import pytest

from bot.content.notes import Notes
from bot.content.weights_file import COLUMNS, read_weights

HEADING = "\t".join(COLUMNS)
NUMBERS = len(COLUMNS) - 1
BIAS = "\t".join(["(bias)", "-0.5", *["-1"] * (NUMBERS - 1)])
ZEROS = "\t0" * (NUMBERS - 1)


@pytest.fixture
def read(tmp_path):
    """Read a table of these lines; give it, and what is said about it."""

    def look(*lines):
        path = tmp_path / "weights.tsv"
        path.write_text("\n".join(["# a table", HEADING, "(scale)\t0.05", BIAS, *lines]), "utf-8")
        notes = Notes()
        return read_weights(path, "weights.tsv", notes), [str(one) for one in notes.problems]

    return look


def test_a_table_is_read(read):
    """Each feature has a row of whole numbers, and each column a bias."""
    weights, problems = read(f"ura*\t60{ZEROS}", f"*adi\t-5{ZEROS}")
    assert problems == []
    assert (weights.scale, weights.biases) == (0.05, (-0.5, *[-1.0] * (NUMBERS - 1)))
    assert {one: weights.columns[0][row] for one, row in weights.rows.items()} == {
        "ura*": 60,
        "*adi": -5,
    }
    assert [len(column) for column in weights.columns] == [2] * NUMBERS


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ura*\t1\t2", "weights.tsv:5:1: 'ura*' has no row of 9 numbers"),
        (f"ura*\tmuch{ZEROS}", "weights.tsv:5:6: 'much' is no weight"),
        (f"ura*\t1\t99999{ZEROS[2:]}", "weights.tsv:5:8: '99999' is no weight"),
        (f"(bias)\tnan{ZEROS}", "weights.tsv:5:8: 'nan' is no weight"),
        ("(scale)\tinf", "weights.tsv:5:9: 'inf' is no weight"),
        ("(scale)\t1\t2", "weights.tsv:5:1: '(scale)' has no row"),
        ("ura*", "weights.tsv:5:1: 'ura*' has no row"),
    ],
)
def test_a_damaged_row_is_named_with_its_place(read, line, said):
    """A row that cannot be used is told at the cell that is wrong, and no table is used."""
    weights, problems = read(line, f"*adi\t1{ZEROS}")
    assert weights is None
    assert len(problems) == 1
    assert problems[0].startswith(said)
    assert "make weights" in problems[0]


def test_a_feature_stands_once(read):
    """A feature that is there twice is told at its second row."""
    _, problems = read(f"ura*\t1{ZEROS}", f"ura*\t2{ZEROS}")
    assert problems == ["weights.tsv:6:1: 'ura*' is here twice (build it: make weights)"]


def test_not_more_is_told_than_anybody_reads(read):
    """A file of another kind gives a hundred problems at most."""
    assert len(read(*["no table"] * 500)[1]) == 100


def test_without_a_file_there_are_no_weights(tmp_path):
    """That no table is shipped is no fault of the file."""
    notes = Notes()
    assert read_weights(tmp_path / "weights.tsv", "weights.tsv", notes) is None
    assert notes.problems == []
    (tmp_path / "weights.tsv").write_bytes(b"\xff\xfe")
    assert read_weights(tmp_path / "weights.tsv", "weights.tsv", notes) is None
    assert len(notes.problems) == 1
