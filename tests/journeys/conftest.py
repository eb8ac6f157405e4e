"""The double and the real bot, each test with its own."""

import pytest

from tests.process import BotProcess
from tests.standin.server import StandIn


@pytest.fixture
async def tg():
    async with StandIn(seed=11) as double:
        yield double


@pytest.fixture
async def bot(tg, tmp_path):
    """The bot, listening, with its log as loud as it can be."""
    async with BotProcess(tmp_path, tg, level="debug") as process:
        await tg.wait_listening()
        yield process
