"""A conversation whose chats can be looked at."""

import pytest

from tests.talking import Talk


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)
