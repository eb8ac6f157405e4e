"""Ending, reading anew, dying: what people notice of it is nothing."""

import asyncio
import signal
import time

import pytest

from tests.journeys.crowd import country_of, crowd, each
from tests.journeys.visitor import to_the_hub

pytestmark = pytest.mark.asyncio(loop_scope="module")

GREETING = "Hello. Here you will find useful information and phone numbers."


async def reread(bot) -> None:
    """Have the content read anew, and wait until it is."""
    before = bot.log.read_text().count("content.reloaded")
    await bot.send(signal.SIGHUP)
    await bot.logged("content.reloaded", before + 1)


async def test_ending_loses_and_doubles_nothing(tg, bot, stage):
    """Told to end while 100 people talk, the bot ends cleanly in 10 s; 0 lost, 0 twice (R36)."""
    people = crowd(tg, stage, 100)

    async def talk(person) -> None:
        await to_the_hub(person, country=country_of(person))
        await person.write("/about")
        await person.write("/menu")
        await person.tap("danger")

    async def restart() -> float:
        await tg.wait_calls("editMessageText", 150, timeout=30)
        began = time.monotonic()
        assert await bot.stop() == 0
        took = time.monotonic() - began
        await bot.start()
        return took

    took, _ = await asyncio.gather(restart(), each(people, talk, at_once=100))
    assert took <= 10
    await tg.settled(quiet=0.3)
    for person in people:
        sent = [e.text for e in tg.chat(person.id).events if e.what == "sent"]
        assert len(sent) == 3
        assert person.sees_it()
    assert await tg.pending() == []
    assert await tg.violations() == []


async def test_a_killed_bot_goes_on_where_it_stood(tg, bot, stage):
    """After a power cut a person stands where she stood, and her old buttons still work."""
    here, there = crowd(tg, stage, 2)
    await each([here, there], to_the_hub)
    await here.tap("talk")
    await bot.kill()
    # What she does while nobody is there is answered as soon as somebody is.
    await tg.tap(there.id, there.label("danger"), there.message)
    await bot.start()
    await here.tap("menu")
    await here.write("1")
    await tg.wait_shown(there.id, "112")
    assert [e.what for e in tg.chat(there.id).events].count("sent") == 1
    assert await tg.violations() == []


async def test_new_content_is_served_at_once(shelf, tg, bot, stage):
    """Told to read anew, the bot serves the new words and commands; people stay where they are."""
    (person,) = crowd(tg, stage, 1)
    person.code = "en"
    await to_the_hub(person)
    await tg.settled()
    menus = len(await tg.calls("setMyCommands"))
    flow = shelf / "flows" / "home.yaml"
    old = flow.read_text()
    new = old.replace(GREETING, "Good day to you.")
    flow.write_text(new.replace("text: Start page", "text: First page"))
    await reread(bot)
    await tg.wait_calls("setMyCommands", menus + 6)
    assert (await tg.profile())["commands"]["default"][0]["description"] == "First page"
    await person.tap("language")
    await person.tap("en")
    await tg.say(person.id, "/start")
    await tg.wait_shown(person.id, "Good day to you.")
    flow.write_text(old)
    await reread(bot)


async def test_broken_content_is_told_and_not_served(shelf, tg, bot, stage):
    """Broken content is named as file:line:col on the standard error; the last good one serves on."""
    (person,) = crowd(tg, stage, 1)
    await to_the_hub(person)
    flow = shelf / "flows" / "home.yaml"
    lines = flow.read_text().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines, 1) if "goto: hub" in line)
    lines[at - 1] = lines[at - 1].replace("goto: hub", "goto: hubb")
    flow.write_text("".join(lines))
    await bot.send(signal.SIGHUP)
    await bot.logged("content.rejected")
    column = lines[at - 1].index("hubb") + 1
    assert f"home.yaml:{at}:{column}: " in bot.log.read_text()
    await person.tap("talk")
    await person.write("/start")
    flow.write_text("".join(lines).replace("hubb", "hub"))
    await reread(bot)
    await person.tap("continue")
