"""Truths about `tirek claims`."""

import csv
import io

from typer.testing import CliRunner

from bot.__main__ import cli
from bot.commands.claims import HEADING


def rows(*arguments):
    told = CliRunner().invoke(cli, ["claims", *arguments])
    assert told.exit_code == 0
    return [*csv.DictReader(io.StringIO(told.stdout))]


def test_every_paragraph_of_a_page_stands_beside_each_of_its_sources():
    """A page of the library is printed paragraph by paragraph, with who says so and how sure."""
    page = rows("--page", "now-hiv")
    assert list(page[0]) == list(HEADING)
    assert {row["source"] for row in page} == {"who-pep-2024", "who-unhcr-undated"}
    assert any("72 hours" in row["claim"] for row in page)
    assert {row["confidence"] for row in page} <= {"high", "medium"}


def test_a_law_stands_beside_its_claim():
    """What is told of a law has its act, the day it was compared, and the day it ends."""
    laws = [row for row in rows() if row["law"]]
    assert laws
    assert all(row["checked"] < row["good until"] and row["country"] for row in laws)


def test_every_item_of_a_quiz_stands_beside_each_of_its_sources():
    """What a quiz teaches is printed with what is right and why, for a lawyer to go through."""
    quiz = rows("--page", "rights")
    items = [row for row in quiz if row["page"].startswith("rights: ")]
    assert {row["country"] for row in items} == {"", "kz", "kg", "tj", "uz"}
    assert all(row["source"] and row["confidence"] in ("high", "medium") for row in items)
    (own,) = (row for row in items if row["page"] == "rights: own-uz")
    assert " / 30 days / " in own["claim"]
