"""However long Telegram or the bot is away, what comes late says nothing (R11)."""

import asyncio
import random

import pytest

from bot.channels.port import NotDelivered, Undecided
from bot.engine.events import Chosen, Commanded, Wrote
from bot.engine.phrases import INTERRUPTED
from tests.talking import Talk, clock
from tests.virtual_time import in_virtual_time

MINUTE, HOUR = 60, 3600
LATE = 5 * MINUTE
"""Seconds after which a sensitive reply is worse than none."""

OUTAGES = [20 * MINUTE, 3 * HOUR, 25 * HOUR]
PEOPLE = range(6_000_000_100, 6_000_000_130)
DOINGS = (
    Chosen("hub", "danger"),
    Chosen("hub", "talk"),
    Chosen("hub", "phone"),
    Wrote("2"),
    Wrote("help"),
    Wrote("күйеуім мені ұрады"),
    Commanded("menu"),
    Commanded("about"),
)


@pytest.fixture
def talk(stage, tmp_path):
    return Talk(stage, tmp_path)


def fail_for(talk, seconds: float, draw: random.Random) -> None:
    """Let nothing reach anybody for so long."""
    play, until = talk.channel._play, clock() + seconds
    errors = (Undecided(), NotDelivered(), NotDelivered(20))

    async def play_or_fail(sent):
        if clock() < until:
            raise draw.choice(errors)
        return await play(sent)

    talk.channel._play = play_or_fail


class Asked:
    """When each person did something last, and what she is shown afterwards."""

    def __init__(self, talk) -> None:
        self._talk, self._last = talk, dict[int, float]()
        self._note = INTERRUPTED.text

    async def act(self, who, draw, ago=0.0) -> None:
        """Let her do something; wait for no answer."""
        event = draw.choice(DOINGS)
        over = 1 if isinstance(event, Chosen) else None
        self._last[who] = clock() - ago
        doing = self._talk.doing(who, event, over=over, ago=ago)
        await self._talk.conversation.take([doing])

    def judge(self, since: float) -> tuple[int, int, int]:
        """Count what came after `since`: late sensitive messages, notes, most notes of one person."""
        came = [one for one in self._talk.channel.sent if one.at > since]
        late = notes = most = 0
        for who in PEOPLE:
            told = [one.text for one in came if one.chat_id == who].count(self._note)
            notes, most = notes + told, max(most, told)
        for one in came:
            sensitive = getattr(one.shown, "sensitive", False) and one.text != self._note
            late += sensitive and one.at - self._last[one.chat_id] > LATE
        return late, notes, most


async def arrive(talk):
    for who in PEOPLE:
        await talk.in_kazakhstan(who)
        await talk.say(who, "2")


@pytest.mark.parametrize(
    "seconds", [*OUTAGES[:2], pytest.param(OUTAGES[2], marks=pytest.mark.soak)]
)
@in_virtual_time
async def test_while_telegram_is_away_nothing_sensitive_waits(talk, seconds):
    """Whatever people do during an outage, afterwards each gets what is young, or one neutral note."""
    draw = random.Random(seconds)
    await talk.open()
    await arrive(talk)
    asked, began = Asked(talk), clock()
    fail_for(talk, seconds, draw)
    some = PEOPLE[: max(2, int(20 * HOUR / seconds))]  # a day of tries takes long even at once
    for who in some:
        await asked.act(who, draw)
        await asyncio.sleep(seconds / len(some) / 2)
    await asyncio.sleep(began + seconds + HOUR - clock())
    late, notes, most = asked.judge(began)
    assert late == 0
    assert most <= 1
    assert notes or seconds > 24 * HOUR


@pytest.mark.parametrize("seconds", OUTAGES)
@in_virtual_time
async def test_a_bot_that_was_down_says_nothing_late(talk, seconds):
    """Killed with answers on their way, it comes back and says nothing sensitive that is old."""
    draw = random.Random(seconds)
    await talk.open()
    await arrive(talk)
    asked, began = Asked(talk), clock()
    fail_for(talk, seconds, draw)
    for who in PEOPLE:
        await asked.act(who, draw)
    await asyncio.sleep(2)
    await talk.kill()
    await asyncio.sleep(seconds)
    await talk.open()
    await asyncio.sleep(HOUR)
    late, _, most = asked.judge(began)
    assert late == 0
    assert most <= 1


@pytest.mark.parametrize("seconds", OUTAGES)
@in_virtual_time
async def test_what_waited_at_telegram_is_answered_with_a_note(talk, seconds):
    """Messages that come in hours late, several of each person, are answered with one note each."""
    random.Random(seconds)
    await talk.open()
    await arrive(talk)
    await talk.kill()
    await asyncio.sleep(seconds)
    await talk.open()
    sent = talk.channel.sent
    before = len(sent)
    waited = [
        talk.doing(who, Wrote(words), ago=min(seconds, 24 * HOUR) - 10)
        for words in ("help", "күйеуім мені ұрады", "talk")
        for who in PEOPLE
    ]
    await talk.conversation.take(waited)
    await talk.conversation.settled()
    await asyncio.sleep(MINUTE)
    came = sent[before:]
    late = [one for one in came if one.shown.sensitive and one.text != INTERRUPTED.text]
    notes = [one.chat_id for one in came if one.text == INTERRUPTED.text]
    most = max((notes.count(who) for who in PEOPLE), default=0)
    assert {one.chat_id for one in came} == {*PEOPLE}
    assert late == []
    assert most <= 1
