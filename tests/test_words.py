"""Truths about `tirek words`, as a coordinator uses it."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from tests.conftest import ROOT


def typed(*arguments):
    return CliRunner().invoke(cli, ["words", *arguments])


def test_a_sheet_is_written_where_it_is_wanted(tmp_path):
    """One area of one language becomes one file, with its pages and the Russian beside."""
    path = tmp_path / "sheet.html"
    assert typed("sheet", "uz", "law", "--to", str(path)).exit_code == 0
    page = path.read_text("utf-8")
    assert "<h2>law-order-uz</h2>" in page
    assert "himoya orderi" in page
    assert "охранный ордер" in page
    assert "I am in danger now" not in page


@pytest.mark.parametrize(
    ("language", "area", "told"),
    [("xx", "law", "'xx' has no catalogue"), ("uz", "lawn", "there is no area 'lawn'")],
)
def test_what_there_is_no_sheet_for_is_said(language, area, told):
    """A slip in a name is answered with the names there are."""
    done = typed("sheet", language, area)
    assert done.exit_code == 2
    assert told in done.output
    assert "there are:" in done.output


def test_an_answer_is_taken_back(tmp_path):
    """What a reviewer saved lands in the catalogue; what cannot be taken ends with a list."""
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    settings = tmp_path / "bot.yaml"
    settings.write_text("{}\n")
    said = {"english": "Rights and law", "was": "Права и закон", "text": "Права и закон"}
    gone = said | {"english": "Gone"}
    answers = tmp_path / "a.json"
    for entries, exit_code in (([said], 0), ([said, gone], 1)):
        judged = [{**one, "verdict": "good"} for one in entries]
        whole = {"language": "ru", "area": "law", "state": "native", "entries": judged}
        answers.write_text(json.dumps(whole), "utf-8")
        done = typed("take", str(answers), "--settings", str(settings))
        assert done.exit_code == exit_code, done.output
        assert done.output.startswith("1 good, 0 mended, 0 with a note.")
    assert '"Gone": the English is no longer the same' in done.output
    catalogues = "".join(path.read_text("utf-8") for path in tmp_path.rglob("ru/*/*.po"))
    assert catalogues.count("# review: native") == 1


def test_figures_of_reading_cover_every_language():
    """Sentences are counted in each language, full and easy; the easy ones are shorter."""
    told = typed("reading").output
    rows = [line.split() for line in told.splitlines() if " full " in line or " easy " in line]
    assert [(row[0], row[1]) for row in rows[:2]] == [("kk", "full"), ("kk", "easy")]
    assert len(rows) == 14
    each = {(row[0], row[1]): float(row[3]) for row in rows}
    assert all(each[language, "easy"] < each[language, "full"] for language, _ in each)
