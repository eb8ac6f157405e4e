"""The webhook: Telegram calls us; 200 means committed, 503 means later, the body stays empty."""

import asyncio
import hmac
import logging
from collections.abc import Callable

from aiohttp import web

from bot.channels.port import Intake
from bot.channels.telegram.games import Games
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.updates import Reader

_log = logging.getLogger("tirek.telegram")

_LARGEST = 1024 * 1024
"""Bytes of one update; Telegram's own stay far below."""

_READ_TIME, _COMMIT_TIME = 10.0, 30.0
"""Seconds for reading a body and for making its turn durable; Telegram waits 60."""

_PARTING = 2.0
"""Seconds for calls under way when told to stop; Telegram brings again what was not confirmed."""

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name


def application(
    path: str,
    secret: str,
    reader: Reader,
    intake: Intake,
    groups: Groups,
    games: Games,
    clock: Callable[[], float],
) -> web.Application:
    """Build the listener: one path, one secret, checked before the body is read (R31)."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return web.Response(status=403)
        try:
            async with asyncio.timeout(_READ_TIME):
                body = await request.content.read(_LARGEST + 1)
                while len(body) <= _LARGEST and not request.content.at_eof():
                    body += await request.content.read(_LARGEST + 1 - len(body))
        except TimeoutError:
            return web.Response(status=503)
        if len(body) > _LARGEST:
            # An authentic update is never refused, it would block this person's queue for a day.
            _log.warning("webhook.too_large")
            return web.Response()
        found = reader.read_one(body, clock())
        if found.broken:
            _log.warning("telegram.set_aside count=%d", found.broken)
        groups.meet(found.grouped)
        try:
            async with asyncio.timeout(_COMMIT_TIME):
                await intake.take(found.inbound, found.set_aside)
                await games.hear(found.voted, intake)
        except TimeoutError:
            return web.Response(status=503)
        return web.Response()

    app = web.Application()
    app.router.add_post(path, receive)
    return app


async def listen(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Start listening; stop with `cleanup()` of what is returned."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_PARTING)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner
