"""A store on either database, a clock that stands still, and people who do not exist."""

import asyncpg
import pytest

from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.store import embedded

START = 1_800_000_000


class Clock:
    """The time in epoch seconds; moves only when told to."""

    def __init__(self) -> None:
        self.now = float(START)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def keys(tmp_path, clock):
    return KeyRing(tmp_path / "keys", clock)


@pytest.fixture(scope="session")
def postgres():
    """The address of a PostgreSQL of our own, in a temporary folder, gone after the tests."""
    with embedded.postgres() as server:
        yield server.url


@pytest.fixture
async def emptied(postgres):
    """The address of our PostgreSQL, without any table."""
    connection = await asyncpg.connect(postgres.replace("+asyncpg", ""))
    await connection.execute(
        "SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public"
    )
    await connection.close()
    return postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/tirek.db"
    return request.getfixturevalue("emptied")


@pytest.fixture
async def store(url, keys, clock):
    store = await Store.open(url, keys, clock=clock)
    yield store
    await store.close()
