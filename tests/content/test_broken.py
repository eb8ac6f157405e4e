"""A truth about a whole folder that went wrong."""

from datetime import date

from bot.content.check import examine
from bot.content.checks.terms import Terms
from bot.content.lexicon import read_lexicon
from tests.content.kit import BLOCKS


def test_one_sitting_is_enough(request):
    """Every fault of a broken folder is in one list, in reading order, each with its place."""
    root = request.config.rootpath
    lexicon, _ = read_lexicon(root / "content" / "lexicon")
    terms = Terms(
        BLOCKS,
        date(2026, 11, 21),
        countries=("kz", "tj"),
        languages=("ru", "en"),
        lexicon=lexicon,
    )
    broken = root / "tests" / "content" / "broken"
    listed = [str(each) for each in examine(broken, terms)]
    assert listed == (broken / "problems.txt").read_text("utf-8").splitlines()
    assert len({each.split(": ", 1)[1] for each in listed}) >= 15
