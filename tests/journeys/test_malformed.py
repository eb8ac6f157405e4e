"""Updates that cannot be read delay nobody and are never written down."""

import random
import time

import pytest

from tests.journeys.crowd import country_of, crowd, each
from tests.journeys.garbage import CANARY, POINTS, astray, broken
from tests.journeys.visitor import to_the_hub

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHOICES = ("continue", "continue", "", "talk")


async def mingle(tg, stage, bot, size: int) -> float:
    """Let `size` people take five steps each, a malformed update before each; the seconds it took."""
    people, draw, began = crowd(tg, stage, size), random.Random(7), time.monotonic()

    async def spoil(person) -> None:
        number = await tg.next_update_id()
        await tg.send_raw(broken(number, person.id, draw))

    async def journey(person) -> None:
        await spoil(person)
        await person.begin()
        for choice in CHOICES:
            await spoil(person)
            await person.tap(choice or country_of(person))

    await each(people, journey)
    await tg.settled()
    took = time.monotonic() - began
    assert await tg.violations() == []
    log = bot.log.read_text()
    assert "telegram.set_aside" in log
    for secret in (CANARY, CANARY.encode().hex(), *(str(one.id) for one in people)):
        assert secret not in log
    return took


async def test_good_updates_flow_among_malformed_ones(tg, bot, stage):
    """1,000 good updates among 1,000 malformed ones are all answered, none of them late (R34)."""
    assert await mingle(tg, stage, bot, 200) < 30


@pytest.mark.soak
async def test_many_good_updates_flow_among_as_many_malformed(tg, bot, stage):
    """10,000 good updates among 10,000 malformed ones are all answered (R34)."""
    assert await mingle(tg, stage, bot, 2_000) < 300


async def test_a_queue_that_ends_in_ruins_is_passed(tg, bot, stage):
    """Whatever stands last in the queue, even without a readable number, the next one is answered."""
    (person,) = crowd(tg, stage, 1)
    await person.begin()
    for ruin in ("", '"', "[[[", '{"update_id": -3}', "\x00", '{"update_id":'):
        await tg.send_raw(ruin)
        await person.write("/menu")
    assert await tg.violations() == []


async def test_a_location_that_is_none_stops_nobody(tg, bot, stage):
    """Each location that is no point is set aside or answered; everybody beside it is answered."""
    people = crowd(tg, stage, len(POINTS))
    await each(people, to_the_hub)
    asides = bot.log.read_text().count("telegram.set_aside")
    before = {person: len(tg.chat(person.id).events) for person in people}
    shared = {}
    for person, point in zip(people, POINTS, strict=True):
        await tg.send_raw(astray(await tg.next_update_id(), person.id, point))
        shared[person] = await person.share(46.842317, 74.981523)
        await tg.send_raw(astray(await tg.next_update_id(), person.id, point))
    for person, hers in shared.items():
        await person.answered(before[person], "a location")
        assert hers not in tg.chat(person.id).messages
        await person.tap("legal")
    await tg.settled()
    assert await tg.pending() == []
    assert await tg.violations() == []
    log = bot.log.read_text()
    assert log.count("telegram.set_aside") > asides
    assert not [secret for secret in ("46.84", "74.98", "730111222", CANARY) if secret in log]


@pytest.mark.parametrize("point", [(90, 180), (-90, -180), (0, 0), (-0.0, 1e-300), (46, 75)])
async def test_the_ends_of_the_earth_are_answered(tg, bot, stage, point):
    """A point at a pole, on a meridian or without decimals is a point like any other."""
    (person,) = crowd(tg, stage, 1)
    await to_the_hub(person)
    before = len(tg.chat(person.id).events)
    hers = await person.share(*point)
    await person.answered(before, "a location")
    assert hers not in tg.chat(person.id).messages
