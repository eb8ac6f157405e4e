"""What every test shares: the real content, and a network that reaches no further than loopback."""

import socket
from pathlib import Path

import hypothesis
import pytest

from bot.content.load import load
from bot.engine.blocks import SPECS
from bot.engine.stage import Stage
from bot.engine.world import Offered, World
from bot.language.catalogue import Catalogues
from tests.engine.walking import every_session

ROOT = Path(__file__).parent.parent
LANGUAGES = ("kk", "ky", "tg", "uz", "uz_Cyrl", "ru", "en")


def pytest_addoption(parser):
    parser.addoption(
        "--update-chats", action="store_true", help="write the conversations down as they went"
    )


def pytest_configure(config):
    # The same examples every time, so that one commit is judged alike twice; a soak explores.
    # How long one takes is no truth of ours: beside other work any of them may take seconds.
    hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
    if "soak" not in (config.getoption("-m") or ""):
        hypothesis.settings.load_profile("steady")


def pytest_collection_modifyitems(config, items):
    if "soak" not in (config.getoption("-m") or ""):
        chosen = [item for item in items if "soak" not in item.keywords]
        config.hook.pytest_deselected(items=[item for item in items if "soak" in item.keywords])
        items[:] = chosen


@pytest.fixture(autouse=True, scope="session")
def _only_loopback():
    """No test reaches further than this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        host = address[0] if isinstance(address, tuple) else address
        local = ("127.", "::1", "localhost", "/", "\0", "0.0.0.0")
        if not (isinstance(host, (str, bytes)) and str(host).startswith(local)):
            raise AssertionError(f"a test wanted to reach {host!r}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def world():
    return World(
        content=load(ROOT / "content", SPECS),
        words=Catalogues.load(ROOT / "locales"),
        offered=Offered(("kz", "kg", "tj", "uz"), LANGUAGES),
        draw=bytes,  # the same doing has the same answer twice: chance is always naught
    )


@pytest.fixture
def stage(world):
    return Stage(world)


@pytest.fixture(scope="session")
def everywhere(world):
    """Each place a person can stand at: made once, for the many sweeps over all of them."""
    return tuple(every_session(Stage(world)))
