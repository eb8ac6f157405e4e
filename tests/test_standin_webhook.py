"""How the Bot API double delivers to a webhook."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import msgspec
import pytest
from aiohttp import web

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


class Hook:
    """A bot's webhook that answers as told, and remembers what came: (secret, update)."""

    def __init__(self) -> None:
        self.got: list[tuple[str | None, dict[str, Any]]] = []
        self.answer: Callable[[dict[str, Any]], Awaitable[web.Response]] = self.fine
        self.url = ""

    async def fine(self, _: dict[str, Any]) -> web.Response:
        return web.Response()

    async def serve(self, request: web.BaseRequest) -> web.Response:
        update = msgspec.json.decode(await request.read())
        self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update))
        return await self.answer(update)

    def ids(self) -> list[int]:
        return [update["update_id"] for _, update in self.got]

    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.got]


@pytest.fixture
async def hook(tg, http):
    hook = Hook()
    runner = web.ServerRunner(web.Server(hook.serve), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await tg.set_webhook_scale(0.001)
    params = {"url": hook.url, "secret_token": SECRET}
    async with http.post(f"{tg.base_url}{tg.token}/setWebhook", json=params) as response:
        assert response.status == 200
    yield hook
    await tg.world.webhook.close()
    await runner.cleanup()


async def test_webhook_delivery(tg, hook):
    """Each update is posted once, with the secret; a 2xx without a body forgets it."""
    await tg.say(USER, "a")
    await tg.send_raw('{"update_id": 950000000, "new_kind": {}}')
    await tg.wait_confirmed()
    assert [secret for secret, _ in hook.got] == [SECRET, SECRET]
    assert sorted(hook.ids())[1] == 950_000_000
    assert await tg.violations() == []


async def test_webhook_backlog(tg, hook, http):
    """What waited before the webhook was set is delivered to it."""
    url = f"{tg.base_url}{tg.token}"
    await (await http.get(f"{url}/deleteWebhook")).read()
    await tg.say(USER, "early")
    await (await http.post(f"{url}/setWebhook", json={"url": hook.url})).read()
    await tg.wait_confirmed()
    assert hook.texts() == ["early"]
    assert hook.got[0][0] is None


async def test_webhook_head_of_line(tg, hook):
    """A refused update comes again until taken, and blocks its own chat, not the others."""
    blocked = asyncio.Event()

    async def answer(update: dict[str, Any]) -> web.Response:
        first = update["message"]["text"] == "1"
        if first and hook.texts().count("1") >= 4:
            blocked.set()
        return web.Response(status=500 if first and not opened.is_set() else 200)

    opened = asyncio.Event()
    hook.answer = answer
    await tg.say(USER, "1")
    await tg.say(USER, "2")
    await tg.say(OTHER, "other")
    await asyncio.wait_for(blocked.wait(), 5)
    assert "other" in hook.texts()
    assert "2" not in hook.texts()
    opened.set()
    await tg.wait_confirmed()
    assert hook.texts()[-2:] == ["1", "2"]
    assert tg.world.webhook.info()["last_error_message"] == "Wrong response from the webhook: 500"


async def test_webhook_lanes(tg, hook):
    """A tap and a text of one person may be under way at the same time."""
    both = asyncio.Barrier(2)

    async def answer(_: dict[str, Any]) -> web.Response:
        await both.wait()
        return web.Response()

    hook.answer = answer
    await tg.say(USER, "text")
    await tg.forge_tap(USER, "tap")
    await tg.wait_confirmed(timeout=5)
    assert len(hook.got) == 2


async def test_webhook_pauses(tg, hook, monkeypatch):
    """The pauses are 0, 1, 2, 4 s; a Retry-After is obeyed up to an hour."""
    wishes = iter([None, None, None, None, "30", "9999", "soon"])
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    async def answer(_: dict[str, Any]) -> web.Response:
        try:
            wish = next(wishes)
        except StopIteration:
            return web.Response()
        return web.Response(status=503, headers={"Retry-After": wish} if wish else {})

    hook.answer = answer
    monkeypatch.setattr("tests.standin.webhook.asyncio.sleep", noted)
    await tg.set_webhook_scale(1)
    await tg.say(USER, "a")
    await tg.wait_confirmed()
    assert pauses == [0, 1, 2, 4, 30, 3600, 32]


async def test_webhook_body_is_a_violation(tg, hook):
    """A method in the webhook's answer is a violation: its message could never be erased."""

    async def answer(_: dict[str, Any]) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": USER, "text": "x"})

    hook.answer = answer
    await tg.say(USER, "a")
    await tg.wait_confirmed()
    (violation,) = await tg.violations()
    assert violation.method == "webhook"
    assert len(await tg.shown(USER)) == 1


async def test_webhook_gives_up(tg, hook):
    """A hang-up is tried again; what nobody took in a day is dropped."""
    hung = asyncio.Event()

    async def answer(_: dict[str, Any]) -> web.Response:
        if len(hook.got) >= 2:
            hung.set()
        raise ConnectionResetError

    hook.answer = answer
    await tg.say(USER, "a")
    await asyncio.wait_for(hung.wait(), 5)
    await tg.advance(86_400)
    await tg.wait_confirmed()
    assert len(await tg.expired()) == 1


async def test_webhook_gone(tg, hook):
    """After 23 h of nothing but 410 the webhook is removed and polls work again."""
    answered = asyncio.Event()

    async def answer(_: dict[str, Any]) -> web.Response:
        if len(hook.got) >= 2:
            answered.set()
        return web.Response(status=410)

    hook.answer = answer
    await tg.say(USER, "a")
    await asyncio.wait_for(answered.wait(), 5)
    assert tg.world.webhook.url
    await tg.advance(23 * 3600)
    await tg.world.pulse.until(lambda: not tg.world.webhook.url, 5, "webhook removed")
    assert len(await tg.pending()) == 1
