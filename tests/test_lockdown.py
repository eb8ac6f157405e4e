"""One command, and nothing is sent or known any more; whoever writes gets the emergency numbers."""

import asyncio
import os
import shutil
import sys
import time

import pytest

from bot.channels.terminal import unmarked
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.journeys.crowd import crowd, each
from tests.journeys.thief import loot
from tests.journeys.visitor import to_the_hub
from tests.process import ROOT, BotProcess
from tests.standin.server import StandIn
from tests.store.examining import rows, windows

WITHIN = 5.0
"""Seconds from the call of the command until nothing else is sent (R42)."""

OF_PEOPLE = (
    *("session", "outbox", "trace", "cover", "pickup", "game"),
    *("learner", "staff", "invitation"),
)


async def tirek(bot: BotProcess, *words: str) -> str:
    """Run a command beside the service; what it said."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words, "--settings", str(bot.folder / "bot.yaml")),
        cwd=ROOT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await program.communicate()
    assert program.returncode == 0, said.decode()
    return said.decode()


def helpful(stage, call) -> bool:
    """Whether a call shows the emergency numbers, or shows nothing to anybody."""
    if call.method not in (
        "sendMessage",
        "editMessageText",
        "sendContact",
        "sendVenue",
        "sendVoice",
        "sendVideo",
    ):
        return call.method in ("getUpdates", "answerCallbackQuery", "setMyCommands", "getMe")
    pages = {stage.emergency(code).text for code in stage.world.offered.languages}
    return call.params["text"] in pages


def traces(folder, names) -> int:
    """Count the old names that lie in any file of the data folder."""
    return len(names & windows(loot(folder / "data"), 16))


async def table_rows(folder) -> int:
    """Count the rows about people."""
    url = f"sqlite:///{folder / 'data' / 'tirek.db'}"
    store = await Store.open(url, KeyRing(folder / "spare-keys"))
    found = [row for table in OF_PEOPLE for row in await rows(store, table)]
    await store.close()
    return len(found)


@pytest.fixture
async def talked(tmp_path, stage):
    """A bot with whom thirty people talk, of whom ten wait for an answer that cannot go out."""
    async with StandIn(seed=8) as tg, BotProcess(tmp_path, tg, level="debug") as bot:
        await tg.wait_listening()
        people = crowd(tg, stage, 30)
        await each(people, to_the_hub)
        for person in people[:10]:
            await tg.fault("error", chat_id=person.id, code=500, chance=1.0)
            await tg.say(person.id, "/about")
        await tg.wait_confirmed()
        yield tg, bot, people
        assert await tg.violations() == []


async def test_within_five_seconds_only_emergency_numbers_go_out(talked, stage):
    """People talking, an outbox waiting: 5 s after the command keys, rows and traces are gone."""
    tg, bot, people = talked
    shutil.copytree(bot.folder / "data" / "keys", bot.folder / "old-keys")
    old = KeyRing(bot.folder / "old-keys")
    names = {name for one in people for name in old.pseudonyms(one.id) if name}
    assert traces(bot.folder, names) == len(people)

    async def keep_talking() -> None:
        while True:
            for person in people[10:]:
                await tg.say(person.id, "/menu")
                await asyncio.sleep(0.02)

    talking = asyncio.create_task(keep_talking())
    began = time.monotonic()
    said = await tirek(bot, "lockdown")
    await tg.clear_faults()  # whatever waited could go out now
    await bot.logged("lockdown.begun")
    await tg.world.pulse.until(lambda: _sent_since(tg, began + WITHIN), 20, "help afterwards")
    talking.cancel()
    await tg.settled(quiet=0.3, timeout=30)
    after = [c for c in tg.record.calls if c.mono > began + WITHIN]
    assert "Locked down" in said
    assert all(helpful(stage, call) for call in after)
    assert [*(bot.folder / "data" / "keys").iterdir()] == []
    assert traces(bot.folder, names) == 0
    assert await table_rows(bot.folder) == 0


def _sent_since(tg, moment: float) -> bool:
    return any(c.method == "sendMessage" and c.mono > moment for c in tg.record.calls)


async def test_a_lockdown_outlives_restarts_until_it_is_lifted(talked, stage):
    """Killed and started again it gives numbers only; lifted and restarted it serves, as new."""
    tg, bot, people = talked
    await tirek(bot, "lockdown")
    await bot.logged("lockdown.begun")
    await tg.clear_faults()
    await bot.kill()
    since = len(tg.record.calls)
    await bot.start()
    (new,) = crowd(tg, stage, 1)
    await tg.meet(new.id, language_code="en")
    await tg.say(new.id, "/start")
    numbers = unmarked(stage.emergency("en").text)
    await tg.wait_shown(new.id, numbers, timeout=20)
    assert all(helpful(stage, call) for call in tg.record.calls[since:])
    assert [*(bot.folder / "data" / "keys").iterdir()] == []
    await tirek(bot, "lockdown")  # once more does no harm
    assert await table_rows(bot.folder) == 0
    await tirek(bot, "lockdown", "--lift")
    assert await bot.stop() == 0
    await bot.start()
    await to_the_hub(crowd(tg, stage, 1)[0])
    old = people[-1]
    old.session = None
    await old.write("/start")


async def test_a_bot_that_is_off_is_locked_down_too(talked, stage):
    """With no service running the command does the same, twice in a row if need be."""
    tg, bot, people = talked
    old = {name for one in people for name in KeyRing(bot.folder / "data/keys").pseudonyms(one.id)}
    await bot.kill()
    await tg.clear_faults()
    for _ in range(2):
        await tirek(bot, "lockdown")
        assert [*(bot.folder / "data" / "keys").iterdir()] == []
        assert traces(bot.folder, old - {b""}) == 0
        assert await table_rows(bot.folder) == 0
    since = len(tg.record.calls)
    await bot.start()
    await tg.say(people[0].id, "/menu")
    await tg.wait_shown(people[0].id, "112", timeout=20)
    assert all(helpful(stage, call) for call in tg.record.calls[since:])
