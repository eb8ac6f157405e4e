"""The only place where the parts are put together."""

import asyncio
import gc
import logging
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from rich.console import Console

from bot.channels.port import Channel
from bot.channels.terminal import Terminal, converse
from bot.content.load import load
from bot.conversation import Conversation, Retention
from bot.engine.blocks import SPECS
from bot.engine.stage import Stage
from bot.engine.world import Offered, World
from bot.errors import ContentError, SettingsError
from bot.language.catalogue import Catalogues
from bot.settings import Settings
from bot.store.keys import KeyRing
from bot.store.store import Store

_log = logging.getLogger("tirek.app")


def read_world(settings: Settings) -> World:
    """Read content and catalogues into the value the engine works on.

    Raises:
        ContentError: with every problem as `file:line:col: what (hint)`.
    """
    return World(
        content=load(settings.content.folder, SPECS),
        words=Catalogues.load(settings.content.locales),
        offered=Offered(settings.offered.countries, settings.offered.languages),
        kept_hours=settings.retention.session_hours,
    )


@asynccontextmanager
async def _talking(
    settings: Settings, stage: Stage, keys: KeyRing, url: str, channel: Channel
) -> AsyncIterator[Conversation]:
    """Open the store and start taking turns; stop and close in the reverse order."""
    kept = settings.retention
    store = await Store.open(url, keys)
    try:
        async with Conversation(
            stage,
            store,
            channel,
            Retention(
                sensitive=kept.sensitive_minutes * 60,
                session=kept.session_hours * 3600,
                reply=kept.reply_minutes * 60,
                waiting=kept.session_hours * 3600,
            ),
            time.time,
            window=settings.sending.window,
            parallel=settings.sending.parallel,
        ) as conversation:
            yield conversation
    finally:
        await store.close()


async def chat(settings: Settings, language: str | None, *, plain: bool) -> None:
    """Hold the conversation in this terminal; it leaves nothing on the disk."""
    console = Console(no_color=plain or None, highlight=False)
    terminal = Terminal(console, plain=plain)
    with tempfile.TemporaryDirectory(prefix="tirek-") as folder:
        keys = KeyRing(Path(folder) / "keys")
        stage = Stage(read_world(settings))
        async with _talking(settings, stage, keys, "sqlite://", terminal) as talk:
            await converse(talk, language)


def _settle_in() -> None:
    """Tune the interpreter for a service: a rare collector, a quick change between threads.

    The collector's usual thresholds walk all of content and libraries again and again while
    requests come and go: measured, that was half of the processor time of a tap. The store's
    thread would wait up to 5 ms for its turn each time the loop is busy.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    sys.setswitchinterval(0.0005)


async def serve(settings: Settings) -> None:
    """Serve Telegram until SIGTERM or SIGINT; SIGHUP reads content and catalogues again.

    Raises:
        SettingsError: if there is no token.
        ContentError: if the content cannot be served.

    A token that Telegram refuses ends nothing: it is logged with the remedy and tried again.
    """
    # Until there is content to read again, a request to do so must not end the process.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    token = settings.telegram.token
    if token is None:
        raise SettingsError(
            f"no token: put it into {settings.telegram.token_file} and chmod 600 it"
        )
    from bot.channels.telegram.service import Service  # noqa: PLC0415 - the terminal needs none

    keys = KeyRing(settings.store.keys, epoch=settings.store.epoch_hours * 3600)
    stage = Stage(read_world(settings))
    async with Service(settings.telegram, token.get_secret_value(), keys, stage) as service:
        url = settings.store.url
        async with _talking(settings, stage, keys, url, service.sender) as conversation:

            def reload() -> None:
                try:
                    fresh = Stage(read_world(settings))
                    service.show(fresh)
                except ContentError as problems:
                    # What serves now was whole; what is on the disk is not. Keep serving.
                    sys.stderr.write(f"{problems}\n")
                    _log.error("content.rejected")
                    return
                except Exception:  # noqa: BLE001 - whatever is on the disk, people are served
                    _log.exception("content.rejected")
                    return
                conversation.reload(fresh)
                _log.info("content.reloaded")

            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGHUP, reload)
            working = loop.create_task(service.work(conversation))
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, working.cancel)
            _settle_in()
            _log.info("app.started")
            with suppress(asyncio.CancelledError):
                await working
            _log.info("app.stopping")
