"""What goes wrong between us and Telegram, and what people notice of it."""

import socket
import time

import pytest

from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.journeys.crowd import crowd, each
from tests.journeys.visitor import to_the_hub
from tests.process import BotProcess
from tests.standin.server import StandIn
from tests.store.looking import look

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_throttled_chat_delays_nobody_else(tg, bot, stage):
    """While one chat must wait for Telegram, all others are answered at once (R35)."""
    slow, *others = crowd(tg, stage, 6)
    await each([slow, *others], to_the_hub)
    await tg.fault("error", chat_id=slow.id, code=429, retry_after=3, times=1)
    began = time.monotonic()
    await tg.tap(slow.id, slow.label("talk"), slow.message)
    await tg.world.pulse.until(lambda: any(c.status == 429 for c in tg.record.calls), 5, "a 429")
    for person in others:
        await person.tap("talk")
        await person.tap("menu")
    assert time.monotonic() - began < 3
    assert "429" not in bot.log.read_text()
    await tg.wait_shown(slow.id, "", timeout=1)
    await tg.world.pulse.until(lambda: _came_after(tg, slow.id, began), 10, "the late answer")
    times = [c.mono for c in tg.record.calls if c.params.get("chat_id") == slow.id]
    assert times[-1] - times[-2] >= 3
    assert await tg.violations() == []


def _came_after(tg, chat_id, began):
    calls = [c for c in tg.record.calls if c.params.get("chat_id") == chat_id]
    return calls[-1].status == 200 and calls[-1].mono > began


async def test_a_lost_answer_makes_two_copies_at_most(tg, bot, stage):
    """However a call is cut off, the message arrives, and no message three times (R33)."""
    kinds = ("drop_before", "drop_after", "truncate")
    people = crowd(tg, stage, len(kinds) * 2)
    for person, kind in zip(people, kinds * 2, strict=True):
        for method in ("sendMessage", "editMessageText"):
            await tg.fault(kind, method=method, chat_id=person.id, times=1)
    await each(people, to_the_hub)
    await tg.settled(quiet=0.3)
    for person in people:
        assert 1 <= [e.what for e in tg.chat(person.id).events].count("sent") <= 2
        assert person.sees_it()
    assert await tg.violations() == []


@pytest.mark.parametrize("how", ["refusing", "announcing"])
async def test_who_blocks_the_bot_is_forgotten(tg, bot, stage, how):
    """Blocking erases a person, whether Telegram tells us of it or refuses our answer (R7)."""
    gone, stays = crowd(tg, stage, 2)
    await each([gone, stays], to_the_hub)
    if how == "refusing":
        await tg.fault("error", method="editMessageText", chat_id=gone.id, code=403, times=1)
        await tg.tap(gone.id, gone.label("talk"), gone.message)
    else:
        await tg.block(gone.id)
    await tg.settled(quiet=0.3)
    data = bot.folder / "data"
    store = await Store.open(f"sqlite:///{data / 'tirek.db'}", KeyRing(data / "keys"))
    known = await look(store, [gone.id, stays.id], [], time.time())
    waiting = await store.pending()
    await store.close()
    assert [*known.sessions] == [stays.id]
    assert waiting.replies == []
    assert [c for c in tg.record.calls if c.params.get("chat_id") == gone.id][-1].status in (
        200,
        403,
    )


async def test_an_outage_is_survived(tg, bot, stage):
    """While Telegram answers nothing but errors nothing is lost; afterwards everybody is answered."""
    people = crowd(tg, stage, 10)
    await each(people, to_the_hub)
    before = len(await tg.calls("editMessageText"))
    await tg.fault("error", method="*", code=502, chance=1.0)
    await tg.fault("error", method="getUpdates", code=500, times=3)
    for person in people:
        await tg.tap(person.id, person.label("danger"), person.message)
    calls = await tg.wait_calls("editMessageText", before + len(people) * 2)
    assert {call.status for call in calls[before:]} == {502}
    await tg.clear_faults()
    numbers = stage.world.content.countries["kz"].hotlines
    assert any(line.number == "112" for line in numbers)
    for person in people:
        await tg.wait_shown(person.id, "112", timeout=20)
    assert await tg.violations() == []


async def test_a_second_program_is_named(tg, bot, stage):
    """A conflict tells the operator what to do, and passes as soon as the other program is gone."""
    (person,) = crowd(tg, stage, 1)
    await tg.fault("error", method="getUpdates", code=409, times=2)
    await to_the_hub(person)
    assert "Stop the other program" in bot.log.read_text()


async def test_polling_takes_over_from_a_webhook(tg, bot, stage):
    """A webhook left from before does not keep a bot that polls from hearing."""
    (person,) = crowd(tg, stage, 1)
    await bot.stop()
    tg.world.webhook.set("https://bot.example.org/telegram", None, 40)
    await bot.start()
    await tg.world.pulse.until(lambda: not tg.world.webhook.url, 10, "the webhook is gone")
    await to_the_hub(person)
    assert not tg.world.webhook.url


async def test_the_bot_may_come_before_the_network(tmp_path, stage):
    """Started while Telegram cannot be reached, the bot answers as soon as it can."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    late = StandIn(port=port)
    late.url = f"http://127.0.0.1:{port}"
    async with BotProcess(tmp_path, late) as bot:
        await bot.logged("telegram.poll_failed")
        async with late:
            (person,) = crowd(late, stage, 1)
            await to_the_hub(person)
            await late.wait_calls("setMyCommands", 6)
            assert await late.violations() == []
