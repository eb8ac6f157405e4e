"""What the checks are tried with: the real word lists, and a look at a content that loads."""

from datetime import date

import pytest

from bot.content.check import check
from bot.content.checks.terms import Terms
from bot.content.lexicon import read_lexicon
from tests.content.kit import BLOCKS, loaded

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def lexicon(request):
    words, problems = read_lexicon(request.config.rootpath / "content" / "lexicon")
    assert problems == []
    return words


@pytest.fixture
def terms(lexicon):
    return Terms(BLOCKS, TODAY, countries=("kz",), languages=("ru", "en"), lexicon=lexicon)


@pytest.fixture
def found(tmp_path, terms):
    """List what `check` says about a content that loads."""

    def look(given=terms, **files: str) -> list[str]:
        problems = check(loaded(tmp_path, **files), given)
        return [str(each).removeprefix("content/") for each in problems]

    return look
