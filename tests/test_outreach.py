"""Truths about `tirek outreach`: what is drawn and refused, and what of the scans is shown."""

import asyncio
import csv
import io
import random
import shutil
import time
from itertools import product

import pytest
from typer.testing import CliRunner

from bot import posters
from bot.__main__ import cli
from bot.counting.tally import Kind, Tally
from bot.counting.weeks import monday
from bot.engine.events import Commanded
from bot.engine.links import Links
from bot.errors import TirekError
from bot.store.batch import Batch
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.betrayal import lexicon
from tests.conftest import LANGUAGES, ROOT
from tests.standin.server import StandIn
from tests.store.examining import rows
from tests.store.people import Silence
from tests.talking import Talk, clock
from tests.virtual_time import in_virtual_time

WEEK = 7 * 24 * 3600
BOT = "https://t.me/tirek_bot"


@pytest.fixture
def here(tmp_path):
    """The settings file of a bot of its own, over the real content."""
    file = tmp_path / "bot.yaml"
    words = (ROOT / "bot.yaml").read_text("utf-8")
    words = words.replace("folder: content", f"folder: {ROOT / 'content'}")
    file.write_text(words.replace("locales: locales", f"locales: {ROOT / 'locales'}"), "utf-8")
    return file


@pytest.fixture
def typed(here):
    """Type a command; return what it printed, or raise what it ended with."""

    def do(*words):
        done = CliRunner().invoke(cli, ["outreach", *words, "--settings", str(here)])
        if isinstance(done.exception, TirekError):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.stdout

    return do


def drawing(*more, poster="quiz", language="en", place="pharmacy"):
    return ("draw", poster, "--language", language, "--place", place, *more)


def test_a_poster_is_written_as_pdf_and_png(typed, tmp_path):
    """Two files, named after the poster, its language and its place, in the folder asked for."""
    out = tmp_path / "to" / "print"
    said = typed(*drawing("--out", str(out), "--address", "@tirek_bot", poster="help-tabs"))
    names = ["help-tabs-en-pharmacy.pdf", "help-tabs-en-pharmacy.png"]
    assert sorted(one.name for one in out.iterdir()) == names
    assert said.splitlines() == [str(out / name) for name in names]
    assert (out / names[0]).read_bytes().startswith(b"%PDF")
    assert (out / names[1]).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"poster": "quizz"}, "There is no poster 'quizz'. There are: help-and-rights, quiz"),
        ({"place": "bridge"}, "There is no kind of place 'bridge'. There are: school, college"),
        ({"language": "xx"}, "There is no language 'xx'. There are: kk"),
    ],
)
def test_a_slip_is_answered_with_what_there_is(typed, slip, said):
    """Whoever mistypes a name is told the names, and nothing is written."""
    with pytest.raises(TirekError, match=said):
        typed(*drawing("--address", "t.me/tirek_bot", **slip))


def test_a_poster_that_is_not_translated_is_refused(typed, here, tmp_path):
    """A sheet is in one language: what is missing there is listed, and nothing is written."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    file = tmp_path / "content" / "outreach" / "quiz.yaml"
    words = file.read_text("utf-8").replace("Who does the dishes?", "Nobody translated this")
    file.write_text(words, "utf-8")
    here.write_text(
        here.read_text("utf-8").replace(str(ROOT / "content"), str(tmp_path / "content"))
    )
    with pytest.raises(TirekError, match="Nobody translated this"):
        typed(
            *drawing("--out", str(tmp_path / "out"), "--address", "t.me/tirek_bot", language="kk")
        )
    assert not (tmp_path / "out").exists()
    assert typed(*drawing("--out", str(tmp_path / "out"), "--address", "t.me/tirek_bot"))


@pytest.mark.parametrize(
    "written", ["https://t.me/tirek_bot", "t.me/tirek_bot", "@tirek_bot", " tirek_bot\n"]
)
def test_an_address_is_read_as_people_write_it(written):
    """The whole address, its end, the name with and without its sign."""
    assert posters.address(written, lexicon()) == BOT


@pytest.mark.parametrize("written", ["", "bot", "http://t.me/tirek_bot", "t.me/a/b", "t.me/ә_bot"])
def test_what_is_no_address_is_refused(written):
    """A code on a thousand sheets is not guessed."""
    with pytest.raises(TirekError, match="no address"):
        posters.address(written, lexicon())


@pytest.mark.parametrize("name", ["stop_violence_bot", "StopViolenceBot", "shelter_help_bot"])
def test_a_bot_whose_name_tells_is_on_no_poster(name):
    """Nobody carries a telling address in a pocket (R12)."""
    with pytest.raises(TirekError, match="tells the topic"):
        posters.address(f"t.me/{name}", lexicon())


def test_without_a_token_the_address_is_asked_for(typed):
    """A bot that does not know its own name says how to give it."""
    with pytest.raises(TirekError, match="--address"):
        typed(*drawing())


async def test_telegram_is_asked_what_the_bot_is_called(here, tmp_path, monkeypatch):
    """With a token the name comes from Telegram, as for invitations."""
    async with StandIn() as tg:
        secret = tmp_path / "secrets" / "telegram-token"
        secret.parent.mkdir()
        secret.touch(mode=0o600)
        secret.write_text(tg.token)
        monkeypatch.setenv("TIREK_TELEGRAM__API_URL", tg.url)
        words = [*drawing("--out", str(tmp_path)), "--settings", str(here)]
        done = await asyncio.to_thread(CliRunner().invoke, cli, ["outreach", *words])
        assert done.exit_code == 0, (done.output, done.exception)
        assert "getMe" in [one.method for one in await tg.calls()]


def test_every_sheet_opens_what_it_was_drawn_for(world):
    """The link of each poster, language and place is read back as that poster in that language."""
    links, outreach = Links(world), world.content.outreach
    for poster, (place, code), language in product(
        outreach.posters.values(), outreach.places.items(), LANGUAGES
    ):
        sheet = posters.sheet(world, poster, language, code, BOT)
        assert sheet.address == "t.me/tirek_bot"
        assert sheet.link.startswith(f"{BOT}?start=")
        linked = links.read(sheet.link.partition("?start=")[2])
        assert linked is not None
        assert linked.counted == (Tally(Kind.SCAN, poster.poster, place),)
        assert linked.language == language


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


@in_virtual_time
async def test_a_scan_is_counted_with_its_turn(talk):
    """The commit of the turn counts it, once however often Telegram repeats the update."""
    keys = KeyRing(talk.folder / "keys", clock)
    talk.store = await Store.open("sqlite://", keys, clock=clock, noise=Silence())
    await talk.open()
    for _ in range(2):
        await talk.do(7001, Commanded("start", "p2jr_en"), number=1)
    assert talk.channel.places(7001)[-1] == "play-quiz"
    monday_ = monday(clock())
    assert await rows(talk.store, "tally") == [(monday_, "scan", "quiz", "pharmacy", 1)]
    await talk.do(7001, Commanded("start", "q6_en"))
    assert await rows(talk.store, "tally") == [(monday_, "scan", "quiz", "pharmacy", 1)]


async def scanned(folder, tallies):
    """Count these scans, two weeks ago."""
    then = time.time() - 2 * WEEK
    store = await Store.open(
        f"sqlite:///{folder}/t.db",
        KeyRing(folder / "keys"),
        clock=lambda: then,
        noise=random.Random(4),
    )
    try:
        await store.transact(set(), set(), then, lambda _: Batch(tallies=tallies))
    finally:
        await store.close()


def test_scans_are_shown_by_poster_and_place_and_small_ones_are_hidden(
    typed, here, tmp_path, monkeypatch
):
    """Of 200 scans in schools and 9 in buses the first are told, rounded; all else is hidden."""
    monkeypatch.setattr("bot.store.store.random.SystemRandom", lambda: random.Random(4))
    monkeypatch.setenv("TIREK_STORE__URL", f"sqlite:///{tmp_path}/t.db")
    tallies = [
        Tally(Kind.SCAN, "quiz", "school", 200),
        Tally(Kind.SCAN, "quiz", "bus", 9),
        Tally(Kind.SCAN, "gone", "bus", 500),
    ]
    asyncio.run(scanned(tmp_path, tallies))
    (row,) = csv.DictReader(io.StringIO(typed("scans", "--weeks", "4", "--csv")))
    assert row.pop("poster") == "quiz"
    assert abs(int(row.pop("school")) - 200) <= 10
    assert set(row.values()) == {"<20"}
    monkeypatch.setenv("COLUMNS", "200")
    table = typed("scans", "--weeks", "4")
    assert "Sums below 20 are hidden" in table
    assert "help-and-rights" in table
    assert "gone" not in table
