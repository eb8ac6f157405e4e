"""Truths about what is drawn and exported of campaigns and of people: counts, and nobody."""

import asyncio
import csv
import io
import random
import re
import time
from datetime import date

import pytest
from PIL import Image
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.campaigns.response import tap
from bot.counting.weeks import DAY
from bot.errors import TirekError
from bot.store.batch import Batch
from tests.conftest import ROOT
from tests.mailing.approved import (
    APPROVER,
    AUTHOR,
    FIRST,
    appoint,
    approve,
    campaign,
    leave,
    subscribe,
)
from tests.mailing.running import opened
from tests.store.conftest import Clock
from tests.store.examining import guesses, rows
from tests.store.looking import write
from tests.store.test_mailings import Sending
from tests.test_sending import sent

CODE = "k3m9x2ab"
CROWD = range(FIRST, FIRST + 400)


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Type a command over the real content; return what it printed, or raise what it ended with."""
    monkeypatch.setenv("TIREK_CONTENT__FOLDER", str(ROOT / "content"))
    monkeypatch.setenv("TIREK_CONTENT__LOCALES", str(ROOT / "locales"))
    (tmp_path / "bot.yaml").write_text("{}")

    def do(*words):
        done = CliRunner().invoke(cli, [*words, "--settings", str(tmp_path / "bot.yaml")])
        if isinstance(done.exception, TirekError):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.stdout

    return do


@pytest.fixture
def seeded(monkeypatch):
    """Draw the same noise each time, so that a figure that is tested is never a rare one."""
    monkeypatch.setattr("bot.store.store.random.SystemRandom", lambda: random.Random(4))


def drawing(file, *more):
    return ("campaign", "draw", "spring", "--out", str(file), *more)


def test_how_it_went_out_is_drawn_as_png_and_pdf(typed, tmp_path):
    """The file asked for is written, in the language asked for."""
    asyncio.run(sent(tmp_path, 60, 40))
    for file, begins in (("a.png", b"\x89PNG"), ("a.pdf", b"%PDF")):
        assert typed(*drawing(tmp_path / file, "--language", "kk")).strip() == str(tmp_path / file)
        assert (tmp_path / file).read_bytes().startswith(begins)
    assert Image.open(io.BytesIO((tmp_path / "a.png").read_bytes())).size == (1754, 1240)


def test_a_few_are_not_drawn(typed, tmp_path):
    """Of a campaign that sixteen got no picture is made, for it would tell of them."""
    asyncio.run(sent(tmp_path, 60, 16))
    with pytest.raises(TirekError, match="fewer than 20"):
        typed(*drawing(tmp_path / "a.png"))
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--out", "a.gif"), "neither in .png nor in .pdf"),
        (("--out", "a.png", "--language", "xx"), "'xx' is not offered. There are: kk"),
        (("--out", "a.png"), "no campaign winter"),
    ],
)
def test_a_slip_is_answered_with_the_remedy(typed, words, said):
    """A name, a language or an ending that there is not."""
    with pytest.raises(TirekError, match=said):
        typed("campaign", "draw", "winter", *words)


async def gone_out(folder):
    """Let a campaign have gone out three weeks ago to 400 people, of whom 120 tapped and 2 left."""
    clock = Clock()
    clock.now = time.time() - 21 * DAY
    store = await opened(folder, clock)
    await appoint(store)
    await subscribe(store, CROWD, language="ky")
    clock.now = await approve(store, clock, campaign(CODE))
    mailer = Sending(store)
    await mailer.turn(0)
    got = await mailer.all()
    await write(store, Batch(tallies=[tap(CODE)] * 120))
    await leave(store, *got[:2])
    names = {bytes(row.person).hex() for row in await rows(store, "subscriber")}
    names |= {bytes(row.author).hex() for row in await rows(store, "campaign")}
    await store.close()
    return names


def read(printed):
    """What a CSV says: the lines that tell how to read it, and its rows by their first word."""
    lines = [*csv.reader(io.StringIO(printed))]
    notes = [line[0] for line in lines if line[0].startswith("# ")]
    head, *body = lines[len(notes) :]
    return notes, {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in body}


@pytest.mark.usefixtures("seeded")
def test_what_became_of_a_campaign_is_published(typed, tmp_path):
    """By week and topic, in tens, near the truth; the first lines say what was done to the numbers."""
    asyncio.run(gone_out(tmp_path))
    notes, body = read(typed("campaign", "export"))
    ((name, told),) = body.items()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d quizzes", name)
    assert date.fromisoformat(name.split()[0]).weekday() == 0
    assert abs(int(told["arrived"]) - 400) <= 60
    assert abs(int(told["taps"]) - 120) <= 60
    assert told["leaves"] == "<30"
    assert told["did not arrive"] == "<30"
    assert any("hidden and shown as <30" in note for note in notes)
    assert any("random part" in note for note in notes)


@pytest.mark.usefixtures("seeded")
def test_people_are_published(typed, tmp_path):
    """In one table, every way of counting them below the other."""
    asyncio.run(gone_out(tmp_path))
    notes, body = read(typed("people", "export"))
    assert abs(int(body["all"]["people"]) - 398) <= 150
    assert abs(int(body["language: ky"]["people"]) - 398) <= 150
    assert body["language: ru"]["people"] == "<60"
    assert {"age: not told", "topics: all", "country: kg"} <= body.keys()
    assert any("another one is hidden with it" in note for note in notes)


def test_asked_again_nothing_changes(typed, tmp_path):
    """Around the yes of one person and the leave of another both exports are byte for byte the same."""
    asyncio.run(gone_out(tmp_path))
    asked = [("people", "export"), ("campaign", "export")]
    before = [typed(*words) for words in asked]

    async def meanwhile():
        store = await opened(tmp_path)
        await subscribe(store, [FIRST + 5_000])
        await leave(store, CROWD[7])
        await store.close()

    asyncio.run(meanwhile())
    assert [typed(*words) for words in asked] == before


def test_nothing_that_is_printed_leads_to_anybody(typed, tmp_path):
    """No id, chat or name under the key, in no way of writing it, in none of these commands."""
    names = asyncio.run(gone_out(tmp_path))
    printed = "".join(
        typed(*words)
        for words in (
            ("people",),
            ("people", "--csv"),
            ("people", "export"),
            ("campaign", "list"),
            ("campaign", "show", CODE),
            ("campaign", "export"),
            ("campaign", "draw", CODE, "--out", str(tmp_path / "a.png")),
        )
    )
    raw = printed.encode() + (tmp_path / "a.png").read_bytes()
    for person in (*CROWD[:50], AUTHOR, APPROVER):
        assert not any(guess in raw for guess in guesses(person) if len(guess) > 5)
    assert not any(name in printed or name[:16] in printed for name in names)
    assert CODE not in typed("campaign", "export")
