"""What ends, ends in time: people are forgotten, the bot stops, and begins where it was."""

import asyncio

import pytest

from bot.channels.port import NotDelivered, Unwelcome
from bot.engine.events import Chosen, Commanded, Departed, Wrote
from bot.engine.phrases import INTERRUPTED
from bot.errors import SettingsError, StoreError
from tests.talking import Talk, clock, failing, session
from tests.virtual_time import in_virtual_time

ANNA, BOTA = 101, 102
NOTE = INTERRUPTED.text


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


@in_virtual_time
async def test_a_restart_doubles_a_new_message_at_most_once(talk):
    """What was under way when the process died is sent again: new messages once, edits as needed."""
    await talk.open()
    talk.channel.scripts[ANNA].append(60)
    talk.channel.scripts[BOTA].append(60)
    await talk.conversation.take(
        [
            talk.doing(ANNA, Commanded("start")),
            talk.doing(BOTA, Chosen("start", "continue"), over=5),
        ]
    )
    await asyncio.sleep(1)
    for _ in range(3):
        talk.channel.scripts[ANNA].append(60)
        await talk.again()
        await asyncio.sleep(1)
    await talk.conversation.settled()
    starts = [one for one in talk.channel.calls if one.chat_id == ANNA and one.text != NOTE]
    assert len(starts) == 2
    assert talk.channel.to(BOTA)[-1].message_id == 5
    await asyncio.sleep(1)
    assert await talk.waiting() == []


@in_virtual_time
async def test_a_restart_after_an_outage_leaves_a_note(talk):
    """A sensitive reply found after a long outage is a neutral note in a chat that is cleared."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    talk.channel.scripts[ANNA].append(NotDelivered(4000))
    await talk.conversation.take([talk.doing(ANNA, Chosen("hub", "danger"), over=5)])
    await asyncio.sleep(1)
    await talk.kill()
    await asyncio.sleep(3 * 3600)
    sent = len(talk.channel.sent)
    await talk.open()
    await talk.conversation.settled()
    assert {one.text for one in talk.channel.sent[sent:]} <= {NOTE, talk.start}
    assert NOTE in [one.text for one in talk.channel.sent[sent:]]


@in_virtual_time
async def test_forgetting_erases_once_it_is_confirmed(talk, monkeypatch):
    """After "delete my data" one confirmation is sent, and then every trace is erased (R6)."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    erased = failing(monkeypatch, talk, "forget")
    sent = len(talk.channel.sent)
    asked = clock()
    await talk.do(ANNA, Chosen("forget", "yes"))
    assert talk.channel.places(ANNA)[sent:] == ["forgotten"]
    await asyncio.sleep(1)
    assert erased == [(ANNA,)]
    await asyncio.sleep(20)
    assert erased == [(ANNA,)]
    assert talk.channel.sent[-1].at - asked < 5
    assert await session(talk, ANNA) is None
    assert await talk.waiting() == []


@in_virtual_time
async def test_forgetting_does_not_wait_for_a_lost_confirmation(talk, monkeypatch):
    """When the confirmation cannot be delivered, every trace is erased within five seconds (R6)."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    erased = failing(monkeypatch, talk, "forget")
    talk.channel.scripts[ANNA].append(NotDelivered(600))
    await talk.conversation.take([talk.doing(ANNA, Chosen("forget", "yes"))])
    await asyncio.sleep(5)
    assert erased == [(ANNA,)]
    assert await talk.waiting() == []
    await talk.again()
    await talk.conversation.settled()
    assert talk.channel.places(ANNA)[-1] == "hub"


@in_virtual_time
async def test_what_she_begins_after_forgetting_is_kept(talk):
    """Who goes on at once after "delete my data" keeps her new place and gets every answer."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    await talk.conversation.take(
        [talk.doing(ANNA, Chosen("forget", "yes")), talk.doing(ANNA, Commanded("about"))]
    )
    await asyncio.sleep(20)
    await talk.conversation.settled()
    assert talk.channel.places(ANNA)[-2:] == ["forgotten", "about"]
    assert (await session(talk, ANNA)).place == "about"
    assert await talk.waiting() == []


@in_virtual_time
async def test_who_departs_is_erased(talk, monkeypatch):
    """Blocking the bot erases session, waiting replies and traces, without a word (R7)."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    erased = failing(monkeypatch, talk, "forget")
    calls = len(talk.channel.calls)
    await talk.do(ANNA, Departed())
    await asyncio.sleep(5)
    assert erased == [(ANNA,)]
    assert len(talk.channel.calls) == calls
    assert await session(talk, ANNA) is None


@in_virtual_time
async def test_a_failing_erasure_is_tried_again_and_holds_nobody_up(talk, monkeypatch):
    """While an erasure fails turns go on, and it is tried until it succeeds."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    erased = failing(monkeypatch, talk, "forget", *[StoreError("full")] * 4)
    talk.channel.scripts[ANNA].append(Unwelcome())
    await talk.do(ANNA, Wrote("2"))
    await talk.say(BOTA, "/start")
    assert talk.channel.places(BOTA) == ["start"]
    await asyncio.sleep(60)
    assert len(erased) == 5


@in_virtual_time
async def test_stopping_while_something_is_under_way_takes_ten_seconds_at_most(talk):
    """Told to stop, it ends within ten seconds; what was not sent is sent after the restart (R36)."""
    await talk.open()
    talk.channel.scripts[ANNA].append(NotDelivered(500))
    await talk.conversation.take(
        [talk.doing(ANNA, Commanded("about")), talk.doing(BOTA, Commanded("about"))]
    )
    begun = clock()
    await talk.conversation.__aexit__(None, None, None)
    assert clock() - begun <= 10
    await talk.open()
    await talk.conversation.settled()
    assert talk.channel.places(ANNA) == ["about"]
    assert talk.channel.places(BOTA) == ["about"]


@in_virtual_time
async def test_stopping_lets_what_can_arrive_arrive_once(talk):
    """What arrives while it stops is struck out: nothing is sent twice over a restart (R36)."""
    await talk.open()
    people = range(1000, 1040)
    taking = [
        asyncio.create_task(talk.conversation.take([talk.doing(who, Commanded("start"))]))
        for who in people
    ]
    await asyncio.gather(*taking)
    await talk.conversation.__aexit__(None, None, None)
    await talk.open()
    await talk.conversation.settled()
    assert sorted(one.chat_id for one in talk.channel.sent) == list(people)


@in_virtual_time
async def test_stopping_while_the_database_is_away_ends_and_tells_its_callers(talk, monkeypatch):
    """A caller whose turn never became durable is let go unconfirmed when the bot stops."""
    await talk.open()
    failing(monkeypatch, talk, "transact", *[StoreError("away")] * 1000)
    callers = []
    for who in (ANNA, BOTA):
        callers.append(
            asyncio.create_task(talk.conversation.take([talk.doing(who, Commanded("start"))]))
        )
        await asyncio.sleep(0.05)
    begun = clock()
    await talk.conversation.__aexit__(None, None, None)
    talk.conversation = None
    assert clock() - begun <= 10
    ends = await asyncio.gather(*callers, return_exceptions=True)
    assert [type(end) for end in ends] == [asyncio.CancelledError] * 2
    assert {one.shown.text for one in talk.channel.calls} <= {talk.stage.emergency("en").text}


@in_virtual_time
async def test_the_survivor_track_is_forgotten_after_half_an_hour(talk):
    """Half an idle hour on a sensitive screen, and whoever taps it meets a newcomer's start (R15)."""
    await talk.open()
    await talk.say(BOTA, "/start")
    await talk.in_kazakhstan(ANNA)
    await asyncio.sleep(1799)
    assert await session(talk, ANNA) is not None
    await asyncio.sleep(2)
    await talk.do(ANNA, Chosen("hub", "danger"), over=5)
    assert talk.channel.to(ANNA)[-1].shown == talk.channel.to(BOTA)[-1].shown


@in_virtual_time
async def test_sweeps_go_on_after_any_trouble(talk, monkeypatch):
    """Whatever a sweep meets, the next one comes: lives and keys end in time (R5)."""
    await talk.open()
    swept = failing(
        monkeypatch, talk, "sweep", StoreError("full"), SettingsError("open"), OSError("gone")
    )
    await asyncio.sleep(3600)
    assert len(swept) >= 6
