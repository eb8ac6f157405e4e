"""The shipped quizzes."""

import pytest


@pytest.fixture
def quizzes(world):
    return world.content.quizzes
