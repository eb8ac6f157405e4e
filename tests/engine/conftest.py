"""An engine over the real content."""

import pytest

from bot.engine.step import Engine


@pytest.fixture
def engine(stage):
    return Engine(stage)
