"""Many updates at once: everybody is answered, and nobody waits for the loudest."""

import asyncio
import time

import pytest

from tests.journeys.crowd import crowd, each
from tests.journeys.visitor import to_the_hub


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
    """While one person sends 500 texts in one moment, others' taps are answered in a moment (R40)."""
    assert max(await flooded(tg, stage, texts=500, taps=20)) < 3


@pytest.mark.soak
async def test_a_long_flood_delays_nobody_else(tg, bot, stage):
    """While one person sends 12,000 texts, 95 of 100 taps of others are answered in 500 ms (R40)."""
    waits = sorted(await flooded(tg, stage, texts=12_000, taps=200))
    assert waits[len(waits) * 95 // 100] < 0.5


async def flooded(tg, stage, *, texts: int, taps: int) -> list[float]:
    """Measure how long each of `taps` taps of quiet people takes under a flood; in seconds."""
    quiet = crowd(tg, stage, 5)
    await each(quiet, to_the_hub)
    flooder = 7_000_000_001
    for n in range(texts):
        await tg.say(flooder, f"words {n}")
    waits = []

    async def keep_tapping(person) -> None:
        for n in range(taps // len(quiet)):
            began = time.monotonic()
            await person.tap("menu" if n % 2 else "talk")
            waits.append(time.monotonic() - began)

    await asyncio.gather(*(keep_tapping(person) for person in quiet))
    assert len(waits) == taps
    await tg.settled(timeout=300)
    assert tg.chat(flooder).events[-1].what == "sent"
    return waits


def _sent(tg, chat_id: int) -> int:
    return sum(event.what == "sent" for event in tg.chat(chat_id).events)
