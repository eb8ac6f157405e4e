"""What the sender does with questions for a team, and with pages that name the bot's own address."""

from pathlib import Path

import pytest

from bot.channels.port import PassedOn, Removal
from bot.channels.telegram.api import Api
from bot.channels.telegram.sender import TelegramSender
from bot.engine.screen import ADDRESS
from bot.engine.session import Session
from tests.engine.walking import NOW
from tests.standin.server import StandIn

ANNA, TEAM = 101, -1_007_000_000_001
LINK = "https://t.me/a_bot"


@pytest.fixture
async def tg():
    async with StandIn() as double:
        await double.meet(ANNA)
        double.world.chats.open({"id": TEAM, "type": "supergroup", "title": "Team"})
        yield double


async def passed(tg, messages, stage, team):
    """Pass a message of hers on to `team`; what the team then sees."""
    number = await tg.say(ANNA, "So?")
    neutral = stage.page(Session("start", "en"), NOW)
    async with Api(tg.url, tg.token) as api:
        sender = TelegramSender(api, messages, Path(), team)
        await sender.deliver(PassedOn(Removal(neutral)), ANNA, number, None)
    assert number not in tg.chat(ANNA).messages
    return [one.text for one in tg.chat(TEAM).messages.values()]


async def test_a_question_is_copied_and_removed(tg, messages, stage):
    """The team sees the words; in her chat they are gone."""
    assert await passed(tg, messages, stage, TEAM) == ["So?"]
    assert await tg.violations() == []


async def test_without_a_team_a_question_is_only_removed(tg, messages, stage):
    """A team that was taken out of the settings meanwhile gets nothing."""
    assert await passed(tg, messages, stage, None) == []


async def test_a_group_that_cannot_be_reached_does_not_make_her_unwelcome(tg, messages, stage):
    """The bot was removed from the group: that is no word from her, and her message goes."""
    await tg.kick(TEAM, tg.world.bot["id"], announce=False)
    assert await passed(tg, messages, stage, TEAM) == []


async def test_a_page_names_the_bots_own_address(tg, messages, stage):
    """In the text and behind the button to copy, in a new message and in an edited one."""
    page = stage.page(Session("session", "en", item="free-yes+link-before"), NOW)
    assert ADDRESS in page.text
    async with Api(tg.url, tg.token) as api:
        sender = TelegramSender(api, messages, Path())
        sender.link = LINK
        number = await sender.deliver(page, ANNA, None, None)
        shown = tg.chat(ANNA).messages[number]
        assert f"{LINK}?start=q4b_en" in shown.text
        assert f"{LINK}?start=q4b_en" in str(shown.markup)
        other = stage.page(Session("session", "en", item="free-yes+link-after"), NOW)
        await sender.deliver(other, ANNA, number, None)
    assert f"{LINK}?start=q4a_en" in tg.chat(ANNA).messages[number].text
    assert ADDRESS not in str(shown.markup)
