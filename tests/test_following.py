"""Truths about the screen of a campaign that goes out: it changes by itself until she goes on."""

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest

from bot.campaigns.proposal import Phase
from bot.channels.port import Gone, NotDelivered
from bot.store.letters import Caps, Exchange, Fate, Settled
from tests.mailing.approved import APPROVER, AUTHOR
from tests.talking import Talk, clock
from tests.test_campaigning import Colleague, only, proposed, staffed
from tests.virtual_time import in_virtual_time

CAPS = Caps(1, 1_000_000)


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


class Sender:
    """Sends as many as it is told, at once."""

    def __init__(self, store):
        self.store, self.settled = store, []

    async def send(self, many):
        while many:
            handed = await self.exchange(min(many, 8))
            if not handed.letters:
                break
            many -= len(handed.letters)
            self.settled = [Settled(one, Fate.SENT, 7) for one in handed.letters]
        await self.exchange(0)

    async def finish(self):
        """Send the rest, and note that it was all."""
        await self.send(1000)
        await self.exchange(8)

    async def exchange(self, places=0):
        brought = Exchange(b"me", self.settled, (), places)
        self.settled = []
        return await self.store.mailroom.exchange(brought, lambda _country, _quiet, at: at, CAPS)


async def going(talk):
    """Have a campaign go out to 45 readers; both colleagues and who sends."""
    author, approver = await staffed(talk)
    await proposed(author)
    await approver.approve()
    await asyncio.sleep(2 * 3600 + 1)
    sender = Sender(talk.store)
    await sender.exchange()
    return author, approver, sender


def edits(talk, who, since):
    """When the screen in her chat was edited without a tap of hers."""
    return [one.at for one in talk.channel.to(who) if one.at > since and one.tap is None]


@in_virtual_time
async def test_it_shows_how_far_it_is(talk):
    """Within seconds of each step the message says it: a bar, what is left, when it was read."""
    author, _, sender = await going(talk)
    await author.first()
    assert "░░░░░░░░░░░░ 0 %" in author.page.text
    assert "Left to send: about 40" in author.page.text
    message = talk.channel.last
    await sender.send(24)
    await asyncio.sleep(7)
    assert "██████░░░░░░ 50 %" in author.page.text
    assert "Sent so far: about 20" in author.page.text
    assert "Left to send: about 20" in author.page.text
    assert "As of 1" in author.page.text
    await sender.finish()
    await asyncio.sleep(7)
    assert "████████████ 100 %" in author.page.text
    assert "It has been sent." in author.page.text
    assert talk.channel.to(AUTHOR)[-1].message_id == message


@in_virtual_time
async def test_it_is_edited_at_a_civil_pace(talk):
    """Every five seconds at first, later every fifteen; where nothing changes not at all."""
    author, _, sender = await going(talk)
    await author.first()
    since = clock()
    await asyncio.sleep(120)
    assert edits(talk, AUTHOR, since) == []
    await author.tap("Look again")
    since = clock()
    for _ in range(45):
        await sender.send(1)
        await asyncio.sleep(3)
    times = edits(talk, AUTHOR, since)
    assert 2 <= len(times) <= 45 * 3 / 15 + 12
    apart = [later - at for at, later in pairwise(times)]
    assert min(apart) >= 4.9
    assert all(gap >= 14.9 for gap, at in zip(apart, times, strict=False) if at > since + 65)


@in_virtual_time
async def test_it_ends_where_she_goes_on(talk):
    """Back at the list nothing is edited any more, whatever is sent."""
    author, _, sender = await going(talk)
    await author.first()
    await author.tap("All campaigns")
    since = clock()
    await sender.send(40)
    await asyncio.sleep(60)
    assert edits(talk, AUTHOR, since) == []
    assert talk.conversation.outward.following._chats == {}


@in_virtual_time
async def test_it_ends_where_another_process_took_her_turn(talk):
    """Her conversation changed in the store: this process edits no more, and does not fight."""
    author, _, sender = await going(talk)
    await author.first()
    await asyncio.sleep(2)
    other = Talk(talk.stage, talk.folder)
    other.store, other.channel, other.number = talk.store, talk.channel, 500
    await other.open()
    await Colleague(other, AUTHOR).tap("Look again")
    await sender.send(24)
    since = clock()
    await asyncio.sleep(10)
    assert len(edits(talk, AUTHOR, since)) == 1
    await other.kill()


@in_virtual_time
async def test_a_chat_that_is_cleared_stays_clear(talk):
    """Left alone for half an hour it fades; the message is the neutral screen and stays it."""
    author, _, sender = await going(talk)
    await author.first()
    for _ in range(40):
        await asyncio.sleep(60)
        await sender.send(1)
    assert {*talk.standing(AUTHOR)} == {"start"}
    assert talk.conversation.outward.following._chats == {}


@in_virtual_time
async def test_an_edit_under_way_is_cleared_too(talk):
    """She leaves while an edit is on its way: whatever it shows goes as well."""
    author, _, sender = await going(talk)
    await author.first()
    await sender.send(24)
    talk.channel.scripts[AUTHOR].append(4.0)
    await asyncio.sleep(6)
    assert talk.channel.now == 1
    await talk.say(AUTHOR, "/stop")
    await asyncio.sleep(10)
    assert {*talk.standing(AUTHOR)} == {"start"}


@in_virtual_time
async def test_a_button_does_it_at_once(talk):
    """Pause, go on, stop: the screen says so with the tap, and so does the store."""
    author, approver, sender = await going(talk)
    await author.first()
    await sender.send(24)
    await approver.first()
    await approver.tap("Pause")
    assert "Paused: nothing is sent now." in approver.page.text
    assert (await only(talk)).phase is Phase.PAUSED
    await asyncio.sleep(7)
    assert "Paused: nothing is sent now." in author.page.text
    await author.tap("Go on")
    assert "It is being sent." in author.page.text
    await author.tap("Stop for good")
    assert "Stopped for good." in author.page.text
    assert (await only(talk)).phase is Phase.STOPPED
    await asyncio.sleep(7)
    assert "Stopped for good." in approver.page.text


@in_virtual_time
async def test_a_role_that_ended_sees_no_more(talk):
    """From the end of her role on, what she was shown is not brought up to date."""
    author, _, sender = await going(talk)
    await author.first()
    for member in await talk.store.office.members():
        if member.role == "volunteer":
            await talk.store.office.end(member.code)
    await sender.send(40)
    since = clock()
    await asyncio.sleep(30)
    assert all("Sent so far: about" not in one.text for one in talk.channel.to(AUTHOR))
    assert len(edits(talk, AUTHOR, since)) <= 1


@in_virtual_time
async def test_what_is_gone_is_followed_no_more(talk):
    """A message that is not there any more is not made anew; a 429 is waited for."""
    author, approver, sender = await going(talk)
    await author.first()
    await approver.first()
    talk.channel.scripts[AUTHOR].append(Gone())
    talk.channel.scripts[APPROVER].append(NotDelivered(40.0))
    since = clock()
    await sender.send(24)
    await asyncio.sleep(30)
    calls = [one for one in talk.channel.calls if one.at > since]
    assert sorted(one.chat_id for one in calls) == [AUTHOR, APPROVER]
    assert all(one.message_id is not None for one in calls)
    await asyncio.sleep(30)
    assert "Sent so far: about 20" in approver.page.text


@in_virtual_time
async def test_after_a_restart_it_says_as_of_when_it_is(talk):
    """Nobody follows it any more: it tells its time, and a button looks again."""
    author, _, sender = await going(talk)
    await author.first()
    await asyncio.sleep(1)
    await talk.again()
    await sender.send(24)
    await asyncio.sleep(20)
    assert "As of" in author.page.text
    assert "Sent so far: about" not in author.page.text
    await author.tap("Look again")
    assert "Sent so far: about 20" in author.page.text
    await sender.finish()
    await asyncio.sleep(7)
    assert "It has been sent." in author.page.text


@in_virtual_time
async def test_looking_again_counts_no_readers(talk, monkeypatch):
    """What waits on the same board is not counted every few seconds: that may take long."""
    author, _, sender = await going(talk)
    one, audience = await talk.store.mailroom.content((await only(talk)).id)
    name, later = talk.store._team.name(AUTHOR), int(clock()) + 7200
    await talk.store.mailroom.draft(replace(one, id="later"), audience, later, name)
    await author.open()
    await author.choose("2")
    assert "It is being sent." in author.page.text

    def counted(*_):
        raise AssertionError

    monkeypatch.setattr("bot.store.audiences.count_meant", counted)
    await sender.send(24)
    await asyncio.sleep(7)
    assert "Sent so far: about 20" in author.page.text
