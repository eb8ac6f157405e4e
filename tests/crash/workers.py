"""The bot as one process that polls, or as several behind one webhook."""

import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from tests.journeys.front import HOST, Front
from tests.process import BotProcess
from tests.standin.server import StandIn

SECRET = "w-Q5f_" * 8


@asynccontextmanager
async def workers(
    folder: Path, tg: StandIn, number: int, url: str, settings: str
) -> AsyncIterator[list[BotProcess]]:
    """Start `number` processes on the database at `url`, or on one in `folder`; end them all."""
    env = {"TIREK_STORE__URL": url} if url else {}
    async with AsyncExitStack() as stack:
        if number == 1:
            yield [await stack.enter_async_context(BotProcess(folder, tg, extra=settings, env=env))]
            return
        secret = folder / "secret"
        secret.touch(mode=0o600)
        secret.write_text(SECRET)
        env |= {
            "TIREK_TELEGRAM__MODE": "webhook",
            "TIREK_TELEGRAM__WEBHOOK__PUBLIC_URL": f"https://{HOST}/telegram",
            "TIREK_TELEGRAM__WEBHOOK__SECRET_FILE": str(secret),
        }
        ports = [_free() for _ in range(number)]
        front = await stack.enter_async_context(Front(folder, *ports))
        tg.world.webhook._session = front.client()
        bots = [
            BotProcess(
                folder, tg, extra=settings, env=env | {"TIREK_TELEGRAM__WEBHOOK__PORT": str(port)}
            )
            for port in ports
        ]
        yield [await stack.enter_async_context(bot) for bot in bots]


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
