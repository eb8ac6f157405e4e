"""Who leaves leaves nothing behind, whatever fails on the way."""

import asyncio
import random

import pytest

from bot.channels.port import Cleared, Gone, NotDelivered
from bot.engine.events import Chosen, Commanded
from tests.outward.chatting import ANNA, BOTA, MINUTE, STOP, converse, known, newest
from tests.talking import clock, session
from tests.virtual_time import in_virtual_time


@in_virtual_time
async def test_whoever_leaves_leaves_one_neutral_screen(talk):
    """By a word: all goes, hers and ours, within a second; the newest of ours is the start."""
    await talk.open()
    await converse(talk, ANNA)
    stays, sent, asked = newest(talk, ANNA), len(talk.channel.sent), clock()
    await talk.do(ANNA, STOP)
    assert clock() - asked < 1
    assert talk.channel.cleared[0][0] - asked < 0.3
    assert [*talk.channel.stands[ANNA]] == [stays]
    assert talk.channel.stands[ANNA][stays].text == talk.start
    assert [one.message_id for one in talk.channel.sent[sent:]] == [stays]
    assert await session(talk, ANNA) is None
    assert await talk.waiting() == []
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_a_tap_on_close_does_the_same_and_its_spinner_stops(talk):
    """By the button: the same, and the tap is answered."""
    await talk.open()
    await converse(talk, ANNA)
    tapped = newest(talk, ANNA)
    await talk.do(ANNA, Chosen("talk", "close"), over=tapped)
    assert talk.standing(ANNA) == ["start"]
    assert talk.channel.sent[-1].message_id == tapped
    assert talk.channel.sent[-1].tap is not None
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_where_nothing_of_ours_stands_leaving_is_answered_once(talk):
    """Whoever leaves an empty chat sees the neutral start; leaving again and again adds nothing."""
    await talk.open()
    for _ in range(3):
        await talk.do(ANNA, STOP)
    await talk.conversation.take([talk.doing(ANNA, STOP) for _ in range(3)])
    await talk.conversation.settled()
    assert talk.standing(ANNA) == ["start"]
    assert len([one for one in talk.channel.sent if one.message_id is None]) == 1


@pytest.mark.parametrize(("minutes", "stands"), [(1, ["start"]), (6, [])])
@in_virtual_time
async def test_leaving_an_empty_chat_is_answered_after_a_crash_if_soon(talk, minutes, stands):
    """Killed before the neutral screen, the bot says it within five minutes, and never later (R11)."""
    await talk.open()
    talk.channel.clearings[ANNA].append(Cleared())
    talk.channel.scripts[ANNA].append(NotDelivered(60))
    await talk.conversation.take([talk.doing(ANNA, STOP, written=7)])
    await asyncio.sleep(1)
    await talk.kill()
    await asyncio.sleep(minutes * MINUTE)
    await talk.open()
    await asyncio.sleep(MINUTE)
    assert talk.standing(ANNA) == stands
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_a_card_cannot_stay_so_the_start_comes_new(talk):
    """Where the newest of ours cannot be overwritten it is removed, and the start is a new message."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.scripts[ANNA].append(Gone())
    await talk.do(ANNA, STOP)
    assert talk.standing(ANNA) == ["start"]
    assert talk.channel.sent[-1].message_id is None


@in_virtual_time
async def test_what_was_on_its_way_comes_and_goes(talk):
    """A message that is under way when she leaves is removed when it has arrived."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.scripts[ANNA].append(10)
    await talk.conversation.take([talk.doing(ANNA, Commanded("about"))])
    await asyncio.sleep(1)
    asked = clock()
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await asyncio.sleep(1)
    assert talk.standing(ANNA) == ["start"]
    assert talk.channel.cleared[0][0] - asked < 0.3
    await talk.conversation.settled()
    assert "about" in talk.channel.places(ANNA)
    assert talk.standing(ANNA) == ["start"]
    assert await talk.waiting() == []


@in_virtual_time
async def test_an_edit_on_its_way_does_not_win(talk):
    """Where an edit arrives over the neutral screen, that screen is put over it once more."""
    await talk.open()
    await converse(talk, ANNA)
    stays = newest(talk, ANNA)
    talk.channel.scripts[ANNA].append(10)
    await talk.conversation.take([talk.doing(ANNA, Chosen("talk", "numbers"), over=stays)])
    await asyncio.sleep(1)
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await asyncio.sleep(1)
    assert talk.standing(ANNA) == ["start"]
    await talk.conversation.settled()
    assert talk.channel.places(ANNA)[-3:] != ["start"] * 3
    assert talk.standing(ANNA) == ["start"]


@in_virtual_time
async def test_what_waited_is_never_said(talk):
    """Answers that waited when she left are dropped, from memory and from the outbox."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.scripts[ANNA].append(NotDelivered(60))
    names = ("about", "language", "start")
    await talk.conversation.take([talk.doing(ANNA, Commanded(one)) for one in names])
    await asyncio.sleep(1)
    calls = len(talk.channel.calls)
    await talk.do(ANNA, STOP)
    assert await talk.waiting() == []
    await asyncio.sleep(10 * MINUTE)
    assert [one.place for one in talk.channel.calls[calls:]] == ["start"]
    assert talk.standing(ANNA) == ["start"]


@pytest.mark.parametrize("killed", [False, True])
@in_virtual_time
async def test_leaving_while_telegram_is_away_is_done_when_it_is_back(talk, killed):
    """Whatever fails for two minutes, with a crash or without, the chat is cleared afterwards."""
    await talk.open()
    await converse(talk, ANNA)
    for _ in range(8):
        talk.channel.clearings[ANNA].append(Cleared())
        talk.channel.scripts[ANNA].append(NotDelivered())
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await asyncio.sleep(20)
    assert len(talk.standing(ANNA)) > 1
    if killed:
        await talk.again()
    await asyncio.sleep(2 * MINUTE)
    await talk.conversation.settled()
    assert talk.standing(ANNA) == ["start"]
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_a_throttled_chat_holds_up_no_other(talk):
    """Told to wait a minute, the clearing of that chat waits a minute; another takes a moment."""
    await talk.open()
    await converse(talk, ANNA)
    await converse(talk, BOTA)
    talk.channel.clearings[ANNA].append(Cleared(after=60))
    asked = clock()
    await talk.conversation.take([talk.doing(ANNA, STOP), talk.doing(BOTA, STOP)])
    await asyncio.sleep(1)
    assert talk.standing(BOTA) == ["start"]
    await talk.conversation.settled()
    assert talk.standing(ANNA) == ["start"]
    assert 60 <= clock() - asked < 61


@in_virtual_time
async def test_with_every_fifth_deletion_failing_all_of_three_hundred_go(talk):
    """Three hundred messages go although every fifth is refused each time, and each is named."""
    await talk.open()
    dice, clear = random.Random(9), talk.channel.clear

    async def some(chat_id, messages, instead):
        return await clear(chat_id, [one for one in messages if dice.random() < 0.8], instead)

    talk.channel.clear = some
    await converse(talk, ANNA, words=150)
    assert len(talk.standing(ANNA)) >= 300
    await talk.do(ANNA, STOP)
    assert talk.standing(ANNA) == ["start"]
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_a_flood_and_a_full_window_do_not_hold_up_who_leaves(talk):
    """While hundreds wait for a slow Telegram, whoever leaves is gone within half a second."""
    await talk.open(window=1, parallel=2)
    await converse(talk, ANNA)
    crowd = range(1000, 1300)
    for who in crowd:
        talk.channel.scripts[who].append(60)
    await talk.conversation.take([talk.doing(who, Commanded("start")) for who in crowd][:250])
    await talk.conversation.take([talk.doing(ANNA, Commanded("about")) for _ in range(200)])
    asked = clock()
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await asyncio.sleep(0.5)
    assert talk.standing(ANNA) == ["start"]
    assert talk.channel.cleared[0][0] - asked < 0.3


@pytest.mark.parametrize("together", [False, True])
@in_virtual_time
async def test_who_starts_again_at_once_is_answered_and_keeps_it(talk, together):
    """Who taps or writes while her chat is still being cleared gets a new message that stays."""
    await talk.open()
    await converse(talk, ANNA)
    stays = newest(talk, ANNA)
    talk.channel.clearings[ANNA].append(5)
    talk.channel.scripts[ANNA].append(5)
    again = [talk.doing(ANNA, Chosen("start", "continue"), over=stays)]
    if together:
        await talk.conversation.take([talk.doing(ANNA, STOP), *again])
    else:
        await talk.conversation.take([talk.doing(ANNA, STOP)])
        await asyncio.sleep(1)
        await talk.conversation.take(again)
    await talk.conversation.settled()
    await asyncio.sleep(MINUTE)
    assert talk.standing(ANNA) == ["start", "about"]
    assert (await session(talk, ANNA)).place == "about"
    about = newest(talk, ANNA)
    assert about in await known(talk, ANNA)
    await talk.do(ANNA, STOP)
    assert [place for place in talk.standing(ANNA) if place != "start"] == []


@in_virtual_time
async def test_leaving_twice_at_once_is_leaving(talk):
    """Two exits on each other's heels leave one neutral screen and nothing else."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.clearings[ANNA].extend([1, 1])
    talk.channel.scripts[ANNA].extend([1, 1])
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await asyncio.sleep(0.2)
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await talk.conversation.settled()
    await asyncio.sleep(MINUTE)
    assert talk.standing(ANNA) == ["start"]
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_the_tapped_message_stays_though_a_newer_one_is_gone(talk):
    """Closing on a screen above a card that was closed leaves that screen, and sends nothing."""
    await talk.open()
    await converse(talk, ANNA)
    first = min(n for n, shown in talk.channel.stands[ANNA].items() if shown != "hers")
    before = [one for one in talk.channel.sent if one.message_id is None]
    await talk.do(ANNA, Chosen("talk", "close"), over=first)
    assert [*talk.channel.stands[ANNA]] == [first]
    assert [one for one in talk.channel.sent if one.message_id is None] == before
