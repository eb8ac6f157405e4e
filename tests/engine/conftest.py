"""An engine over the real content, one for the tests of a file: what it remembers never shows."""

import pytest

from bot.engine.stage import Stage
from bot.engine.step import Engine


@pytest.fixture(scope="module")
def stage(world):
    return Stage(world)


@pytest.fixture(scope="module")
def engine(stage):
    return Engine(stage)
