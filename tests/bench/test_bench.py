"""The benchmark measures what it says: its double keeps Telegram's queue, its crowds count."""

import aiohttp
import msgspec

from tests.bench import crowd
from tests.bench.crowd import Crowd
from tests.bench.double import TOKEN, Double
from tests.bench.programs import RAW_MENU, started


def crowd_of(double: Double, count: int) -> Crowd:
    return Crowd(double, range(1, count + 1), ("Next",), "hello", lambda: 0.0)


async def asked(double: Double, session: aiohttp.ClientSession, offset: int) -> list[int]:
    url = f"{double.url}/bot{TOKEN}/getUpdates"
    async with session.post(url, json={"offset": offset, "timeout": 0}) as answer:
        updates = msgspec.json.decode(await answer.read())["result"]
    return [update["update_id"] for update in updates]


async def test_an_update_is_repeated_until_confirmed() -> None:
    """The double hands out at most 100 updates, again and again until a later offset comes."""
    async with Double() as double, aiohttp.ClientSession() as session:
        fed = [double.feed_text(1, b'"hello"') for _ in range(101)]
        assert await asked(double, session, 0) == fed[:100]
        assert await asked(double, session, 0) == fed[:100]
        assert await asked(double, session, fed[99]) == fed[99:]
        assert await asked(double, session, fed[100] + 1) == []


async def test_a_crowd_sees_every_answer() -> None:
    """Each of 150 people who tap at once is counted, with her new screen and her spinner."""
    async with Double() as double, started(RAW_MENU, double.url, ()):
        people = crowd_of(double, 150)
        await people.enter(2)
        sample = await people.all_at_once()
    assert (sample.answered, sample.lost, len(sample.visible)) == (150, 0, 150)
    assert min(sample.visible) > 0


async def test_silence_counts_as_lost(monkeypatch) -> None:
    """Where no bot answers, everybody who acted counts as lost."""
    monkeypatch.setattr(crowd, "_PATIENCE", 0.02)
    async with Double() as double:
        sample = await crowd_of(double, 7).all_at_once()
    assert (sample.answered, sample.lost) == (0, 7)


async def test_a_call_from_afar_takes_its_time() -> None:
    """With a delay set, a call is answered only after it, and is visible before that."""
    async with Double() as double, started(RAW_MENU, double.url, ()):
        people = crowd_of(double, 5)
        await people.enter(1)
        double.delay = 0.2
        sample = await people.as_fast_as_possible(1.0, ramp=0.0)
        double.delay = 0.0
        await people.finished()
    assert sample.answered <= 5 * 6
    assert min(sample.visible) < 0.2
