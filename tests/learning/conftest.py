"""The shipped quizzes."""

import pytest


@pytest.fixture(scope="session")
def quizzes(world):
    return world.content.quizzes
