"""Killed at the two worst moments of one letter, the bot still sends it: what never went is known."""

import asyncio
import os
import signal
import time

import pytest

from bot.campaigns.proposal import DELAY, Phase
from bot.mailing.mailer import Mailer
from bot.mailing.pace import Pace
from bot.mailing.pages import Pages
from bot.mailing.terms import Clocks, Terms
from bot.store.bag import Bag
from bot.store.letters import LEASE, Caps
from tests.mailing.approved import FIRST, appoint, approve, subscribe
from tests.mailing.running import opened
from tests.store.mortal import live

READERS = 30
_NEVER = 60.0


class Post:
    """Writes down who got a message; dies at a request instead, if told so."""

    def __init__(self, file, moment):
        self.file, self.moment = file, moment

    async def clear(self, _chat_id, _messages, _instead):
        raise AssertionError("nothing is taken back here")

    async def deliver(self, _shown, chat_id, _message_id, _tap):
        if self.moment == "request":
            die()
        with self.file.open("a") as got:
            got.write(f"{chat_id}\n")
        return 7


def die():
    os.kill(os.getpid(), signal.SIGKILL)


async def begin(folder):
    before = time.time() - DELAY - 2
    store = await opened(folder, lambda: before)
    await appoint(store)
    await subscribe(store, range(FIRST, FIRST + READERS), country="")
    await approve(store, lambda: before)
    await store.close()


async def send(folder, world, moment, ahead, bag):
    """Live as a process that sends, so many seconds later, until the campaign is over or it is killed."""

    def clock():
        return time.time() + ahead

    store = await opened(folder, clock)
    once_more = store.mailroom.once_more

    async def counted(letter):
        allowed = await once_more(letter)
        if moment == "second try":
            die()
        return allowed

    store.mailroom.once_more = counted
    steady = asyncio.get_running_loop().time
    mailer = Mailer(
        store.mailroom,
        Post(folder / "got", moment),
        Pages(store.mailroom, lambda: world),
        Pace(1000),
        Clocks(clock, steady),
        Terms(lambda _country, _quiet, at: at, Caps(1, 10**6), 8),
        Bag(bag),
        erase=lambda _: None,
    )
    async with mailer, asyncio.timeout(_NEVER):
        while (await store.mailroom.one("spring")).phase is not Phase.DONE:  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.02)
    totals = (await store.mailroom.one("spring")).totals
    await store.close()
    return [totals.sent, totals.unsure]


def lives(folder, world, bag):
    """Be killed in the first request, then between the count of its second try and that; then live."""
    asyncio.run(begin(folder))
    for number, moment in enumerate(("request", "second try", "")):
        ahead = number * (LEASE + 1)

        def work(say, moment=moment, ahead=ahead):
            say(asyncio.run(send(folder, world, moment, ahead, bag)))

        came_to_its_end, said = live(work)
        assert came_to_its_end == (moment == "")
    got = [int(line) for line in (folder / "got").read_text().split()]
    return got, said[0]


@pytest.mark.parametrize("carried", [True, False])
def test_two_kills_at_the_worst_moments(tmp_path, world, carried):
    """What was counted and never went goes: with its bag; without one a reader would be left out."""
    got, (sent, unsure) = lives(tmp_path, world, tmp_path / "keys" if carried else None)
    assert len(got) == len(set(got))
    assert len(got) == (READERS if carried else READERS - 1)
    assert (sent, unsure) == ((READERS, 0) if carried else (READERS - 1, 1))
