"""Who is forgotten, or has blocked the bot, is cleared away first."""

import asyncio

import pytest

from bot.channels.port import Cleared, Unwelcome
from bot.engine.events import Chosen, Commanded
from bot.errors import StoreError
from tests.outward.chatting import ANNA, HOUR, MINUTE, STOP, converse, known, newest
from tests.talking import failing, session
from tests.virtual_time import in_virtual_time


@in_virtual_time
async def test_whoever_is_forgotten_sees_only_that(talk):
    """After "yes, delete" the chat holds what says so alone, and no row knows of her."""
    await talk.open()
    await converse(talk, ANNA)
    await talk.do(ANNA, Commanded("forget"))
    assert await known(talk, ANNA) != []
    await talk.do(ANNA, Chosen("forget", "yes"))
    assert talk.standing(ANNA) == ["forgotten"]
    await asyncio.sleep(1)
    assert await known(talk, ANNA) == []
    await asyncio.sleep(HOUR)
    assert talk.standing(ANNA) == ["forgotten"]


@in_virtual_time
async def test_forgetting_by_a_tap_keeps_the_tapped_message(talk):
    """The confirmation stands over the message whose button was pressed."""
    await talk.open()
    await converse(talk, ANNA)
    tapped = newest(talk, ANNA)
    await talk.do(ANNA, Chosen("about", "forget"), over=tapped)
    assert talk.channel.places(ANNA)[-1] == "forget"
    await talk.do(ANNA, Chosen("forget", "yes"), over=tapped)
    assert [*talk.channel.stands[ANNA]] == [tapped]
    assert talk.standing(ANNA) == ["forgotten"]
    await asyncio.sleep(1)
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_forgetting_does_not_wait_for_telegram(talk, monkeypatch, caplog):
    """When nothing can be cleared, rows are gone within five seconds, and the rest is reported."""
    await talk.open()
    numbers = await converse(talk, ANNA)
    erased = failing(monkeypatch, talk, "forget")
    talk.channel.clearings[ANNA].extend([Cleared()] * 50)
    await talk.conversation.take([talk.doing(ANNA, Chosen("forget", "yes"))])
    await asyncio.sleep(4.9)
    assert erased == [(ANNA,)]
    assert await talk.store.traced(ANNA) is None
    assert f"wipe.left count={len(numbers)}" in caplog.text, "a tap leaves no message of hers"
    calls = len(talk.channel.cleared)
    await asyncio.sleep(HOUR)
    assert len(talk.channel.cleared) == calls


@pytest.mark.parametrize("first", [Chosen("forget", "yes"), STOP])
@pytest.mark.parametrize("pause", [None, 0.0, 0.06, 1.0])
@in_virtual_time
async def test_leaving_and_being_forgotten_at_once(talk, first, pause):
    """In either order, together or a moment apart: the chat is cleared and no row is left."""
    await talk.open()
    await converse(talk, ANNA)
    second = STOP if first != STOP else Chosen("forget", "yes")
    doings = [talk.doing(ANNA, one) for one in (first, second)]
    if pause is None:
        await talk.conversation.take(doings)
    else:
        await talk.conversation.take(doings[:1])
        await asyncio.sleep(pause)
        await talk.conversation.take(doings[1:])
    await talk.conversation.settled()
    await asyncio.sleep(10)
    assert {*talk.standing(ANNA)} <= {"start", "forgotten"}
    assert await known(talk, ANNA) == []
    assert await talk.waiting() == []
    assert await session(talk, ANNA) is None


@in_virtual_time
async def test_whoever_blocked_us_is_erased_while_her_chat_is_cleared(talk, monkeypatch):
    """A refusal for ever ends the clearing and erases her (R7)."""
    await talk.open()
    await converse(talk, ANNA)
    erased = failing(monkeypatch, talk, "forget")
    talk.channel.clearings[ANNA].append(Unwelcome())
    await talk.do(ANNA, STOP)
    await asyncio.sleep(2)
    assert [who for who, *_ in erased] == [ANNA]
    assert len(talk.channel.cleared) == 1
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_leaving_while_an_erasure_waits_clears_what_came_since(talk, monkeypatch):
    """Who leaves again before she is erased is cleared of what she wrote since, however late."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.clearings[ANNA].append(3)
    await talk.conversation.take([talk.doing(ANNA, Chosen("forget", "yes"))])
    await asyncio.sleep(1)
    failing(monkeypatch, talk, "traced", *[StoreError("away")] * 5)
    await talk.conversation.take([talk.doing(ANNA, STOP)])
    await talk.conversation.settled()
    await asyncio.sleep(MINUTE)
    assert {*talk.standing(ANNA)} <= {"start", "forgotten"}
    assert await known(talk, ANNA) == []


@in_virtual_time
async def test_a_crash_before_an_erasure_repeats_it(talk, monkeypatch):
    """Killed between telling her and erasing her, the bot erases her when it is back."""
    await talk.open()
    await converse(talk, ANNA)
    talk.channel.clearings[ANNA].append(3)
    await talk.conversation.take([talk.doing(ANNA, Chosen("forget", "yes"))])
    await asyncio.sleep(1)
    erased = failing(monkeypatch, talk, "forget")
    await talk.again()
    await asyncio.sleep(5)
    assert [who for who, *_ in erased] == [ANNA]
    assert talk.standing(ANNA) in (["forgotten"], ["forgotten", "forgotten"])
    assert await known(talk, ANNA) == []
    assert await talk.waiting() == []
