"""A codebook over the real content, and keys whose clock stands still until it is moved."""

import pytest

from bot.channels.telegram.buttons import Codebook
from bot.channels.telegram.messages import Messages
from bot.channels.telegram.updates import Reader
from bot.store.keys import KeyRing
from tests.engine.walking import LANGUAGES


class Clock:
    """The time in epoch seconds; moves only when told to."""

    def __init__(self):
        self.now = 1_795_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def keys(tmp_path, clock):
    return KeyRing(tmp_path / "keys", clock)


@pytest.fixture(scope="session")
def book(world):
    return Codebook.of(world.content, LANGUAGES)


@pytest.fixture
def reader(book, keys):
    return Reader(book, keys)


@pytest.fixture
def messages(book, keys):
    return Messages(book, keys)
