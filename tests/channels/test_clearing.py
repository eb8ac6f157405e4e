"""A chat is cleared on both sides in few calls, whatever Telegram says to single messages."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.port import Cleared, Unwelcome
from bot.channels.telegram.api import Api
from bot.channels.telegram.messages import Messages
from bot.channels.telegram.sender import TelegramSender
from bot.engine.screen import CardPage, Label
from bot.engine.session import Session
from tests.standin.clock import Clock
from tests.standin.server import StandIn

ANNA = 101
HOUR = 3600


@pytest.fixture
def page(stage):
    return stage.page(Session("start", "en"), datetime(2026, 11, 21, 12, tzinfo=UTC))


@pytest.fixture
async def chat(book, keys, page):
    """A chat whose clock stands still, the sender into it, and ways to fill it."""
    clock = Clock(1_795_000_000)
    async with StandIn(clock=clock, seed=4) as tg, Api(tg.url, tg.token) as api:
        await tg.meet(ANNA)
        yield Chat(tg, TelegramSender(api, Messages(book, keys), Path()), page)


class Chat:
    """What a test does in the chat."""

    def __init__(self, tg, sender, page):
        self.tg, self.sender, self.page = tg, sender, page

    async def fill(self, hers, ours):
        """Let both say something; the numbers of her messages and of ours."""
        said = [await self.tg.say(ANNA, f"word {n}") for n in range(hers)]
        return said, [await self.sender.deliver(self.page, ANNA, None, None) for _ in range(ours)]

    async def clear(self, numbers):
        return await self.sender.clear(ANNA, numbers, self.page)

    async def methods(self):
        return [call.method for call in await self.tg.calls()]

    async def numbers(self):
        return [one.message_id for one in await self.tg.shown(ANNA)]


async def test_a_new_message_has_its_number(chat):
    """What is sent is known by the number under which the chat shows it; an edit has none."""
    _, (first,) = await chat.fill(0, 1)
    assert await chat.numbers() == [first]
    assert await chat.sender.deliver(chat.page, ANNA, first, None) is None


async def test_three_hundred_messages_go_in_three_calls(chat):
    """A hundred messages of hers and ours disappear with each call, unknown numbers are no harm."""
    hers, ours = await chat.fill(150, 145)
    before = len(await chat.methods())
    every = [*hers, *ours, 1, 2, 3, 4, 5]
    assert await chat.clear(every) == Cleared(gone=frozenset(every))
    assert await chat.numbers() == []
    assert (await chat.methods())[before:] == ["deleteMessages"] * 3
    assert await chat.tg.violations() == []


async def test_what_is_too_old_is_overwritten_and_hers_is_named(chat):
    """Of what is older than 48 hours ours is overwritten, hers stays and is told; the rest goes."""
    (hers,), (ours,) = await chat.fill(1, 1)
    await chat.tg.advance(48 * HOUR)
    (young,), (late,) = await chat.fill(1, 1)
    every = [hers, ours, young, late, 7]
    done = await chat.clear(every)
    assert done == Cleared(gone=frozenset({ours, young, late, 7}), left=frozenset({hers}))
    assert await chat.numbers() == [hers, ours]
    assert await chat.tg.violations() == []


async def test_a_card_that_is_too_old_stays_and_is_named(chat):
    """A card cannot be overwritten with words; where it cannot be removed either, that is told."""
    card = CardPage("talk", "line", "", "Line", "+77270000000", Label("remove", "Remove"))
    number = await chat.sender.deliver(card, ANNA, None, None)
    await chat.tg.advance(48 * HOUR)
    assert await chat.clear([number]) == Cleared(left=frozenset({number}))


@pytest.mark.parametrize("kind", ["error", "drop_before", "drop_after", "truncate"])
async def test_what_fails_for_a_while_is_in_neither_list(chat, kind):
    """A call that fails for a passing reason decides nothing; the next one clears everything."""
    hers, ours = await chat.fill(3, 3)
    await chat.tg.fault(kind, method="deleteMessages", times=1)
    assert await chat.clear([*hers, *ours]) == Cleared()
    assert (await chat.clear([*hers, *ours])).gone == {*hers, *ours}
    assert await chat.numbers() == []


async def test_too_fast_names_the_time_to_wait(chat):
    """Where Telegram asks to wait, the time is handed on, and what could be cleared is."""
    hers, ours = await chat.fill(60, 60)
    await chat.tg.fault("error", method="deleteMessages", code=429, retry_after=7, times=1)
    end = await chat.clear([*hers, *ours])
    assert end.after == 7
    assert len(end.gone) in (20, 100)
    assert end.left == frozenset()


async def test_a_refusal_without_a_reason_decides_nothing(chat):
    """A message that is refused for no known reason is tried again, not given up."""
    (hers,), (ours,) = await chat.fill(1, 1)
    await chat.tg.fault("error", method="deleteMessages", code=400, times=1)
    await chat.tg.fault("error", method="deleteMessage", code=400, times=2)
    assert await chat.clear([hers, ours]) == Cleared()
    assert await chat.numbers() == [hers, ours]


async def test_whoever_blocked_us_ends_the_clearing(chat):
    """When Telegram says that she does not want to hear from us, that is told."""
    hers, _ = await chat.fill(2, 0)
    await chat.tg.fault("error", method="*", code=403, times=1)
    with pytest.raises(Unwelcome):
        await chat.clear(hers)


async def test_one_failure_in_five_leaves_nothing(chat):
    """With every fifth call failing, a few rounds clear a chat of old and new messages."""
    hers, ours = await chat.fill(60, 60)
    await chat.tg.advance(48 * HOUR)
    young, late = await chat.fill(60, 60)
    await chat.tg.fault("error", method="*", chance=0.2)
    rest, left = {*hers, *ours, *young, *late}, set()
    for _ in range(20):
        end = await chat.clear(sorted(rest))
        left |= end.left
        rest -= end.gone | end.left
    assert rest == set()
    assert left == {*hers}
    assert {*await chat.numbers()} == {*hers, *ours}
