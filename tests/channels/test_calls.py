"""What an answer of the Bot API, or of whoever speaks in its place, means for a delivery."""

import asyncio
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.channels.port import Gone, Impossible, NotDelivered, Removal, Undecided, Unwelcome
from bot.channels.telegram.api import Api, Conflicted, InvalidToken
from bot.channels.telegram.games import Games
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.messages import Messages
from bot.channels.telegram.poller import poll
from bot.channels.telegram.sender import TelegramSender
from bot.engine.session import Session
from tests.standin.server import StandIn

ANNA = 101


@pytest.fixture
async def answering(unused_tcp_port):
    """Answer every call with the given status and body, on loopback."""
    given: dict[str, Any] = {"status": 200, "body": b"{}", "calls": 0}

    async def answer(_request):
        given["calls"] += 1
        return web.Response(status=given["status"], body=given["body"])

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    async with Api(f"http://127.0.0.1:{unused_tcp_port}", "1:x") as api:
        yield api, given
    await runner.cleanup()


@pytest.fixture
def unused_tcp_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.mark.parametrize(
    ("status", "body", "means"),
    [
        (403, b'{"description":"Forbidden: bot was blocked by the user"}', Unwelcome),
        (403, b"<html>this site is filtered</html>", NotDelivered),
        (404, b"<html>no such page</html>", NotDelivered),
        (401, b'{"description":"Unauthorized"}', InvalidToken),
        (409, b'{"description":"Conflict: terminated by other getUpdates request"}', Conflicted),
        (413, b'{"description":"Request Entity Too Large"}', Impossible),
        (429, b'{"description":"Too Many Requests","parameters":{"retry_after":7}}', NotDelivered),
        (502, b"<html>bad gateway</html>", Undecided),
    ],
)
async def test_an_error_means_what_telegram_means(answering, status, body, means):
    """Only Telegram's own words erase a person or blame the token; a filter's page never does."""
    api, given = answering
    given.update(status=status, body=body)
    with pytest.raises(means) as caught:
        await api.call("sendMessage", b"{}")
    assert getattr(caught.value, "after", None) == (7 if status == 429 else None)


async def test_a_refused_connection_is_certainly_not_delivered(unused_tcp_port):
    """Where nobody listens nothing can have arrived."""
    async with Api(f"http://127.0.0.1:{unused_tcp_port}", "1:x") as api:
        with pytest.raises(NotDelivered):
            await api.call("sendMessage", b"{}")


async def test_a_page_in_telegrams_place_is_not_asked_in_a_hot_loop(answering, reader, stage):
    """An answer that is no JSON slows the questions down instead of speeding them up."""
    api, given = answering
    given["body"] = b"<html>welcome to the hotel network</html>"

    class Nobody:
        async def take(self, *_):
            raise AssertionError("nothing was there to take")

        async def play(self, _decide):
            return {}

        async def ordered(self):
            """Nobody leads anything."""

        async def roomy(self):
            """There is always room."""

        async def settled(self):
            """Nothing is ever under way."""

    games = Games(api, stage, (), lambda: 0.0)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await poll(api, reader, Nobody(), Groups(api, ()), games, lambda: 0.0)
    assert given["calls"] <= 2


async def test_an_edit_of_what_is_gone_is_sent_anew_by_the_delivery(book, keys, stage):
    """The sender says that the message is gone; it never sends a new one past the outbox."""
    async with StandIn() as tg, Api(tg.url, tg.token) as api:
        await tg.meet(ANNA)
        sender = TelegramSender(api, Messages(book, keys), Path())
        page = stage.page(Session("start", "en"), datetime(2026, 11, 21, 12, tzinfo=UTC))
        with pytest.raises(Gone):
            await sender.deliver(page, ANNA, 4242, None)
        await sender.deliver(Removal(page), ANNA, 4242, None)
        assert await tg.shown(ANNA) == []
