"""Copies for a team: how long they stand in its group, and what is known there of who asked."""

import asyncio
from dataclasses import replace

import pytest

from bot.channels.port import Cleared, NotDelivered, PassedOn, Undecided
from bot.engine.events import Wrote
from bot.engine.stage import Stage
from tests.outward.chatting import ANNA, BOTA, HOUR, MINUTE, STOP, known
from tests.talking import Talk, clock
from tests.virtual_time import in_virtual_time

TEAM = -1_007_000_000_001
QUESTION = Wrote("From which age may a person marry?")


@pytest.fixture
def talk(world, tmp_path):
    return Talk(Stage(replace(world, team=TEAM)), tmp_path)


async def ask(talk, who, times=1):
    """Stand at the box and ask."""
    await talk.in_kazakhstan(who)
    await talk.say(who, "question box")
    if talk.channel.places(who)[-1] != "question-box":
        await talk.say(who, "continue")
    for _ in range(times):
        await talk.do(who, QUESTION)


def copies(talk):
    return [*talk.channel.stands[TEAM]]


@in_virtual_time
async def test_a_copy_is_gone_within_47_hours(talk):
    """While others go on asking, none stands longer; nothing is said in the group (R22)."""
    await talk.open()
    appeared: dict[int, float] = {}
    for who in range(1000, 1012):
        await ask(talk, who)
        appeared |= {one: clock() for one in copies(talk) if one not in appeared}
        await asyncio.sleep(8 * HOUR)
        assert [one for one in copies(talk) if clock() - appeared[one] > 47 * HOUR] == []
    assert len(appeared) == 12
    assert len(copies(talk)) > 1
    await asyncio.sleep(47 * HOUR)
    assert copies(talk) == []
    assert talk.channel.to(TEAM) == []


@in_virtual_time
async def test_a_copy_goes_after_a_kill_too(talk):
    """The number of a copy is durable: whoever starts the bot anew removes it in time."""
    await talk.open()
    await ask(talk, ANNA, times=2)
    await asyncio.sleep(1)
    await talk.again()
    await asyncio.sleep(20 * HOUR)
    assert len(copies(talk)) == 2
    await talk.again()
    await asyncio.sleep(27 * HOUR)
    assert copies(talk) == []
    assert talk.channel.to(TEAM) == []


@in_virtual_time
async def test_the_ledger_of_a_team_never_shows_who_asked(talk):
    """It holds numbers of the group alone, and hers holds none of them."""
    await talk.open()
    await ask(talk, ANNA)
    (copy,) = copies(talk)
    await asyncio.sleep(1)
    assert copy not in await known(talk, ANNA)
    due = await talk.store.traced(TEAM)
    assert (due.user_id, due.chat_id, due.face, due.language) == (TEAM, TEAM, "", "")
    assert [(one.message_id, one.ours) for one in due.traces] == [(copy, True)]


@pytest.mark.parametrize("leaves", [STOP, Wrote("delete my data")])
@in_virtual_time
async def test_who_leaves_takes_no_copy_along(talk, leaves):
    """Her exit while the copy is under way clears her own chat alone; the copy goes in its time."""
    await talk.open()
    await ask(talk, ANNA, times=0)
    talk.channel.scripts["everybody"].extend([2, 2, 2])
    await talk.conversation.take([talk.doing(ANNA, QUESTION)])
    await asyncio.sleep(0.5)
    await talk.do(ANNA, leaves)
    (copy,) = copies(talk)
    assert copy not in [one for _, _, messages in talk.channel.cleared for one in messages]
    await asyncio.sleep(47 * HOUR)
    assert copies(talk) == []


@in_virtual_time
async def test_a_removal_that_fails_makes_no_second_copy(talk):
    """Her message is removed apart from the copy, and tried again alone."""
    await talk.open()
    await ask(talk, ANNA, times=0)
    talk.channel.scripts[ANNA].extend([0.05, 0.05, NotDelivered(), Undecided()])
    await talk.do(ANNA, QUESTION)
    await asyncio.sleep(MINUTE)
    assert len(copies(talk)) == 1
    assert talk.number + 1_000_000 not in talk.channel.stands[ANNA]


@in_virtual_time
async def test_what_the_team_cannot_get_is_removed_all_the_same(talk):
    """After two tries that may have made a copy no third is made, and her message goes."""
    await talk.open()
    await ask(talk, BOTA, times=0)
    genuine = talk.channel.deliver

    async def undecided(shown, *rest):
        if isinstance(shown, PassedOn):
            talk.channel.stands[TEAM][len(talk.channel.stands[TEAM])] = "copy"
            raise Undecided
        return await genuine(shown, *rest)

    talk.channel.deliver = undecided
    await talk.do(BOTA, QUESTION)
    assert len(copies(talk)) == 2
    assert talk.number + 1_000_000 not in talk.channel.stands[BOTA]


@in_virtual_time
async def test_a_copy_that_stays_is_reported(talk, caplog):
    """A group that has put the bot out keeps the copy; the log counts it once."""
    await talk.open()
    await ask(talk, ANNA)
    talk.channel.clearings[TEAM].append(Cleared(left=frozenset(copies(talk))))
    await asyncio.sleep(47 * HOUR)
    lines = [one.getMessage() for one in caplog.records if one.name == "tirek.wiping"]
    assert lines == ["wipe.left count=1"]
