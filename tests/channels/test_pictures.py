"""Pictures on their way: drawn apart, silent, free to be passed on, removable, gone when sent."""

import asyncio
import io
import json
import threading
from dataclasses import replace

import pytest
from rich.console import Console

from bot.channels.telegram.api import Api
from bot.channels.telegram.sender import TelegramSender
from bot.channels.terminal import Terminal
from bot.engine.events import Chosen
from bot.engine.screen import Label, PicturePage
from bot.engine.session import Session
from bot.pictures.result_card import result_card
from bot.pictures.session_page import session_pdf
from tests.betrayal import betrayals
from tests.engine.walking import NOW
from tests.pictures.conftest import CARD, PAGE
from tests.standin.server import StandIn

ANNA, BOTA = 101, 102


def page(draw, item="love"):
    return PicturePage("play-quiz", item, "picture.png", draw, "A &lt; B", Label("remove", "X"))


def drawn(_address):
    return result_card(CARD)


def printed_page(_address):
    return session_pdf(PAGE)


NAME = "Чоп этиш — ўқиш “учун”.pdf"
SHEET = replace(page(printed_page), file_name=NAME, is_pdf=True)


@pytest.fixture
async def tg():
    async with StandIn() as double:
        for one in (ANNA, BOTA):
            await double.meet(one)
        yield double


@pytest.fixture
async def sender(tg, messages, tmp_path):
    async with Api(tg.url, tg.token) as api:
        yield TelegramSender(api, messages, tmp_path)


async def test_a_picture_arrives_silent_and_may_be_passed_on(tg, sender):
    """It comes as a photo of its size, makes no sound, and is the one message not protected."""
    number = await sender.deliver(page(drawn), ANNA, None, None)
    shown = tg.chat(ANNA).messages[number]
    assert (shown.silent, shown.protected, shown.labels) == (True, False, ["X"])
    (photo,) = shown.other["photo"]
    assert (photo["width"], photo["height"]) == (1080, 1080)
    assert photo["file_size"] <= 150_000
    assert shown.other["caption"] == "A < B"
    (call,) = [one for one in tg.record.calls if one.method == "sendPhoto"]
    assert await tg.violations() == []
    assert call.params["photo"].name == "picture.png"


async def test_a_pdf_arrives_as_a_file_of_its_name(tg, sender):
    """It comes as a document of the right kind, named in her letters, as silent and as free as a picture."""
    number = await sender.deliver(SHEET, ANNA, None, None)
    shown = tg.chat(ANNA).messages[number]
    assert (shown.silent, shown.protected, shown.labels) == (True, False, ["X"])
    told = shown.other["document"]
    assert (told["file_name"], told["mime_type"]) == (NAME, "application/pdf")
    assert 5_000 < told["file_size"] < 150_000
    assert shown.other["caption"] == "A < B"
    (call,) = [one for one in tg.record.calls if one.method == "sendDocument"]
    assert call.params["document"].content == session_pdf(PAGE)
    assert await tg.violations() == []
    assert betrayals(tg.record.calls) == []


async def test_it_is_drawn_with_the_bots_own_address(sender):
    """Whoever draws is told where the bot is, as soon as the bot knows."""
    told = []

    def draw(address):
        told.append(address)
        return drawn(address)

    await sender.deliver(page(draw), ANNA, None, None)
    sender.link = "https://t.me/a_bot"
    await sender.deliver(page(draw), ANNA, None, None)
    assert told == ["", "https://t.me/a_bot"]


async def test_pictures_wait_for_each_other_and_nobody_for_them(tg, sender, stage):
    """While one is drawn the next one waits, and a screen goes out past both."""
    go, under_way, most = threading.Event(), [], []

    def draw(_address):
        under_way.append(1)
        most.append(len(under_way))
        assert go.wait(10)
        under_way.pop()
        return drawn(_address)

    loop = asyncio.get_running_loop()
    asked = [loop.create_task(sender.deliver(page(draw), one, None, None)) for one in (ANNA, BOTA)]
    screen = stage.page(Session("start", "en"), NOW)
    number = await sender.deliver(screen, ANNA, None, None)
    assert number in tg.chat(ANNA).messages
    assert not any(one.done() for one in asked)
    go.set()
    await asyncio.gather(*asked)
    assert most == [1, 1]


def test_its_button_removes_it(messages, book, keys):
    """The one button under a picture is sealed for its person and takes the message away."""
    _, _, body = messages.picture(page(drawn, ""), ANNA, ANNA)
    data = json.loads(body)["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert book.read(keys, ANNA, data) == Chosen("play-quiz", "remove", "")


async def test_a_terminal_says_how_large_it_is(tmp_path):
    """In a terminal a picture is its caption, its pixels and its weight, and the way to remove it."""
    printed = io.StringIO()
    await Terminal(Console(file=printed, width=80), tmp_path, plain=True).deliver(
        page(drawn), ANNA, None, None
    )
    kilobytes = round(len(drawn("")) / 1000)
    lines = printed.getvalue().split("\n")
    assert [one.strip() for one in lines if one.strip()] == [
        "A < B",
        f"[picture 1080×1080, {kilobytes} kB]",
        "1. X",
    ]


async def test_a_terminal_writes_a_pdf_until_the_chat_is_cleared(tmp_path):
    """In a terminal a PDF is a file; it says where, and the file goes when she leaves."""
    printed = io.StringIO()
    terminal = Terminal(Console(file=printed, width=80), tmp_path, plain=True)
    number = await terminal.deliver(SHEET, ANNA, None, None)
    assert number is not None
    (file,) = tmp_path.rglob("*.pdf")
    pdf = session_pdf(PAGE)
    assert (file.name, file.read_bytes()) == (NAME, pdf)
    assert f"[{file}, {round(len(pdf) / 1000)} kB]" in printed.getvalue()
    await terminal.clear(ANNA, [number], None)
    assert not [*tmp_path.iterdir()]
