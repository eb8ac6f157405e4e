"""The double and the real bot, as loud as it can be, shared by the tests of one file."""

import shutil

import pytest
import pytest_asyncio

from tests.process import ROOT, BotProcess
from tests.standin.server import StandIn


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """A copy of the content that the bot serves."""
    copy = tmp_path_factory.mktemp("shelf") / "content"
    shutil.copytree(ROOT / "content", copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIREK_CONTENT__FOLDER", str(copy))
        yield copy


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tg():
    async with StandIn(seed=11) as double:
        yield double


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def started(tg, shelf, tmp_path_factory):
    async with BotProcess(tmp_path_factory.mktemp("bot"), tg, level="debug") as process:
        yield process


@pytest_asyncio.fixture(loop_scope="module")
async def bot(tg, started):
    """The bot, listening, whatever the test before has done to it."""
    await tg.clear_faults()
    if not started.running:
        await started.start()
    await tg.wait_listening()
    return started
