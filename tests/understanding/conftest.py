"""What understanding is tried with: the places of the content we ship."""

import pytest


@pytest.fixture(scope="session")
def gazetteer(world):
    return world.content.places
