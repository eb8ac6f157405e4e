"""How the Bot API double keeps chats and updates, spoken to as python-telegram-bot does."""

import asyncio
import json
import sys
from pathlib import Path

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, Conflict

from tests.standin import ActError, Clock, StandIn, StandInClient

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


async def test_a_whole_chat(tg, bot):
    """A real client can hear, answer, edit, send a contact and delete, and the chat shows it."""
    await tg.say(USER, "/start me", language_code="tg")
    (update,) = await bot.get_updates()
    assert update.message.text == "/start me"
    assert update.effective_user.language_code == "tg"
    assert update.message.parse_entities() == {update.message.entities[0]: "/start"}
    sent = await bot.send_message(
        USER,
        "<b>Салом</b>",
        parse_mode=ParseMode.HTML,
        reply_markup=markup("Кӯмак", "Баромад"),
        protect_content=True,
        disable_notification=True,
        disable_web_page_preview=True,
    )
    await bot.send_contact(USER, "+99200000000", "Line")
    _, menu, card = await tg.shown(USER)
    assert (menu.text, menu.labels) == ("Салом", ["Кӯмак", "Баромад"])
    assert menu.entities == [{"type": "bold", "offset": 0, "length": 5}]
    assert (menu.protected, menu.silent, menu.previews_links) == (True, True, False)
    assert card.contact == {"phone_number": "+99200000000", "first_name": "Line"}
    await bot.edit_message_text("Хайр", USER, sent.message_id)
    await bot.delete_messages(USER, [card.message_id, update.message.message_id, 1])
    assert [(m.text, m.labels) for m in await tg.shown(USER)] == [("Хайр", [])]
    assert [e.what for e in tg.chat(USER).history()] == [
        *("received", "sent", "sent", "edited", "deleted", "deleted")
    ]


async def test_updates_stay_until_confirmed(tg, bot):
    """The same first updates come back until a higher offset confirms them."""
    ids = [await tg.next_update_id() + i for i in range(3)]
    for text in "abc":
        await tg.say(USER, text)
    for _ in range(2):
        assert [u.update_id for u in await bot.get_updates(limit=2)] == ids[:2]
    assert [u.update_id for u in await bot.get_updates(offset=ids[1])] == ids[1:]
    assert await tg.pending() == ids[1:]
    assert [u.update_id for u in await bot.get_updates(offset=-1)] == ids[2:]
    assert await bot.get_updates(offset=ids[2] + 1) == ()


async def test_long_poll_wakes(tg, bot):
    """A long poll answers as soon as somebody writes."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await tg.wait_listening()
    await tg.say(USER, "now")
    (update,) = await asyncio.wait_for(poll, 5)
    assert update.message.text == "now"


async def test_two_pollers(tg, bot):
    """The older of two waiting polls ends with a conflict."""
    old = asyncio.create_task(bot.get_updates(timeout=30))
    await tg.wait_listening()
    async with Bot(tg.token, base_url=tg.base_url) as second:
        new = asyncio.create_task(second.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await old
        await tg.say(USER, "hello")
        assert len(await new) == 1


async def test_polling_beside_a_webhook(tg, bot):
    """While a webhook is set a poll is a conflict."""
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_allowed_updates(tg, bot):
    """Kinds the bot does not ask for are not queued."""
    await bot.get_updates(allowed_updates=["callback_query"])
    await tg.say(USER, "unheard")
    assert await tg.pending() == []
    await bot.get_updates(allowed_updates=[])
    await tg.say(USER, "heard")
    assert len(await tg.pending()) == 1


async def test_expiry(tg, bot):
    """A tap waits 150 s and then cannot be answered; a message waits 24 h."""
    await tg.meet(USER)
    await bot.send_message(USER, "menu", reply_markup=markup("Help"))
    tap = await tg.tap(USER, "Help")
    await tg.say(USER, "text")
    tapped, said = await tg.pending()
    await tg.advance(149)
    assert await tg.pending() == [tapped, said]
    await tg.advance(1)
    assert await tg.pending() == [said]
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query(tap)
    await tg.advance(86_400 - 150)
    assert await bot.get_updates() == ()
    assert await tg.expired() == [tapped, said]


async def test_raw_updates(tg, bot):
    """A raw update is given verbatim between the others, and confirmed by the id it names."""
    await tg.say(USER, "before")
    number = await tg.next_update_id()
    raw = f'{{"update_id": {number},  "message": {{"date": "яsoon"}}}}'
    assert await tg.send_raw(raw) == number
    broken = await tg.send_raw('{"message": ')
    body = await bot.request.retrieve(f"{tg.base_url}{tg.token}/getUpdates")
    assert f'}},{raw},{{"message": ]}}' in body.decode()
    assert await bot.get_updates(offset=broken + 1) == ()


async def test_id_jump(tg, bot):
    """After a jump to a lower id the old offset, far in the future, hides nothing."""
    await tg.say(USER, "a")
    (update,) = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    await tg.jump(42)
    await tg.say(USER, "b")
    (low,) = await bot.get_updates(offset=update.update_id + 1)
    assert (low.update_id, low.message.text) == (42, "b")
    assert await bot.get_updates(offset=43) == ()


async def test_waits(tg, bot):
    """Waits end when the thing happens, and say what did not."""
    await tg.meet(USER)
    wait = asyncio.create_task(tg.wait_shown(USER, "ready"))
    send = asyncio.create_task(tg.wait_calls("sendMessage", 2))
    for text in ("not yet", "all ready"):
        await bot.send_message(USER, text)
    assert (await wait).text == "all ready"
    assert [c.params["text"] for c in await send] == ["not yet", "all ready"]
    await tg.settled(quiet=0.01)
    await tg.say(USER, "unheard")
    with pytest.raises(TimeoutError, match="all updates confirmed"):
        await tg.wait_confirmed(timeout=0.01)
    assert await tg.copies(USER, "all ready") == 1


async def test_own_process():
    """The double runs alone, and its client does and sees what the one inside a test does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *("-m", "tests.standin", "--token", "7:secret", "--start", "1800000000"),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        url = (await process.stdout.readline()).decode().strip()
        async with StandInClient(url) as tg, Bot("7:secret", base_url=f"{url}/bot") as bot:
            await tg.say(USER, "Салом", language_code="tg", first_name="A")
            (update,) = await bot.get_updates()
            assert update.message is not None
            sent = await update.message.reply_text("Хуш омадед", reply_markup=markup("Кӯмак"))
            assert await tg.tap(USER, "Кӯмак") == "4200000000"
            await bot.get_updates(offset=update.update_id + 2)
            await tg.settled(quiet=0.01)
            shown = await tg.wait_shown(USER, "Хуш")
            assert (shown.message_id, shown.labels) == (sent.message_id, ["Кӯмак"])
            assert await tg.advance(60) == 1_800_000_060
            assert [c.method for c in await tg.calls("sendMessage")] == ["sendMessage"]
            with pytest.raises(ActError, match="no button"):
                await tg.tap(USER, "Nothing")
            with pytest.raises(TimeoutError, match="never"):
                await tg.wait_shown(USER, "never", timeout=0.01)
            page = (await bot.request.retrieve(f"{url}/_standin/view/{USER}")).decode()
            assert "Хуш омадед" in page
    finally:
        process.terminate()
        assert await process.wait() == 0


async def test_picture(tg, bot):
    """The drawn chat shows texts with their marks, buttons and cards, and loads nothing."""
    await tg.say(USER, "<script>")
    await bot.send_message(
        USER, "🙂 <b>жар<i>дам</i></b>", parse_mode="HTML", reply_markup=markup("<Чыгуу>")
    )
    await bot.send_contact(USER, "+996000", "Сенім", "телефоны")
    page = (await bot.request.retrieve(f"{tg.url}/_standin/view/{USER}")).decode()
    for part in (
        "&lt;script&gt;",
        "🙂 <b>жар<i>дам</i></b>",
        "&lt;Чыгуу&gt;",
        "Сенім телефоны",
        "+996000",
    ):
        assert part in page
    assert "<script" not in page
    assert "src=" not in page
    assert "http" not in page


async def test_log_is_json(tg, bot):
    """The log keeps each call's parameters, time and fate."""
    await tg.meet(USER)
    await bot.send_message(USER, "a")
    await tg.advance(5)
    with pytest.raises(BadRequest):
        await bot.edit_message_text("b", USER, 1)
    sent, edited = (c for c in await tg.calls() if c.method != "getMe")
    assert (sent.params, sent.status, sent.applied) == ({"chat_id": USER, "text": "a"}, 200, True)
    assert (edited.status, edited.applied, edited.at - sent.at) == (400, False, 5)
    assert json.dumps(edited.params)


async def test_settled_gives_up(tg, bot):
    """A world that never comes to rest is a TimeoutError, also when nothing waits."""
    await tg.settled(quiet=0.01)
    await tg.say(USER, "unheard")
    with pytest.raises(TimeoutError, match="1 updates waited"):
        await tg.settled(quiet=0.01, timeout=0.02)


async def test_leaving_ends_a_poll():
    """When the double goes, a waiting poll ends at once, with a conflict."""
    async with StandIn() as tg:
        bot = Bot(tg.token, base_url=tg.base_url)
        await bot.initialize()
        poll = asyncio.create_task(bot.get_updates(timeout=40))
        await tg.wait_listening()
    with pytest.raises(Conflict, match="shutdown"):
        await poll
    await bot.shutdown()


async def test_a_dead_poller_is_no_conflict(tg, bot):
    """A poller that was killed leaves no 409 in the log when the next one takes over."""
    host, port = tg.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET /bot{tg.token}/getUpdates?timeout=40 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    await tg.wait_listening()
    writer.transport.abort()
    await bot.get_me()
    poll = asyncio.create_task(bot.get_updates(timeout=40))
    calls = tg.record.of
    await tg.world.pulse.until(lambda: len(calls("getUpdates")) == 2, 5, "a second poll")
    await tg.say(USER, "hello again")
    assert len(await poll) == 1
    assert [c.status for c in await tg.calls("getUpdates")] == [0, 200]
