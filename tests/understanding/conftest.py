"""What understanding is tried with: the places of the content we ship."""

import pytest

from bot.content.load import load
from bot.engine.blocks import SPECS


@pytest.fixture(scope="session")
def gazetteer(request):
    return load(request.config.rootpath / "content", SPECS).places
