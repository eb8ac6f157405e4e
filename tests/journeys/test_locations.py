"""A shared location is answered, removed from the chat and let go, whatever goes wrong."""

import asyncio
import time
from dataclasses import replace

import pytest

from bot.content.load import load
from bot.engine.blocks import SPECS
from bot.engine.stage import Stage
from tests.journeys.crowd import crowd, each
from tests.journeys.test_signals import reread
from tests.journeys.visitor import Visitor, to_the_hub
from tests.process import BotProcess
from tests.standin.clock import Clock
from tests.standin.server import StandIn

pytestmark = pytest.mark.asyncio(loop_scope="module")

BALKHASH = (46.842317, 74.981523)
FAR_AWAY = (-33.868812, 151.209311)
POINT = {"latitude": BALKHASH[0], "longitude": BALKHASH[1]}
LIVE = {"live_period": 900, "heading": 271, "horizontal_accuracy": 12.5}
OFFICE = "kg-bishkek-minjust"


def deletions(tg, message: int) -> list[int]:
    """What the bot was answered each time it removed `message`; 0 is no answer."""
    calls = tg.record.of("deleteMessage")
    return [call.status for call in calls if call.params["message_id"] == message]


def stands(person: Visitor) -> tuple[str, str]:
    """Where she should be now: the node, and the town she is taken to be in."""
    assert person.session is not None
    return person.session.place, person.session.town


async def gone(tg, person, message: int, patience: float = 20) -> None:
    """Wait until her message is gone from the chat."""
    chat = tg.chat(person.id)
    await tg.world.pulse.until(lambda: message not in chat.messages, patience, "a removal")


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"live": LIVE},
        {"venue": {"title": "Home", "address": "Street 1", "location": POINT}},
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "A", "date": 1_800_000_000}},
    ],
    ids=["point", "live", "venue", "forwarded"],
)
async def test_a_shared_location_is_answered_and_removed(tg, bot, stage, more):
    """Her message is removed once, the answer is silent and protected, and the list is of her town."""
    (person,) = crowd(tg, stage, 1)
    await to_the_hub(person)
    await person.tap("place")
    await person.tap("safe")
    before = len(tg.chat(person.id).events)
    hers = await person.share(*BALKHASH, **more)
    await gone(tg, person, hers)
    await person.answered(before, "a location")
    await tg.settled()
    assert stands(person) == ("near-safe", "kz-balkhash")
    assert deletions(tg, hers) == [200]
    assert person.shown.silent
    assert person.shown.protected
    assert not person.shown.previews_links
    assert await tg.violations() == []


@pytest.mark.parametrize("where", ["before the country", "far outside"])
async def test_a_location_of_no_use_is_removed_all_the_same(tg, bot, stage, where):
    """Sent too early or from far away, her location is removed and said not to be kept."""
    (person,) = crowd(tg, stage, 1)
    if where == "far outside":
        await to_the_hub(person)
    else:
        await person.begin()
    before = len(tg.chat(person.id).events)
    hers = await person.share(*FAR_AWAY)
    await gone(tg, person, hers)
    await person.answered(before, where)
    assert stands(person)[1] == ""
    assert deletions(tg, hers) == [200]


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "error", "code": 500},
        {"kind": "error", "code": 429, "retry_after": 1},
        {"kind": "drop_before"},
        {"kind": "drop_after"},
        {"kind": "truncate"},
        {"kind": "slow", "seconds": 1.5},
    ],
    ids=lambda fault: f"{fault['kind']}{fault.get('code', '')}",
)
async def test_a_failed_removal_is_done_again(tg, bot, stage, fault):
    """Whatever becomes of the first try, her location is removed and her answer comes once."""
    (person,) = crowd(tg, stage, 1)
    await to_the_hub(person)
    await tg.fault(method="deleteMessage", chat_id=person.id, times=1, **fault)
    before = len(tg.chat(person.id).events)
    hers = await person.share(*BALKHASH)
    await gone(tg, person, hers)
    await person.answered(before, "a location")
    await tg.settled(quiet=0.3)
    assert len(deletions(tg, hers)) <= 2
    what = [event.what for event in tg.chat(person.id).events[before:]]
    assert sorted(what) == ["deleted", "received", "sent"]
    assert await tg.violations() == []


async def test_three_failures_leave_no_location(tg, bot, stage):
    """Though Telegram fails three times in a row, her location does not stay in the chat."""
    (person,) = crowd(tg, stage, 1)
    await to_the_hub(person)
    await tg.fault("error", method="deleteMessage", chat_id=person.id, times=3, code=502)
    before = len(tg.chat(person.id).events)
    hers = await person.share(*BALKHASH)
    await person.answered(before, "a location")
    await gone(tg, person, hers)
    assert await tg.violations() == []


async def test_a_removal_that_cannot_be_done_disturbs_nothing(tg, bot, stage):
    """A message that is too old to be removed is let be; she is answered and goes on."""
    (person,) = crowd(tg, stage, 1)
    await to_the_hub(person)
    before = len(tg.chat(person.id).events)
    await tg.fault("error", method="deleteMessage", chat_id=person.id, times=1, code=400)
    hers = await person.share(*BALKHASH)
    await person.answered(before, "a location")
    await person.tap("legal")
    await tg.settled()
    assert deletions(tg, hers) == [400]
    assert hers in tg.chat(person.id).messages
    assert await tg.violations() == []


@pytest.mark.parametrize("moment", ["before the call", "during the call", "after a refusal"])
async def test_a_killed_bot_removes_it_after_the_restart(tg, bot, stage, moment):
    """Killed between taking a location and removing it, the bot removes it when it is back."""
    (person,) = crowd(tg, stage, 1)
    await to_the_hub(person)
    before = len(tg.chat(person.id).events)
    calls = len(tg.record.of("deleteMessage"))
    kind = "drop_before" if moment == "before the call" else "slow"
    if moment == "after a refusal":
        await tg.fault("error", chat_id=person.id, chance=1.0, code=500)
    else:
        await tg.fault(kind, chat_id=person.id, chance=1.0, seconds=3.0)
    hers = await person.share(*BALKHASH)
    if moment == "before the call":
        await tg.wait_confirmed()
    else:
        await tg.world.pulse.until(
            lambda: len(tg.record.of("deleteMessage")) > calls, 10, "a removal"
        )
        await tg.wait_confirmed()
    await bot.kill()
    assert hers in tg.chat(person.id).messages
    await tg.clear_faults()
    await bot.start()
    await gone(tg, person, hers)
    await person.answered(before, "a location")
    await tg.settled(quiet=0.3)
    sent = [event for event in tg.chat(person.id).events[before:] if event.what == "sent"]
    assert 1 <= len(sent) <= 2
    assert await tg.violations() == []


@pytest.mark.parametrize("minutes", [20, 21 * 60])
async def test_a_location_that_waited_is_removed(tmp_path, stage, minutes):
    """Sent while nobody was there, it is removed first thing; the late answer is a neutral note (R11)."""
    clock = Clock(time.time() - minutes * 60)
    async with StandIn(clock=clock) as tg, BotProcess(tmp_path, tg, level="debug") as bot:
        await tg.wait_listening()
        (person,) = crowd(tg, stage, 1)
        await to_the_hub(person)
        await bot.stop()
        hers = await person.share(*BALKHASH)
        await tg.advance(minutes * 60)
        await bot.start()
        await gone(tg, person, hers)
        await tg.settled(quiet=0.3)
        assert deletions(tg, hers) == [200]
        last = tg.chat(person.id).events[-1]
        assert (last.what, last.text) == ("sent", stage.note(person.session).text)
        person.message = last.message_id
        await person.resume()
        await person.tap("legal")
        assert await tg.violations() == []


async def test_a_location_in_a_group_is_nobodys(tg, bot, stage):
    """What is shared in a group is neither answered nor removed (R20)."""
    (person,) = crowd(tg, stage, 1)
    await to_the_hub(person)
    group = -100_700_800_900
    await tg.meet(person.id, chat_id=group)
    calls = len(tg.record.of("deleteMessage"))
    hers = await tg.post(person.id, {"location": {"latitude": 46.8, "longitude": 74.9}}, group)
    await tg.settled(quiet=0.3)
    assert [event.what for event in tg.chat(group).events] == ["received"]
    assert hers in tg.chat(group).messages
    assert len(tg.record.of("deleteMessage")) == calls
    await person.tap("talk")


async def test_moves_of_a_live_location_never_reach_us(tg, bot):
    """The bot does not ask for edited messages, so a live location tells it nothing more."""
    assert tg.world.updates.allowed == {
        *("message", "callback_query", "my_chat_member", "poll_answer")
    }


async def test_many_locations_at_once_are_all_removed(tg, bot, stage):
    """Of 60 locations shared in one moment none stays, each was removed once, each answered."""
    people = crowd(tg, stage, 60)
    await each(people, to_the_hub)
    before = {person.id: len(tg.chat(person.id).events) for person in people}
    shared = {person: await person.share(*BALKHASH) for person in people}
    await asyncio.gather(*(gone(tg, person, hers) for person, hers in shared.items()))
    await each(people, lambda person: person.answered(before[person.id], "a location"))
    await tg.settled()
    assert {tuple(deletions(tg, hers)) for hers in shared.values()} == {(200,)}


async def test_a_public_address_comes_as_a_quiet_map(shelf, tg, bot, stage):
    """Where content knows a point, it is sent silent and protected, and goes at one tap (R13)."""
    file = shelf / "services" / "kg.yaml"
    old = file.read_text()
    entry = f"  - id: {OFFICE}\n"
    assert entry in old
    file.write_text(old.replace(entry, f"{entry}    lat: 42.87612\n    lon: 74.60365\n"))
    await reread(bot)
    on_the_map = Stage(replace(stage.world, content=load(shelf, SPECS)))
    (person,) = crowd(tg, on_the_map, 1)
    await to_the_hub(person, country="kg")
    for choice in ("place", "legal", "kg-bishkek-city"):
        await person.tap(choice)
    while OFFICE not in [label.id for label in person.page.labels]:
        await person.tap("more")
    await person.tap(OFFICE)
    venue = await person.keep("map")
    shown = tg.chat(person.id).messages[venue]
    assert shown.other["location"] == {"latitude": 42.87612, "longitude": 74.60365}
    assert shown.silent
    assert shown.protected
    await person.remove(venue)
    await person.tap("list")
    assert await tg.violations() == []
    file.write_text(old)
    await reread(bot)
