"""Truths about `tirek campaign list`, `show`, `stop` and the rest: counts, and nobody."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.campaigns.proposal import Phase
from bot.campaigns.response import Response, over
from bot.commands.sending import told
from bot.counting.weeks import Period
from bot.engine.campaigns import made
from bot.errors import TirekError
from bot.store.letters import Caps, Exchange, Fate, Progress, Settled, Totals
from tests.mailing.running import opened, prepared
from tests.standin.server import StandIn

ROOT = Path(__file__).parents[1]
SETTINGS = f"content:\n  folder: {ROOT / 'content'}\n  locales: {ROOT / 'locales'}\n"


async def sent(folder, readers, most, one=None):
    """Let a campaign of so many readers have been sent to `most` of them."""
    async with StandIn() as tg:
        await prepared(folder, tg, readers, one)
    store = await opened(folder)
    settled: list[Settled] = []
    done = 0
    while done <= most:
        brought = Exchange(b"me", settled, (), 8 if done < most else 0)
        handed = await store.mailroom.exchange(
            brought, lambda _country, _quiet, at: at, Caps(1, 10_000)
        )
        settled = [Settled(one, Fate.SENT, 7) for one in handed.letters]
        done += len(settled) if done < most else 1
    await store.mailroom.release(Exchange(b"me"))
    await store.close()


@pytest.fixture
def typed(tmp_path):
    """Type a command about a campaign; return what it printed, or raise what it ended with."""
    (tmp_path / "bot.yaml").write_text(SETTINGS)

    def do(*words):
        given = ["campaign", *words, "--settings", str(tmp_path / "bot.yaml")]
        done = CliRunner().invoke(cli, given, catch_exceptions=True)
        if isinstance(done.exception, TirekError):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.output

    return do


def test_no_campaign_is_no_fault(typed):
    """Before the first campaign the list says so, and nothing can be done to what is not there."""
    assert typed("list") == "There are no campaigns.\n"
    with pytest.raises(TirekError, match="no campaign spring"):
        typed("stop", "spring")


def test_a_campaign_goes_through_all_its_phases(typed, tmp_path):
    """It is paused, goes on, is stopped and taken back; each refusal says where it stands."""
    asyncio.run(sent(tmp_path, 60, 40))
    assert "sending  40 arrived" in typed("list")
    shown = typed("show", "spring")
    assert "readers at its start: 60" in shown
    assert "arrived: 40" in shown
    assert "████████░░░░ 66 %  sending" in shown
    assert "left: 20" in shown
    assert "done: not before" in shown
    assert "Paused" in typed("pause", "spring")
    with pytest.raises(TirekError, match="spring is paused"):
        typed("pause", "spring")
    assert "Goes on" in typed("resume", "spring")
    assert "Stopped" in typed("stop", "spring")
    assert "taken back" in typed("recall", "spring")
    assert "recalled" in typed("list")


def test_each_deed_is_in_the_log(typed, tmp_path):
    """What was done about a campaign stands in the chain, and the chain is whole."""
    asyncio.run(sent(tmp_path, 60, 8))
    typed("pause", "spring")
    typed("stop", "spring")

    async def deeds():
        store = await opened(tmp_path)
        entries = await store.office.audit()
        await store.close()
        return [(one.deed, one.role) for one in entries if one.campaign == "spring"]

    assert asyncio.run(deeds()) == [
        ("campaign drafted", "volunteer"),
        ("campaign proposed", "volunteer"),
        ("campaign approved", "approver"),
        ("campaign begun", ""),
        ("campaign paused", "operator"),
        ("campaign stopped", "operator"),
    ]


def test_few_are_never_told():
    """A count below twenty, which could name somebody, is told as that; others in tens."""
    totals = Totals(sent=1234, blocked=3, departed=20)
    one = Progress("spring", Phase.SENDING, int(time.time()) - 60, 5000, totals, busy=True)
    answered = Response(Period(20_000 - 20_000 % 7, 1), 1230, None)
    shown = told(one, answered)
    assert "arrived: 1230" in shown
    assert "had blocked the bot: <20" in shown
    assert "left before their turn: 20" in shown
    assert re.search(r"taps on its button, .*: 1230", shown)
    assert re.search(r"leaves after it, .*: <20", shown)
    few = replace(one, totals=replace(totals, blocked=0, missed=19))
    assert told(few, answered) == shown


def test_before_a_week_is_over_no_tap_is_told():
    """A running week is never told: two looks at it would show a single tap."""
    one = Progress("spring", Phase.SENDING, int(time.time()), 5000, Totals(), busy=False)
    shown = told(one, Response(over(one.starts, time.time())))
    assert "told when the week is over" in shown
    assert "on its button, 2" not in shown


def test_it_is_followed_until_it_is_over(typed, tmp_path):
    """Drawn again and again while it goes; once nothing goes on any more it ends by itself."""
    asyncio.run(sent(tmp_path, 60, 40))
    typed("stop", "spring")
    shown = typed("show", "spring", "--follow")
    assert "████████░░░░ 66 %  stopped" in shown
    assert "arrived: 40" in shown
    with pytest.raises(TirekError, match="no campaign other"):
        typed("show", "other", "--follow")


def test_following_can_be_ended(tmp_path):
    """Ctrl-C while it goes ends the drawing and nothing else, with a last look at the counts."""
    (tmp_path / "bot.yaml").write_text(SETTINGS)
    asyncio.run(sent(tmp_path, 60, 40))
    command = [sys.executable, "-m", "bot", "campaign", "show", "spring", "--follow"]
    command += ["--settings", str(tmp_path / "bot.yaml")]
    ours, theirs = os.openpty()
    with subprocess.Popen(
        command,
        stdout=theirs,
        stderr=subprocess.PIPE,
        # Whoever runs the tests in the background ignores Ctrl-C, and so would this process.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - between fork and exec it only sets a signal
    ) as process:
        os.close(theirs)
        drawn = b""
        while b"sending" not in drawn:
            drawn += os.read(ours, 4096)  # fails once the other end is closed
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        drawn += os.read(ours, 65536)
    os.close(ours)
    assert (process.returncode, errors) == (0, b"")
    assert "arrived: 40" in drawn.decode()


def test_only_other_words_correct_it(typed, tmp_path):
    """What the file says is proposed where it is the same campaign in other words."""
    asyncio.run(sent(tmp_path, 60, 40))
    with pytest.raises(TirekError, match="no campaign other"):
        typed("correct", "other", "sixteen-days")
    with pytest.raises(TirekError, match="those are not other words for spring"):
        typed("correct", "spring", "sixteen-days")


def test_the_operator_proposes_what_the_file_says(typed, tmp_path, world):
    """A campaign of this file that went out with a slip waits for an approver's yes to its words."""
    template = world.content.campaigns["sixteen-days"]
    one = made(world, template, "spring")
    slip = {name: replace(said, text=f"{said.text}!") for name, said in one.messages.items()}
    asyncio.run(sent(tmp_path, 60, 40, replace(one, messages=slip)))
    assert "ten minutes later" in typed("correct", "spring", "sixteen-days")
    assert "correction: waits for approval" in typed("show", "spring")
