"""How the Bot API double fails on purpose, and limits the bot."""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.standin import Clock, StandIn

USER = 5001
OTHER = 5002
SECRET = "S-1_x"


@pytest.fixture
async def tg():
    async with StandIn(clock=Clock(1_800_000_000), seed=7) as double:
        await double.meet(USER)
        await double.meet(OTHER)
        yield double


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def send(tg, http):
    async def send(text: str = "a", chat_id: int = USER) -> dict[str, Any]:
        url = f"{tg.base_url}{tg.token}/sendMessage"
        async with http.post(url, json={"chat_id": chat_id, "text": text}) as response:
            body: dict[str, Any] = await response.json()
            assert body["ok"] or body["error_code"] == response.status
            return body

    return send


async def texts(tg: StandIn, chat_id: int = USER) -> list[str]:
    return [m.text for m in await tg.shown(chat_id)]


async def test_chat_rate(tg, send):
    """Too fast to one chat is 429 with the wait, for as long as it said, and to that chat only."""
    await tg.limit(per_chat=1)
    assert (await send("1"))["ok"]
    refused = await send("2")
    assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 1})
    assert (await send("3", OTHER))["ok"]
    await tg.advance(0.5)
    assert (await send("4"))["error_code"] == 429
    await tg.advance(0.5)
    assert (await send("5"))["ok"]
    await tg.limit()
    assert (await send("6"))["ok"]
    assert await texts(tg) == ["1", "5", "6"]


async def test_overall_and_group_rate(tg, send):
    """All chats together, and a group in a minute, have their own limits."""
    await tg.limit(overall=3, per_group_minute=2)
    await tg.meet(USER, chat_id=-9)
    assert [(await send("x", chat))["ok"] for chat in (-9, -9, USER, OTHER)] == [1, 1, 1, 0]
    await tg.advance(1)
    refused = await send("x", -9)
    assert refused["parameters"] == {"retry_after": 59}
    assert (await send())["ok"]


async def test_next_calls_fail(tg, send):
    """The next calls of a method fail as told, then all is well again."""
    await tg.fault("error", method="sendMessage", times=1, code=429, retry_after=7)
    await tg.fault("error", times=1, code=502, chat_id=USER)
    assert (await send("x", OTHER))["parameters"] == {"retry_after": 7}
    assert (await send("y"))["description"] == "Bad Gateway"
    assert (await send("z"))["ok"]
    assert [(c.fault, c.applied, c.status) for c in await tg.calls()] == [
        ("error", False, 429),
        ("error", False, 502),
        ("", True, 200),
    ]
    assert await texts(tg) == ["z"]
    assert await tg.violations() == []


@pytest.mark.parametrize(
    ("kind", "executed"), [("drop_before", False), ("drop_after", True), ("truncate", True)]
)
async def test_lost_answers(tg, send, kind, executed):
    """A lost answer leaves the bot in doubt; only the double knows what was executed."""
    await tg.fault(kind, times=1)
    with pytest.raises(aiohttp.ClientError):
        await send("lost?")
    await send("next")
    assert await texts(tg) == ["lost?"] * executed + ["next"]
    (lost, _) = await tg.calls()
    assert (lost.fault, lost.status, lost.applied) == (kind, 0, executed)


async def test_slow_answers(tg, send):
    """Latency holds back every answer, a slow fault only its own."""
    clock = asyncio.get_running_loop().time
    await tg.set_latency(20)
    begin = clock()
    await send()
    assert clock() - begin >= 0.02
    await tg.set_latency(0)
    await tg.fault("slow", times=1, seconds=0.03)
    begin = clock()
    await send()
    assert clock() - begin >= 0.03


async def test_a_line_that_says_nothing(tg, http):
    """A call that hangs is done, and its answer never comes, however long one waits."""
    await tg.fault("hang", times=1)
    url, limit = f"{tg.base_url}{tg.token}/sendMessage", aiohttp.ClientTimeout(total=0.3)
    with pytest.raises(TimeoutError):
        await http.post(url, json={"chat_id": USER, "text": "a"}, timeout=limit)
    assert await texts(tg) == ["a"]
    (call,) = await tg.wait_calls("sendMessage", 1)
    assert (call.status, call.applied) == (0, True)


@pytest.mark.parametrize(("whole", "other"), [(False, True), (True, False)])
async def test_a_door_stays_shut(tg, send, whole, other):
    """Shut, a chat or the whole bot is refused until the time is over, and told how long that is."""
    await tg.fault("shut", times=1, retry_after=30, whole=whole)
    assert (await send())["parameters"] == {"retry_after": 30}
    await tg.advance(29)
    assert (await send())["parameters"] == {"retry_after": 1}
    assert (await send(chat_id=OTHER))["ok"] is other
    await tg.advance(1)
    assert (await send())["ok"]


async def test_chance_is_seeded():
    """Faults by chance strike about as often as asked, and the same calls for the same seed."""

    async def struck(seed: int) -> list[bool]:
        async with StandIn(seed=seed) as tg, aiohttp.ClientSession() as http:
            await tg.fault("error", chance=0.3)
            for _ in range(200):
                await (await http.get(f"{tg.base_url}{tg.token}/getMe")).read()
            return [bool(c.fault) for c in tg.record.calls]

    first, again, other = await struck(1), await struck(1), await struck(2)
    assert first == again != other
    assert 30 <= sum(first) <= 90


async def test_fault_needs_an_aim(tg):
    """A fault says either how often or how likely."""
    with pytest.raises(ValueError, match="either times or chance"):
        await tg.fault("error")


async def test_migration(tg, send):
    """A group that became a supergroup answers with its new id."""
    await tg.meet(USER, chat_id=-9)
    await tg.migrate(-9, -1009)
    refused = await send("a", -9)
    assert refused["parameters"] == {"migrate_to_chat_id": -1009}
    assert (await send("a", -1009))["ok"]
