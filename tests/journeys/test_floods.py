"""Many updates at once: everybody is answered, and nobody waits for the loudest."""

import asyncio
import time

import pytest

from tests.journeys.crowd import crowd, each
from tests.journeys.visitor import to_the_hub

pytestmark = pytest.mark.asyncio(loop_scope="module")

FLOODER = 7_000_000_001


async def test_a_burst_is_answered_to_the_last(tg, bot, stage):
    """Of 2,000 updates that 200 people send in one moment every single one is answered."""
    people = crowd(tg, stage, 200)
    for person in people:
        await tg.meet(person.id, language_code=person.code)
    for _ in range(5):
        for person in people:
            await tg.say(person.id, "/menu")
            await tg.say(person.id, "/start")
    await tg.world.pulse.until(
        lambda: sum(_sent(tg, one.id) for one in people) >= 2_000, 60, "2,000 answers"
    )
    await tg.settled()
    for person in people:
        texts = [e.text for e in tg.chat(person.id).events if e.what == "sent"]
        # In the order of asking: what asks for the country, then the first screen, five times.
        assert len(texts) == 10
        assert len(set(texts[::2])) == len(set(texts[1::2])) == 1
        assert texts[0] != texts[1]
    assert await tg.violations() == []


async def test_one_flood_delays_nobody_else(tg, bot, stage):
    """Behind 500 texts that one person sent in one moment, others' taps are answered soon (R40)."""
    quiet = crowd(tg, stage, 5)
    await each(quiet, to_the_hub)
    await flood(tg, 500)
    assert max(await waits(quiet, taps=4)) < 3
    await tg.settled()
    assert tg.chat(FLOODER).events[-1].what == "sent"


async def test_a_flood_of_locations_delays_nobody_else(tg, bot, stage):
    """Behind 300 locations of one person others are answered soon, and all 300 are removed (R40)."""
    loud, *quiet = crowd(tg, stage, 6)
    await each([loud, *quiet], to_the_hub)
    await tg.set_latency(20)
    calls = len(tg.record.calls)
    shared = [await loud.share(46.842317, 74.981523) for _ in range(300)]
    took = await waits(quiet, taps=4)
    shown = tg.chat(loud.id).messages
    await tg.world.pulse.until(lambda: shown.keys().isdisjoint(shared), 60, "all removals")
    await tg.settled()
    await tg.set_latency(0)
    assert max(took) < 3
    removed = [c for c in tg.record.calls[calls:] if c.method == "deleteMessage"]
    assert len(removed) == len(shared)
    answers = [c for c in tg.record.calls[calls:] if c.method == "sendMessage"]
    assert len(answers) < len(shared) / 2


@pytest.mark.soak
async def test_a_long_flood_delays_nobody_else(tg, bot, stage):
    """While one person sends 200 texts a second, 95 of 100 taps of others take at most 500 ms (R40)."""
    quiet = crowd(tg, stage, 5)
    await each(quiet, to_the_hub)

    async def keep_flooding() -> None:
        while True:
            await flood(tg, 10)
            await asyncio.sleep(0.05)

    flooding = asyncio.create_task(keep_flooding())
    took = sorted(await waits(quiet, taps=60, pause=0.3))
    flooding.cancel()
    assert took[len(took) * 95 // 100] < 0.5
    assert len(tg.chat(FLOODER).events) > 3_000


async def flood(tg, texts: int) -> None:
    for n in range(texts):
        await tg.say(FLOODER, f"words {n}")


async def waits(people, taps: int, pause: float = 0.0) -> list[float]:
    """Measure how long each of `taps` taps of each person takes, with a pause after each; seconds."""
    took = []

    async def keep_tapping(person) -> None:
        for n in range(taps):
            began = time.monotonic()
            await person.tap("menu" if n % 2 else "talk")
            took.append(time.monotonic() - began)
            await asyncio.sleep(pause)

    await asyncio.gather(*map(keep_tapping, people))
    return took


def _sent(tg, chat_id: int) -> int:
    return sum(event.what == "sent" for event in tg.chat(chat_id).events)
