"""A location stays in a chat no longer than Telegram lets it, in hours that pass at once."""

import asyncio

import pytest

from bot.channels.port import NotDelivered, Undecided
from bot.engine.events import Located
from tests.talking import Talk, clock
from tests.virtual_time import in_virtual_time

ANNA = 101
HERS = 700
BALKHASH = Located(46.842317, 74.981523)
MINUTE = 60.0


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


async def share(talk) -> None:
    """Share a location, and leave the answers on their way."""
    await talk.conversation.take([talk.doing(ANNA, BALKHASH, written=HERS)])


def removals(talk) -> list[float]:
    """When her message was removed."""
    return [one.at for one in talk.channel.to(ANNA) if one.message_id == HERS]


def fail_removals(talk, error, seconds: float) -> None:
    """Let every removal fail for so long; all else works."""
    deliver, until = talk.channel.deliver, clock() + seconds

    async def deliver_or_fail(shown, chat_id, message_id, tap):
        if message_id == HERS and clock() < until:
            raise error
        return await deliver(shown, chat_id, message_id, tap)

    talk.channel.deliver = deliver_or_fail


@pytest.mark.parametrize("error", [Undecided(), NotDelivered(), NotDelivered(30)])
@in_virtual_time
async def test_twenty_minutes_of_failures_leave_no_location(talk, error):
    """However long removals fail, her location goes as soon as they work again."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    fail_removals(talk, error, 20 * MINUTE)
    await share(talk)
    await asyncio.sleep(30 * MINUTE)
    assert len(removals(talk)) == 1


@pytest.mark.parametrize("error", [Undecided(), NotDelivered(), NotDelivered(60)])
@in_virtual_time
async def test_help_does_not_wait_for_a_removal(talk, error):
    """While her location cannot be removed, her answer comes at once (R35)."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    await talk.say(ANNA, "/about")
    fail_removals(talk, error, 3 * MINUTE)
    began, before = clock(), len(talk.channel.sent)
    await share(talk)
    await asyncio.sleep(30 * MINUTE)
    answers = [one for one in talk.channel.sent[before:] if one.message_id != HERS]
    assert answers[0].place == "place"
    assert answers[0].at - began < 5


@pytest.mark.parametrize("hours", [0.3, 3, 40])
@in_virtual_time
async def test_a_restart_removes_what_an_earlier_run_left(talk, hours):
    """Switched off right after taking a location, the bot removes it when it is back, even late."""
    await talk.open()
    await talk.in_kazakhstan(ANNA)
    fail_removals(talk, NotDelivered(3600), 60)
    await share(talk)
    await talk.kill()
    await asyncio.sleep(hours * 60 * MINUTE)
    await talk.open()
    await asyncio.sleep(2 * 60 * MINUTE)
    assert len(removals(talk)) == 1
