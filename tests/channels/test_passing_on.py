"""What the sender does with questions for a team, and with pages that name the bot's own address."""

from pathlib import Path

import pytest

from bot.channels.port import Cleared, PassedOn
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


async def passed(tg, messages, number):
    """Pass a message of hers on to the team; the number of the copy, and what the team then sees."""
    async with Api(tg.url, tg.token) as api:
        sender = TelegramSender(api, messages, Path())
        copy = await sender.deliver(PassedOn(TEAM), ANNA, number, None)
    return copy, {which: one.text for which, one in tg.chat(TEAM).messages.items()}


async def test_a_question_is_copied(tg, messages):
    """The team sees the words, and the copy is named by its number there."""
    copy, seen = await passed(tg, messages, await tg.say(ANNA, "So?"))
    assert seen == {copy: "So?"}
    assert await tg.violations() == []


async def test_a_group_that_cannot_be_reached_does_not_make_her_unwelcome(tg, messages):
    """The bot was removed from the group: that is no word from her."""
    await tg.kick(TEAM, tg.world.bot["id"], announce=False)
    assert await passed(tg, messages, await tg.say(ANNA, "So?")) == (None, {})


async def test_a_message_that_is_gone_is_not_copied(tg, messages):
    """What she has deleted herself meanwhile goes nowhere and is not tried again."""
    assert await passed(tg, messages, 999_999) == (None, {})


async def test_a_copy_goes_without_a_word(tg, messages):
    """It is removed from the group; nothing is said or overwritten there."""
    copy, _ = await passed(tg, messages, await tg.say(ANNA, "So?"))
    async with Api(tg.url, tg.token) as api:
        cleared = await TelegramSender(api, messages, Path()).clear(TEAM, [copy], None)
    assert cleared == Cleared(gone=frozenset((copy,)))
    assert tg.chat(TEAM).messages == {}
    assert await tg.calls("editMessageText") == []


async def test_a_copy_in_a_group_that_put_the_bot_out_is_given_up(tg, messages):
    """It cannot go any more: that is told, and the team is nobody who is to be erased."""
    copy, _ = await passed(tg, messages, await tg.say(ANNA, "So?"))
    await tg.fault("error", method="deleteMessages", times=1, code=403)
    async with Api(tg.url, tg.token) as api:
        cleared = await TelegramSender(api, messages, Path()).clear(TEAM, [copy], None)
    assert cleared == Cleared(left=frozenset((copy,)))


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
