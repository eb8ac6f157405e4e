"""The same journeys when Telegram calls us, through a proxy that speaks https."""

import asyncio
import socket
from dataclasses import dataclass
from io import BytesIO

import aiohttp
import msgspec
import pytest
import pytest_asyncio

from tests.conftest import LANGUAGES
from tests.journeys.crowd import crowd
from tests.journeys.front import HOST, Front
from tests.journeys.test_languages import to_a_number
from tests.journeys.test_locations import deletions, gone
from tests.journeys.visitor import to_the_hub
from tests.process import BotProcess
from tests.standin.webhook import SECRET_HEADER

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "w-Q5f_" * 8
URL = f"https://{HOST}/telegram"
UPDATE = {
    "update_id": 5,
    "message": {
        "message_id": 1,
        "date": 1_800_000_000,
        "chat": {"id": 6_000_000_001, "type": "private"},
        "from": {"id": 6_000_000_001},
        "text": "/start",
    },
}


@dataclass
class Hooked:
    """A bot behind its webhook: the front, and the listener's own address."""

    front: Front
    listener: str
    process: BotProcess


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def hooked(tg, tmp_path_factory):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("bot")
    secret = folder / "secret"
    secret.touch(mode=0o600)
    secret.write_text(SECRET)
    settings = {
        "MODE": "webhook",
        "WEBHOOK__PORT": str(port),
        "WEBHOOK__PUBLIC_URL": URL,
        "WEBHOOK__SECRET_FILE": str(secret),
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(f"TIREK_TELEGRAM__{name}", value)
        async with Front(folder, port) as front:
            tg.world.webhook._session = front.client()
            async with BotProcess(folder, tg, level="debug") as process:
                await tg.wait_listening()
                yield Hooked(front, f"http://127.0.0.1:{port}/telegram", process)


async def test_the_journey_over_a_webhook(tg, hooked, stage):
    """Over a webhook each language leads to a number all the same, and no answer has a body (R10)."""
    assert tg.world.webhook.url == URL
    assert tg.world.webhook.secret == SECRET
    await asyncio.gather(
        *(to_a_number(tg, stage, one, 6_000_000_001 + n) for n, one in enumerate(LANGUAGES))
    )
    await tg.settled()
    assert await tg.violations() == []
    assert await tg.pending() == []
    assert await tg.calls("getUpdates") == []
    assert tg.world.webhook.last_error is None
    assert SECRET not in hooked.process.log.read_text()


async def test_a_location_over_a_webhook_is_removed(tg, hooked, stage):
    """What shows where she is goes from the chat, however it came to us."""
    (visitor,) = crowd(tg, stage, 1)
    await to_the_hub(visitor)
    before = len(tg.chat(visitor.id).events)
    hers = await visitor.share(46.842317, 74.981523)
    await visitor.answered(before, "a location")
    await gone(tg, visitor, hers)
    assert deletions(tg, hers) == [200]
    assert await tg.violations() == []


async def test_only_telegram_is_let_in(tg, hooked, stage):
    """Without the secret, or with another, a call gets 403 and nothing in it has any effect (R31)."""
    body, before = msgspec.json.encode(UPDATE), len(await tg.calls("sendMessage"))
    wrong = [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}, {SECRET_HEADER: SECRET + "x"}]
    wrong += [{SECRET_HEADER: SECRET.upper()}, {SECRET_HEADER: "ә" * len(SECRET)}]
    async with aiohttp.ClientSession() as http:
        for headers in wrong:
            async with http.post(hooked.listener, data=body, headers=headers) as answer:
                assert answer.status == 403
        outer = hooked.front.client()
        async with outer, outer.post(URL, data=body, headers=wrong[2]) as answer:
            assert answer.status == 403
        (visitor,) = crowd(tg, stage, 1)
        await visitor.begin()
        await tg.settled()
        assert len(await tg.calls("sendMessage")) == before + 1


async def test_what_telegram_brings_is_taken(hooked):
    """Whatever comes with the secret is taken with an empty 200, so that it blocks nobody."""
    headers = {SECRET_HEADER: SECRET}
    odd = [b"", b"{", b"\xff\xfe", b"[]", b'{"update_id": "x"}', b"{}", b"[" * 100_000]
    odd.append(b" " * (1024 * 1024 + 1))
    async with aiohttp.ClientSession() as http:
        for body in odd:
            async with http.post(hooked.listener, data=BytesIO(body), headers=headers) as answer:
                assert (answer.status, await answer.read()) == (200, b"")


async def test_a_busy_telegram_does_not_keep_the_listener_away(tg, hooked, stage):
    """A webhook that could not be set at once is set as soon as Telegram takes it."""
    await hooked.process.stop()
    tg.world.webhook.set("", None, 40)
    await tg.fault("error", method="setWebhook", code=502, times=1)
    await hooked.process.start()
    await tg.wait_listening()
    (visitor,) = crowd(tg, stage, 1)
    await visitor.begin()
