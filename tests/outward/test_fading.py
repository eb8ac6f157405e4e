"""Who stays away leaves nothing behind; what cannot go is reported, whatever fails is tried again."""

import asyncio
import logging

import pytest

from bot.channels.port import Cleared, Gone, NotDelivered, Undecided
from bot.engine.events import Chosen, Commanded
from bot.errors import StoreError
from tests.outward.chatting import ANNA, HOUR, MINUTE, STOP, converse, known, newest
from tests.talking import clock, failing, session
from tests.virtual_time import in_virtual_time


@in_virtual_time
async def test_half_an_idle_hour_clears_the_chat_without_a_word(talk):
    """Nothing new is sent; the newest of ours is the start, all else and the session are gone."""
    await talk.open()
    await converse(talk, ANNA)
    stays, sent = newest(talk, ANNA), len(talk.channel.sent)
    await asyncio.sleep(30 * MINUTE - 5)
    assert len(talk.standing(ANNA)) > 1
    await asyncio.sleep(30)
    assert [*talk.channel.stands[ANNA]] == [stays]
    assert talk.channel.stands[ANNA][stays].text == talk.start
    assert [one.message_id for one in talk.channel.sent[sent:]] == [stays]
    assert await session(talk, ANNA) is None
    await asyncio.sleep(24 * HOUR)
    assert len(talk.channel.sent) == sent + 1
    assert len(talk.channel.cleared) == 1


@in_virtual_time
async def test_fading_finds_another_message_that_can_stay(talk):
    """Where the newest of ours cannot be overwritten the one before stays, and nothing is sent."""
    await talk.open()
    await converse(talk, ANNA)
    new = [one for one in talk.channel.sent if one.message_id is None]
    talk.channel.scripts[ANNA].append(Gone())
    await asyncio.sleep(31 * MINUTE)
    assert talk.standing(ANNA) == ["start"]
    assert [one for one in talk.channel.sent if one.message_id is None] == new


@in_virtual_time
async def test_fading_waits_for_who_does_something(talk):
    """Each doing of hers begins the idle time anew."""
    await talk.open()
    await converse(talk, ANNA)
    for _ in range(4):
        await asyncio.sleep(20 * MINUTE)
        await talk.say(ANNA, "menu")
    assert talk.channel.cleared == []
    await asyncio.sleep(31 * MINUTE)
    assert talk.standing(ANNA) == ["start"]


@in_virtual_time
async def test_what_faded_while_the_bot_was_off_goes_at_its_start(talk):
    """A chat whose time came while nothing ran is cleared as soon as the bot is back."""
    await talk.open()
    await converse(talk, ANNA)
    await asyncio.sleep(1)
    await talk.kill()
    await asyncio.sleep(5 * HOUR)
    await talk.open()
    await asyncio.sleep(1)
    assert talk.standing(ANNA) == ["start"]


@in_virtual_time
async def test_a_conversation_of_two_days_loses_its_old_part(talk):
    """While she goes on day and night, nothing of hers or ours stands for 47 hours (R9)."""
    await talk.open()
    appeared: dict[int, float] = {}
    for _ in range(51 * 3):
        await talk.say(ANNA, "menu")
        appeared |= {one: clock() for one in talk.channel.stands[ANNA] if one not in appeared}
        await asyncio.sleep(20 * MINUTE)
        old = [one for one in talk.channel.stands[ANNA] if clock() - appeared[one] > 47 * HOUR]
        assert old == []
    assert len(talk.standing(ANNA)) > 100
    assert "start" not in talk.standing(ANNA)[2:]


@pytest.mark.parametrize(("hours", "over"), [(21, True), (23, False)])
@in_virtual_time
async def test_an_old_message_is_not_made_a_new_screen(talk, hours, over):
    """A tap on a message of 22 hours or more is answered with a new one, a younger is edited."""
    await talk.open()
    await talk.do(ANNA, Chosen("start", "continue"), over=7, shown_ago=hours * HOUR)
    (answer,) = talk.channel.to(ANNA)
    assert (answer.message_id == 7) is over
    assert answer.tap is not None
    assert 7 in await known(talk, ANNA)


@in_virtual_time
async def test_a_message_without_a_date_is_cleared_soon(talk):
    """Of a tapped message whose age nobody knows nothing is shown again: it goes within a minute."""
    await talk.open()
    await talk.do(ANNA, Chosen("start", "continue"), over=7, shown_ago=clock())
    assert talk.channel.to(ANNA)[0].message_id is None
    await asyncio.sleep(MINUTE)
    assert [messages for _, _, messages in talk.channel.cleared] == [(7,)]
    assert talk.standing(ANNA) == ["about"]


@in_virtual_time
async def test_what_can_never_go_is_reported_once_and_given_up(talk, caplog):
    """What can neither be removed nor overwritten is counted in the log, and nobody is named."""
    await talk.open()
    numbers = await converse(talk, ANNA)
    hers = frozenset(one for one in numbers if talk.channel.stands[ANNA][one] == "hers")
    rest = frozenset(numbers) - hers - {newest(talk, ANNA)}
    talk.channel.clearings[ANNA].append(Cleared(gone=rest, left=hers))
    await talk.do(ANNA, STOP)
    await asyncio.sleep(HOUR)
    lines = [one.getMessage() for one in caplog.records if one.name == "tirek.wiping"]
    assert lines == [f"wipe.left count={len(hers)}"]
    assert all(one.levelno == logging.WARNING for one in caplog.records)


@in_virtual_time
async def test_messages_nobody_knows_the_numbers_of_are_reported(talk, caplog):
    """A message that may have arrived unknown is counted in the log, now and at the next start."""
    await talk.open()
    talk.channel.scripts[ANNA].append((True, Undecided()))
    await talk.say(ANNA, "/start")
    await asyncio.sleep(16)
    assert "wipe.unknown count=1" in caplog.text
    caplog.clear()
    talk.channel.scripts[ANNA].append(60)
    await talk.conversation.take([talk.doing(ANNA, Commanded("about"))])
    await asyncio.sleep(1)
    await talk.again()
    await asyncio.sleep(1)
    assert "wipe.unknown count=1" in caplog.text


@in_virtual_time
async def test_everything_in_the_chat_is_known(talk):
    """Every message of hers and of ours stands in the ledger, by its number."""
    await talk.open()
    await converse(talk, ANNA)
    assert {*await known(talk, ANNA)} >= {*talk.channel.stands[ANNA]}


@in_virtual_time
async def test_clearing_outlives_a_failing_database(talk, monkeypatch):
    """While the ledger does not answer, looks and notes are tried again until they succeed."""
    await talk.open()
    await converse(talk, ANNA)
    looks = failing(monkeypatch, talk, "due", *[StoreError("away")] * 3)
    notes = failing(monkeypatch, talk, "cleared", *[StoreError("away")] * 3)
    await talk.do(ANNA, STOP)
    assert len(notes) == 4
    assert talk.standing(ANNA) == ["start"]
    assert await known(talk, ANNA) == []
    await asyncio.sleep(2 * MINUTE)
    assert len(looks) > 4


@in_virtual_time
async def test_many_stuck_chats_starve_nobody(talk, monkeypatch):
    """Though more chats are stuck than one look takes up, the others fade in time."""
    monkeypatch.setattr("bot.outward.wiping._MOST", 10)
    await talk.open()
    stuck, others = range(1000, 1030), range(2000, 2030)
    await talk.conversation.take([talk.doing(who, Commanded("start")) for who in stuck])
    await asyncio.sleep(1)
    await talk.conversation.take([talk.doing(who, Commanded("start")) for who in others])
    await talk.conversation.settled()
    for who in stuck:
        talk.channel.clearings[who].extend([Cleared(after=300)] * 100)
    await asyncio.sleep(40 * MINUTE)
    assert all(talk.standing(who) == ["start"] for who in others)
    assert all(len(talk.standing(who)) == 2 for who in stuck)


@in_virtual_time
async def test_numbers_given_from_memory_are_noted_later(talk, monkeypatch):
    """The emergency numbers sent while nothing could be stored stand in the ledger afterwards."""
    await talk.open()
    failing(monkeypatch, talk, "transact", *[StoreError("full")] * 8)
    await talk.say(ANNA, "/start")
    assert {*await known(talk, ANNA)} == {*talk.channel.stands[ANNA]}
    await talk.do(ANNA, STOP)
    assert talk.standing(ANNA) == ["start"]


@in_virtual_time
async def test_a_late_answer_over_a_cleared_message_goes_too(talk):
    """An ordinary answer that comes when its chat has faded is noted, and fades in its turn."""
    await talk.open()
    await talk.say(ANNA, "/start")
    over = newest(talk, ANNA)
    talk.channel.scripts[ANNA].append(NotDelivered(HOUR))
    await talk.conversation.take([talk.doing(ANNA, Chosen("start", "continue"), over=over)])
    await asyncio.sleep(HOUR + 1)
    assert talk.standing(ANNA) == ["about"]
    assert over in await known(talk, ANNA)
    await asyncio.sleep(HOUR)
    assert talk.standing(ANNA) == ["start"]


@in_virtual_time
async def test_stopping_in_the_middle_leaves_the_rest_to_the_next_start(talk):
    """Told to stop while a chat cannot be cleared, it ends in time, and goes on when it is back."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.clearings[ANNA].extend([Cleared()] * 5)
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    begun = clock()
    await talk.conversation.__aexit__(None, None, None)
    assert clock() - begun <= 10
    await talk.open()
    await asyncio.sleep(MINUTE)
    assert talk.standing(ANNA) == ["start"]
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_nothing_is_held_for_chats_that_are_clear(talk):
    """When chats are clear no task and no name is left in memory."""
    await talk.open()
    people = range(1000, 1100)
    await talk.conversation.take([talk.doing(who, Commanded("start")) for who in people])
    await talk.conversation.settled()
    await talk.conversation.take([talk.doing(who, STOP) for who in people])
    await talk.conversation.settled()
    await asyncio.sleep(2 * MINUTE)
    wiping = talk.conversation.outward.wiping
    assert not any((wiping._tasks, wiping._busy, wiping._whole, wiping._leaving, wiping._screens))
    assert all(talk.standing(who) == ["start"] for who in people)
