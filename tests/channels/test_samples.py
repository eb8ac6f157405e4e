"""A message of a campaign as it stands in a chat: with its picture, its button, its way to leave."""

import pytest

from bot.campaigns.wording import Mark, Wording
from bot.channels.port import Impossible
from bot.channels.telegram.api import Api
from bot.channels.telegram.messages import Messages
from bot.channels.telegram.sender import TelegramSender
from bot.engine.screen import ADDRESS, Label, NewsPage
from bot.store.longkey import LongKey
from tests.standin.server import StandIn

ANNA = 101
BUTTON = Label("", "Small steps", url=f"{ADDRESS}?start=q2")
TEXT = Wording.of("Tea & cake <3", [Mark("bold", 0, 3)]).html
FILE = "AgAC-photo"


@pytest.fixture
async def tg():
    async with StandIn() as double:
        await double.meet(ANNA)
        sizes = [{"file_id": FILE, "file_unique_id": "u", "width": 90, "height": 90}]
        await double.post(ANNA, {"photo": sizes})
        yield double


@pytest.fixture
async def sender(tg, book, keys, tmp_path):
    lasting = LongKey(tmp_path / "long")
    async with Api(tg.url, tg.token) as api:
        sender = TelegramSender(api, Messages(book, keys, lasting), tmp_path)
        sender.link = "https://t.me/tirek_bot"
        yield sender


async def test_it_stands_below_its_picture(tg, sender):
    """The photo is sent on by its id, and never comes through us; the text is its caption."""
    number = await sender.deliver(NewsPage(TEXT, BUTTON, "Leave", FILE), ANNA, None, None)
    shown = tg.chat(ANNA).messages[number]
    assert shown.other["photo"][0]["file_id"] == FILE
    assert shown.other["caption"] == "Tea & cake <3"
    assert [one["type"] for one in shown.other["caption_entities"]] == ["bold"]
    assert (shown.silent, shown.protected, shown.labels) == (True, True, ["Small steps", "Leave"])
    assert await tg.violations() == []
    assert not any(one.method == "getFile" for one in tg.record.calls)


async def test_without_a_button_only_the_way_to_leave_stands(tg, sender):
    """A message that opens nothing is sent all the same."""
    number = await sender.deliver(NewsPage(TEXT, None, "Leave"), ANNA, None, None)
    shown = tg.chat(ANNA).messages[number]
    assert (shown.text, shown.labels) == ("Tea & cake <3", ["Leave"])


async def test_1024_characters_fit_below_a_picture(tg, sender):
    """One more is refused, which is why no draft has it."""
    assert await sender.deliver(NewsPage("x" * 1024, BUTTON, "Leave", FILE), ANNA, None, None)
    with pytest.raises(Impossible):
        await sender.deliver(NewsPage("x" * 1025, BUTTON, "Leave", FILE), ANNA, None, None)
