"""`tirek rotate` says what it does, asks once, and goes on with what was interrupted."""

import asyncio
import os
import sys

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.errors import TirekError
from bot.staff.audit import Deed
from bot.store import rotation
from bot.store.longkey import LongKey
from tests.mailing.approved import subscribe
from tests.mailing.running import opened, prepared
from tests.mailing.running import settings as sending
from tests.process import ROOT, BotProcess
from tests.standin.driver import STARTING
from tests.standin.server import StandIn
from tests.store.rotating import known

READERS = range(6_000_000_000, 6_000_000_040)


async def settled(folder):
    store = await opened(folder)
    await subscribe(store, READERS)
    await store.close()


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Type the command over forty readers, and answer it; what it printed, and how it ended."""
    monkeypatch.setattr(rotation, "GRACE", 0)
    (tmp_path / "bot.yaml").write_text("{}")
    asyncio.run(settled(tmp_path))

    def do(*words, answer=""):
        given = ["rotate", *words, "--settings", str(tmp_path / "bot.yaml")]
        done = CliRunner().invoke(cli, given, input=answer)
        if isinstance(done.exception, TirekError):
            raise done.exception
        return done.exit_code, done.output

    return do


@pytest.fixture
def keys(tmp_path):
    """The names of the key files."""
    folder = tmp_path / "data" / "long-key"
    return lambda: sorted(path.name for path in folder.iterdir())


async def after(folder):
    """Who is known, and the last deed in the log."""
    store = await opened(folder)
    found, _ = await known(store, READERS, 0)
    deeds = [entry.deed for entry in await store.office.audit()]
    await store.close()
    return found, deeds


def test_who_says_no_changes_nothing(typed, keys):
    """It tells how many and how long, asks, and without a yes leaves the key as it is."""
    code, said = typed(answer="n\n")
    assert code == 1
    assert "some 40\nrows, about 1 min" in said
    assert keys() == ["epoch-1.key"]


def test_after_one_yes_the_key_is_another(typed, keys, tmp_path):
    """With one yes everybody is moved, the old key is gone, and the log says so."""
    code, said = typed(answer="y\n")
    assert code == 0
    assert "Version 2 of the long-term key is in use, some 40 rows were moved." in said
    assert keys() == ["epoch-2.key", "retired-1.key"]
    assert asyncio.run(after(tmp_path)) == ({*READERS}, [Deed.ROTATED])


def test_with_yes_it_does_not_ask(typed, keys):
    """A script gets no question; a second time makes a third version."""
    assert typed("--yes")[0] == typed("--yes")[0] == 0
    assert keys() == ["epoch-3.key", "retired-1.key", "retired-2.key"]


def test_what_was_begun_is_finished_first(typed, keys, tmp_path):
    """After an interruption it says that it goes on, and makes no third version."""
    LongKey(tmp_path / "data" / "long-key").advance()
    code, said = typed(answer="y\n")
    assert code == 0
    assert said.startswith("A rotation was begun and is not finished.")
    assert keys() == ["epoch-2.key", "retired-1.key"]


def test_a_locked_bot_has_no_key(typed, tmp_path):
    """Under a lockdown it says why there is nothing to do."""
    (tmp_path / "data" / "lockdown").touch()
    with pytest.raises(TirekError, match="locked down"):
        typed("--yes")


def test_nobody_can_be_told_from_what_it_says(typed):
    """It prints rounded counts, and nothing of anybody."""
    said = typed("--yes")[1]
    assert not any(str(one) in said for one in READERS)


async def test_under_a_bot_that_serves(tmp_path):
    """Rotated beside a running bot, the button of a message from before leaves in it at once."""
    async with StandIn() as tg:
        people = await prepared(tmp_path, tg, 30)
        async with BotProcess(tmp_path, tg, extra=sending(per_second=25)):
            for one in people:
                await tg.wait_shown(one, "Good news", timeout=STARTING)
            assert "Version 2" in await tirek(tmp_path, "rotate", "--yes")
            await tg.tap(people[3], "No more news")
            await tg.wait_shown(people[3], "You get no more news")
        store = await opened(tmp_path)
        assert (await known(store, people, 0))[0] == {*people} - {people[3]}
        await store.close()


async def tirek(folder, *words):
    """Run a command beside the service; what it said."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words, "--settings", str(folder / "bot.yaml")),
        cwd=ROOT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await program.communicate()
    assert program.returncode == 0, said.decode()
    return said.decode()
