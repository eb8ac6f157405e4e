"""Whoever leaves is gone at once: from a full chat, in a flood, in an outage, over a power cut."""

import asyncio
import time

import pytest
import pytest_asyncio

from bot.engine.stage import Stage
from bot.store.keys import KeyRing
from tests.conftest import LANGUAGES
from tests.journeys.crowd import crowd, each
from tests.journeys.full_chats import deletions, fill, looks
from tests.journeys.leaving import FULL, Exits, percentile
from tests.journeys.thief import loot
from tests.process import BotProcess

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST_CALL, ALL_GONE = 0.3, 3.0
"""Seconds from when the bot was handed an exit (R8)."""

WAYS = ("button", "command", *LANGUAGES)
FLOODERS = range(7_100_000_000, 7_100_000_020)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def exits(tg, shelf, world, tmp_path_factory):
    stage, folder = Stage(world), tmp_path_factory.mktemp("exits")
    people = crowd(tg, stage, 70)
    # What she asks for last, its answer and her exit make the chat full.
    await fill(tg, folder, people, FULL - 3)
    async with BotProcess(folder, tg, level="debug") as bot:
        await tg.wait_listening()
        await bot.logged("app.started")
        yield Exits(tg, bot, stage, iter(people))


async def seen_by_a_newcomer(exits, code):
    """What the chat of somebody new shows of ours, in this language of her app."""
    (person,) = crowd(exits.tg, exits.stage, 1)
    person.code = code
    await person.begin()
    return [one for one in looks(exits.tg, person.id) if one[0]]


async def test_an_exit_from_300_messages_is_at_once(exits):
    """By button, command and a word of each language: first call in 0.3 s, all gone in 3 s (R8)."""
    went = [await exits.exit(way) for way in (*WAYS, *WAYS, *WAYS)]
    assert len(went) >= 20
    first = percentile([one.first_call for one in went], 95)
    gone = max(one.all_gone for one in went)
    assert first <= FIRST_CALL
    assert gone <= ALL_GONE
    for one in went[: len(WAYS)]:
        shown = looks(exits.tg, one.person.id)
        assert shown == await seen_by_a_newcomer(exits, one.person.code)
    assert await exits.tg.violations() == []


async def test_every_word_that_ends_a_chat_ends_it(exits):
    """Each of the words that are offered for leaving, in each language, clears a chat."""
    words = sorted({word for language in LANGUAGES for word in exits.words(language)})
    people = crowd(exits.tg, exits.stage, len(words))
    await each(people, lambda person: person.begin())
    for person, word in zip(people, words, strict=True):
        await exits.tg.say(person.id, word)
    for person in people:
        await exits.clear(person)


async def test_a_flood_of_others_delays_no_exit(exits):
    """While others send 200 updates a second, exits from 300 messages take no longer (R8, R40)."""
    flooding = asyncio.create_task(flood(exits.tg, a_second=200))
    await exits.tg.wait_calls("sendMessage", len(exits.tg.record.of("sendMessage")) + 200, 30)
    try:
        went = [await exits.exit(way) for way in (*WAYS, *WAYS, "button", "command")]
    finally:
        flooding.cancel()
    assert len(went) >= 20
    first = percentile([one.first_call for one in went], 95)
    gone = max(one.all_gone for one in went)
    await exits.tg.settled(timeout=60)
    assert first <= FIRST_CALL
    assert gone <= ALL_GONE


async def flood(tg, a_second: int) -> None:
    """Let a handful of people write for ever, so many texts a second."""
    loop = asyncio.get_running_loop()
    began, sent = loop.time(), 0
    while True:
        while sent < (loop.time() - began) * a_second:
            await tg.say(FLOODERS[sent % len(FLOODERS)], f"words {sent}")
            sent += 1
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("way", ["button", "command", "ru"])
async def test_an_exit_in_an_outage_is_done_when_telegram_is_back(exits, way):
    """While every call fails nothing is lost; once Telegram answers the chat is clear in 3 s."""
    tg, person = exits.tg, await exits.ready()
    since = len(tg.record.calls)
    await tg.fault("error", chat_id=person.id, code=502, chance=1.0)
    number = await exits.leave(person, way)
    await tg.world.pulse.until(
        lambda: len(deletions(tg, person.id, since)) >= 6, 10, "two tries of three calls"
    )
    assert deletions(tg, person.id, since)[0].mono - exits.handed.at(number) <= FIRST_CALL
    assert len(tg.chat(person.id).messages) >= FULL - 1
    await tg.clear_faults()
    back = time.monotonic()
    await exits.clear(person)
    assert time.monotonic() - back <= ALL_GONE


@pytest.mark.parametrize("way", ["button", "command", "uz"])
async def test_an_exit_outlives_a_power_cut(exits, way):
    """Killed right after the commit of an exit, before any call came through, it clears when back."""
    tg, bot, person = exits.tg, exits.bot, await exits.ready()
    await tg.fault("drop_before", chat_id=person.id, chance=1.0)
    await exits.leave(person, way)
    await tg.wait_confirmed()
    await bot.kill()
    assert len(tg.chat(person.id).messages) >= FULL - 1
    await tg.clear_faults()
    since = len(tg.record.calls)
    await bot.start()
    await exits.clear(person)
    ended, calls = time.monotonic(), tg.record.calls[since:]
    first = deletions(tg, person.id, since)[0]
    assert first.mono - calls[0].mono <= FIRST_CALL
    assert ended - calls[0].mono <= ALL_GONE
    await tg.wait_listening()


async def test_nothing_on_the_disk_tells_of_an_exit(exits):
    """After an exit the log holds not one line more, and no file a name of hers under any key."""
    tg, bot = exits.tg, exits.bot
    (stays,) = crowd(tg, exits.stage, 1)
    await stays.begin()
    await exits.exit("button")  # the last of what a start has to say is said before
    await tg.settled(quiet=0.3)
    before = bot.log.read_bytes()
    went = [await exits.exit(way) for way in ("button", "command", "kk")]
    await tg.settled(quiet=0.3)
    assert bot.log.read_bytes() == before
    keys = KeyRing(bot.folder / "data" / "keys")
    await bot.stop()
    raw = loot(bot.folder / "data")
    for one in went:
        assert not any(name in raw for name in keys.pseudonyms(one.person.id) if name)
    assert keys.pseudonym(stays.id) in raw
