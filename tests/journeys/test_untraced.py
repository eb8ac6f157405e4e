"""Where somebody is, and what she answered, lies in no file: not as she talks, not afterwards."""

import random
import re

import pytest

from bot.engine.events import Wrote
from tests.journeys.crowd import crowd, each
from tests.journeys.points import every_form, geohash, points_in
from tests.journeys.test_locations import gone, stands
from tests.journeys.thief import loot, numbers_in, words_in
from tests.journeys.visitor import to_the_hub
from tests.process import BotProcess
from tests.standin.server import StandIn

FIRST_MESSAGE = 740_000_000
AROUND = (46.845, 74.985)
"""Around the town of Balkhash, from which no region has its id."""
HERE = "kz-balkhash"
TOWN = "kz-zhanaozen"
TYPED = "Жаңаөзендемін"
SEVERAL = "балқашта"
CITY = "Теміртау"
NAMES = (TYPED, "Zhanaozen", "Жанаозен", "Жаңаөзен")
TELLING = re.compile(rb"(?<!ask-)(?:recent|tonight|children|no_police|step_free|open_now)")
"""Answers of hers; on which question she stands is told by the node's id, as of every screen."""


@pytest.fixture
def spare(tmp_path, monkeypatch):
    """A folder of the process's own for whatever it may write beside its data."""
    folder = tmp_path / "spare"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setenv("SQLITE_TMPDIR", str(folder))
    return folder


def everything(bot) -> bytes:
    """All bytes that the process has written: data, journals, log, temporary files."""
    token, settings = bot.folder / "token", bot.folder / "bot.yaml"
    kept = token.read_bytes(), settings.read_bytes()
    raw = loot(bot.folder)
    for known in kept:
        raw = raw.replace(known, b"")
    return raw


async def hold_up(tg, people) -> None:
    """Let nothing reach these people, so that all of it stands in the outbox."""
    for person in people:
        await tg.fault("error", chat_id=person.id, code=500, chance=1.0)


async def test_a_shared_location_leaves_no_trace(tmp_path, spare, stage):
    """Of 30 locations, no form of the point and no message id is on the disk at any moment (R1)."""
    draw = random.Random(17)
    points, shared, haul = [], {}, b""
    async with StandIn(seed=5) as tg, BotProcess(tmp_path, tg, level="debug") as bot:
        await tg.wait_listening()
        tg.world.chats._last_id = FIRST_MESSAGE
        people = crowd(tg, stage, 30)
        await each(people, to_the_hub)

        async def share(person) -> None:
            lat, lon = (round(degree + draw.uniform(-0.015, 0.015), 6) for degree in AROUND)
            found = stage.world.atlas.place_at(lat, lon, "kz")
            assert found is not None
            assert found[0].id == HERE
            points.append((lat, lon))
            more = {"live": {"live_period": 900}} if len(points) % 3 == 0 else {}
            shared[person] = await person.share(lat, lon, **more)

        await each(people[:15], share)
        await tg.settled()
        haul += everything(bot)  # as it runs, all answered
        await hold_up(tg, people[15:])
        first = tg.world.updates.next_id
        await each(people[15:], share)
        await tg.wait_confirmed()
        haul += everything(bot)  # as it runs, answers and removals waiting
        await bot.kill()
        haul += everything(bot)  # after a power cut
        await tg.clear_faults()
        await bot.start()
        for person, hers in shared.items():
            await gone(tg, person, hers)
        await bot.logged("app.started", 2)
        await tg.settled()
        assert await bot.stop() == 0
        haul += everything(bot)  # after a clean end
        assert await tg.violations() == []
    assert numbers_in([first], haul) == [first]
    assert points_in(points, haul) == []
    assert numbers_in([*shared.values(), *(person.id for person in people)], haul) == []
    assert words_in([HERE, "Balkhash", "Балхаш", "Балқаш"], haul) == []


async def test_the_examiner_finds_a_point_in_every_form():
    """The examiner of the test above does find a point, however it is written, and no other."""
    point, other = (46.842317, 74.981523), (46.851208, 74.990415)
    noise = random.Random(3).randbytes(20_000)
    assert points_in([point, other], noise) == []
    forms = [*every_form(point)]
    assert len(forms) > 100
    for form in forms:
        assert point in points_in([point], noise + b"\0" + form + b"\0")
    assert geohash((57.64911, 10.40744), 11) == "u4pruydqqvj"


async def questions(person) -> None:
    """Answer every question, name the town, and say what matters."""
    await to_the_hub(person)
    for choice in ("place", "questions", "yes", "yes", "yes", "yes", "no"):
        await person.tap(choice)
    await person.write(TYPED)
    await person.tap("medical")
    for choice in ("wishes", "step_free", "men", "open_now", "done"):
        await person.tap(choice)


async def test_town_and_answers_lie_nowhere(tmp_path, spare, stage):
    """Neither the town, how it was typed, nor an answer of 30 people is in any stolen byte (R1, R3)."""
    async with StandIn(seed=6) as tg, BotProcess(tmp_path, tg, level="debug") as bot:
        await tg.wait_listening()
        people = crowd(tg, stage, 30)
        await each(people, questions)
        assert {stands(person) for person in people} == {("near-medical", TOWN)}
        haul = await steal(tg, bot, people, "police")
    assert words_in([TOWN, *NAMES], haul) == []
    assert TELLING.findall(haul) == []
    assert TELLING.findall(b'["children", "recent"]') == [b"children", b"recent"]


async def test_what_she_looks_at_does_not_tell_where_she_is(tmp_path, spare, stage):
    """Neither a town she may have meant nor a service of her town is in any stolen byte (R1, R3)."""
    async with StandIn(seed=7) as tg, BotProcess(tmp_path, tg, level="debug") as bot:
        await tg.wait_listening()
        asked, there = crowd(tg, stage, 2)
        for person in (asked, there):
            await to_the_hub(person)
            await person.tap("place")
            await person.tap("talk")
        await asked.write(SEVERAL)
        may_be = [label.id for label in asked.page.labels if label.id.startswith("kz-")]
        assert len(may_be) > 1
        await there.write(CITY)
        service = next(label.id for label in there.page.labels if label.id.startswith("kz-"))
        await there.tap(service)
        haul = await steal(tg, bot, [asked, there], "qwertz")
    assert words_in([*may_be, service], haul) == []


async def steal(tg, bot, people, words: str) -> bytes:
    """Take everything as it runs, as answers to `words` wait, after a power cut and after a clean end."""
    await tg.settled()
    haul = everything(bot)
    first = tg.world.updates.next_id
    await hold_up(tg, people)
    before = {person: len(tg.chat(person.id).events) for person in people}
    for person in people:
        await tg.say(person.id, words)
        person.foresee(Wrote(words))
    await tg.wait_confirmed()
    haul += everything(bot)
    await bot.kill()
    haul += everything(bot)
    await tg.clear_faults()
    await bot.start()
    for person in people:
        await person.answered(before[person], words)
    await bot.logged("app.started", 2)
    assert await bot.stop() == 0
    haul += everything(bot)
    assert numbers_in([first], haul) == [first]
    return haul
