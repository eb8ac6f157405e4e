"""Truths about the content we ship, as the loader and the checks see it."""

import random
from datetime import date
from pathlib import Path

import pytest

from bot.content.check import examine
from bot.content.checks.terms import Terms
from bot.content.lexicon import read_lexicon
from bot.content.load import load, read
from bot.engine.blocks import NEEDED, SPECS


@pytest.fixture(scope="module")
def shipped(request) -> Path:
    return Path(request.config.rootpath, "content")


def test_the_shipped_content_is_sound(shipped):
    """On the day the latest fact was checked nothing is wrong with source, links and numbers."""
    content = load(shipped, SPECS)
    lines = (line for lines in content.countries.values() for line in lines.hotlines)
    services = (one for each in content.directory.countries.values() for one in each.all)
    latest = max(max(one.checked, one.called or one.checked) for one in (*lines, *services))
    lexicon, problems = read_lexicon(shipped / "lexicon")
    assert [*map(str, problems)] == []
    terms = Terms(SPECS, latest, NEEDED, lexicon=lexicon)
    assert [*map(str, examine(shipped, terms))] == []


def test_a_year_later_old_lines_are_listed(shipped):
    """The checks depend on the day they are given, not on the clock."""
    told = [str(each) for each in examine(shipped, Terms(SPECS, date(2100, 1, 1)))]
    assert any("withheld until checked again" in each for each in told)


PIECES = ("{", "}", "[", "]", ":", "- ", "#", "&a ", "*a", "!!x ", "|", ">", "'", '"', "\t", "\n",
          "\0", "\u202e", "  ", "é", "0", "no", "<<", "text:", "goto:", "---\n", "\ufeff")  # fmt: skip


def damaged(text: str, chance: random.Random) -> str:
    """Cut, double, swap or stuff a text in up to four places."""
    for _ in range(chance.randint(1, 4)):
        at, to = sorted(chance.choices(range(len(text) + 1), k=2))
        to = min(to, at + chance.choice((0, 1, 5, 40, 400)))
        piece = chance.choice(("", text[at:to] * 2, *chance.choices(PIECES, k=3)))
        text = text[:at] + piece + text[to:]
    return text


@pytest.mark.parametrize("count", [60, pytest.param(5000, marks=pytest.mark.soak)])
def test_damaged_files_are_read_or_explained(shipped, tmp_path, count):
    """R41: thousands of mutated files, and each is either content or a list of problems."""
    chance = random.Random(41)
    sources = sorted(
        path for name in ("flows", "hotlines") for path in (shipped / name).rglob("*.yaml")
    )
    for path in sources:
        copy = tmp_path / "content" / path.relative_to(shipped)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    refused = 0
    for _ in range(count):
        path = chance.choice(sources)
        copy = tmp_path / "content" / path.relative_to(shipped)
        copy.write_text(damaged(path.read_text("utf-8"), chance), "utf-8")
        draft = read(tmp_path / "content", SPECS)
        refused += bool(draft.problems)
        if not draft.problems:
            assert draft.content().start in draft.nodes
        assert all(each.line > 0 and each.file.startswith("content/") for each in draft.problems)
        copy.write_bytes(path.read_bytes())
    assert refused > count / 4
