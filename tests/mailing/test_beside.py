"""Whoever writes to the bot never waits for a campaign; the campaign waits for her."""

import asyncio

from bot.channels.port import Cleared, PassedOn, Removal
from bot.engine.screen import Page
from bot.mailing.beside import Beside
from bot.mailing.pace import Pace

PAGE = Page("start", "", "Hello", (), sensitive=False)


class Still:
    """A channel that takes no time."""

    def __init__(self):
        self.shown = []

    async def deliver(self, shown, chat_id, message_id, tap):
        self.shown.append((shown, chat_id, message_id, tap))
        return 7

    async def clear(self, chat_id, messages, instead):
        self.shown.append((chat_id, messages, instead))
        return Cleared()


async def test_an_answer_waits_for_no_pace_and_takes_a_place_of_it():
    """Forty answers in the same moment all go; a campaign has no place for a second after them."""
    pace, channel = Pace(25), Still()
    beside = Beside(channel, pace, lambda: 100.0)
    await asyncio.gather(*(beside.deliver(PAGE, one, None, None) for one in range(40)))
    assert len(channel.shown) == 40
    assert pace.next(100.0) >= 101.0


async def test_what_is_not_new_counts_for_nothing():
    """An edit, a removal and a cleared chat leave the pace as it was; a copy for the team counts."""
    pace = Pace(25)
    beside = Beside(Still(), pace, lambda: 100.0)
    await beside.deliver(PAGE, 1, 5, "tap")
    await beside.deliver(Removal(PAGE), 1, 5, None)
    await beside.clear(1, (5,), PAGE)
    assert pace.next(100.0) < 100.0
    await beside.deliver(PassedOn(-1), 1, 5, None)
    assert pace.next(100.0) > 100.0
