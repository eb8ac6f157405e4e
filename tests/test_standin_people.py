"""What people and the bot can do to each other in the Bot API double, and what they cannot."""

from pathlib import Path

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest, Forbidden

from tests.standin import ActError, Clock, StandIn

USER = 5001
OTHER = 5002
GROUP = -100_777
ROOT = Path(__file__).parent.parent


def markup(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(x, callback_data=f"go:{x}")] for x in labels]
    )


@pytest.fixture
async def tg():
    async with StandIn(clock=Clock(1_800_000_000)) as double:
        yield double


@pytest.fixture
async def bot(tg):
    async with Bot(tg.token, base_url=tg.base_url) as client:
        yield client
    assert await tg.violations() == []


async def test_a_tap(tg, bot):
    """A button is pressed by its label or data; the answer to it is kept."""
    await tg.meet(USER)
    first = await bot.send_message(USER, "one", reply_markup=markup("Help", "Exit"))
    await bot.send_message(USER, "two", reply_markup=markup("Back"))
    tap = await tg.tap(USER, "Help", first.message_id)
    await tg.tap(USER, "go:Back")
    one, two = await bot.get_updates()
    assert (one.callback_query.data, one.callback_query.message.text) == ("go:Help", "one")
    assert (two.callback_query.data, two.callback_query.from_user.id) == ("go:Back", USER)
    await one.callback_query.answer("Жакшы", show_alert=True)
    state = await tg.tap_state(tap)
    assert (state.answered, state.text, state.alert) == (1, "Жакшы", True)
    with pytest.raises(ActError, match="no button 'Help'"):
        await tg.tap(USER, "Help")


async def test_a_forged_tap(tg, bot):
    """A changed client can send any data, even with no message of ours left."""
    await tg.forge_tap(USER, "admin:erase")
    (update,) = await bot.get_updates()
    assert update.callback_query.data == "admin:erase"
    assert not update.callback_query.message.is_accessible


async def test_reply_keyboard(tg, bot):
    """A button of the reply keyboard is said; a message that carried one cannot be edited."""
    await tg.meet(USER)
    sent = await bot.send_message(USER, "ask", reply_markup=ReplyKeyboardMarkup([["Ооба"]]))
    await tg.tap(USER, "Ооба")
    gone = await bot.send_message(USER, "thanks", reply_markup=ReplyKeyboardRemove())
    with pytest.raises(ActError, match="no button"):
        await tg.tap(USER, "Ооба")
    (update,) = await bot.get_updates()
    assert update.message.text == "Ооба"
    for message in (sent, gone):
        with pytest.raises(BadRequest, match="can't be edited"):
            await bot.edit_message_text("new", USER, message.message_id)


async def test_edit_rules(tg, bot):
    """Only own, shown and changed messages are edited."""
    theirs = await tg.say(USER, "mine")
    sent = await bot.send_message(USER, "same", reply_markup=markup("A"))
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("same", USER, sent.message_id, reply_markup=markup("A"))
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_reply_markup(USER, sent.message_id, reply_markup=markup("A"))
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("new", USER, 99_999)
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_text("new", USER, theirs)
    await bot.edit_message_reply_markup(USER, sent.message_id, reply_markup=None)
    assert tg.chat(USER).shown()[-1].labels == []
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("same", USER, sent.message_id, reply_markup=markup())


async def test_deletion_rules(tg, bot):
    """Messages of both sides vanish, but only within 48 hours, and not twice."""
    theirs = await tg.say(USER, "erase me")
    assert await bot.delete_message(USER, theirs)
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await bot.delete_message(USER, theirs)
    old = await bot.send_message(USER, "old")
    await tg.advance(48 * 3600)
    for attempt in (bot.delete_message(USER, old.message_id), bot.delete_messages(USER, [old.id])):
        with pytest.raises(BadRequest, match="can't be deleted"):
            await attempt
    await bot.edit_message_text("overwritten", USER, old.message_id)
    assert [m.text for m in await tg.shown(USER)] == ["overwritten"]


async def test_blocked(tg, bot):
    """A person who blocks is told of, and answers 403 until she unblocks."""
    await tg.meet(USER)
    await tg.block(USER)
    (update,) = await bot.get_updates()
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(USER, "hello?")
    await tg.unblock(USER, announce=False)
    assert await tg.pending() == [update.update_id]
    await bot.send_message(USER, "welcome back")
    await tg.deactivate(USER)
    with pytest.raises(Forbidden, match="deactivated"):
        await bot.send_chat_action(USER, "typing")
    with pytest.raises(ActError, match="closed"):
        await tg.say(USER, "from the void")
    assert [e.text for e in await tg.history(USER)] == ["welcome back"]


async def test_stranger(tg, bot):
    """The bot cannot write to one who never came."""
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(777, "hello")


async def test_groups(tg, bot):
    """In a group the bot hears people, cannot delete their words, can leave and be thrown out."""
    said = await tg.say(USER, "hi all", chat_id=GROUP)
    (update,) = await bot.get_updates()
    assert (update.effective_chat.type, update.effective_user.id) == ("supergroup", USER)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(GROUP, said)
    await tg.kick(GROUP, USER)
    with pytest.raises(Forbidden, match="kicked"):
        await bot.send_message(GROUP, "hello?")
    await tg.say(USER, "hi", chat_id=-8)
    assert await bot.leave_chat(-8)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.send_message(-8, "hello?")


async def test_copy(tg, bot):
    """A copy carries text and looks, and no trace of where it came from."""
    await tg.meet(OTHER)
    said = await tg.say(USER, "call me")
    copied = await bot.copy_message(OTHER, USER, said)
    (shown,) = await tg.shown(OTHER)
    assert (shown.message_id, shown.text, shown.sender) == (copied.message_id, "call me", bot.id)
    with pytest.raises(BadRequest, match=r"(?i)message to copy not found"):
        await bot.copy_message(OTHER, USER, 99_999)


async def test_any_kind_of_message(tg, bot):
    """A person can send any content, such as a place on the map."""
    await tg.post(USER, {"location": {"latitude": 42.87, "longitude": 74.59}})
    (update,) = await bot.get_updates()
    assert update.message.location.latitude == pytest.approx(42.87)


async def test_a_location_comes_with_its_venue_and_can_be_deleted(tg, bot):
    """A person's location reaches the bot whole, and the bot may delete it, in a private chat only."""
    point = {"latitude": 40.5, "longitude": 72.8}
    hers = await tg.post(USER, {"location": point, "venue": {"title": "A", "address": "B"}})
    (update,) = await bot.get_updates()
    assert (update.message.location.latitude, update.message.location.longitude) == (40.5, 72.8)
    assert update.message.venue.title == "A"
    assert await bot.delete_message(USER, hers)
    assert await tg.shown(USER) == []
    await tg.meet(USER, chat_id=GROUP)
    theirs = await tg.post(USER, {"location": point}, GROUP)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(GROUP, theirs)


async def test_a_location_older_than_two_days_stays(tg, bot):
    """A message of 48 hours and more cannot be deleted any more."""
    hers = await tg.post(USER, {"location": {"latitude": 40.5, "longitude": 72.8}})
    await tg.advance(48 * 3600)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(USER, hers)


async def test_a_venue_is_a_message_without_text(tg, bot):
    """A venue shows its point, title and address, keeps its buttons, and has no text to edit."""
    await tg.meet(USER)
    sent = await bot.send_venue(
        USER, 42.87612, 74.60365, "Court", "Street 1", disable_notification=True,
        protect_content=True, reply_markup=markup("Remove"),
    )  # fmt: skip
    assert (sent.venue.title, sent.venue.address) == ("Court", "Street 1")
    assert (sent.location.latitude, sent.location.longitude) == (42.87612, 74.60365)
    (shown,) = await tg.shown(USER)
    assert shown.silent
    assert shown.protected
    assert shown.labels == ["Remove"]
    with pytest.raises(BadRequest, match="no text in the message"):
        await bot.edit_message_text("words", USER, sent.message_id)
    assert await bot.delete_message(USER, sent.message_id)
