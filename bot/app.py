"""The only place where the parts are put together."""

import asyncio
import gc
import logging
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from secrets import token_bytes

from rich.console import Console

from bot.building import at_once
from bot.campaigns.progress import Limits
from bot.channels.port import Channel
from bot.channels.terminal import Terminal, converse
from bot.content.lexicon import read_lexicon
from bot.content.load import load
from bot.content.media import MEDIA
from bot.content.origin import Origin
from bot.conversation import Conversation
from bot.engine.blocks import SPECS
from bot.engine.stage import Stage
from bot.engine.world import Club, Offered, World
from bot.errors import ContentError, SettingsError, StoreError
from bot.growing import grow
from bot.language.catalogue import Catalogues
from bot.lockdown import Flag, HelpLines
from bot.mailing.beside import Beside
from bot.mailing.mailer import Mailer
from bot.mailing.pace import Pace
from bot.mailing.pages import Pages
from bot.mailing.terms import Clocks, Terms
from bot.mailing.waking import awake
from bot.settings import Settings
from bot.store.bag import Bag
from bot.store.keys import KeyRing
from bot.store.letters import Caps
from bot.store.longkey import LongKey
from bot.store.store import Store
from bot.turns import Retention

_log = logging.getLogger("tirek.app")

_BOOT_TIME = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


@at_once()
def read_world(settings: Settings) -> World:
    """Read content and catalogues into the value the engine works on.

    Raises:
        ContentError: with every problem as `file:line:col: what (hint)`.
    """
    lexicon, problems = read_lexicon(settings.content.folder / "lexicon")
    if problems and settings.telegram.games:
        # Without these words nobody could say what must not be asked in a group.
        raise ContentError("\n".join(map(str, problems)))
    return World(
        # Where each line was written is for authors; a service that runs for months needs no 15 MB.
        content=load(settings.content.folder, SPECS).model_copy(update={"origin": Origin()}),
        words=Catalogues.load(settings.content.locales),
        offered=Offered(settings.offered.countries, settings.offered.languages),
        draw=token_bytes,
        kept_hours=settings.retention.session_hours,
        fade_minutes=settings.retention.fade_minutes,
        team=settings.telegram.questions,
        policy=settings.directory.policy,
        clubs=tuple(Club(id_, name) for id_, name in settings.telegram.games.items()),
        lexicon=lexicon,
        channel=settings.telegram.channel or "",
        daily=settings.sending.campaigns.daily,
        limits=Limits(
            settings.sending.campaigns.per_second, settings.sending.campaigns.daily_overall
        ),
    )


@asynccontextmanager
async def _talking(
    settings: Settings, stage: Stage, keys: KeyRing, channel: Channel, *, lasting: bool
) -> AsyncIterator[Conversation]:
    """Open the store and start taking turns; stop and close in the reverse order.

    What is not `lasting` stands in memory only.
    """
    kept, pace = settings.retention, Pace(settings.sending.campaigns.per_second)
    store = await Store.open(
        settings.store.url if lasting else "sqlite://",
        keys,
        marks=settings.store.marks if lasting else None,
        long_key=settings.store.long_key if lasting else None,
        idle=kept.fade_minutes * 60,
    )
    try:
        async with Conversation(
            stage,
            store,
            Beside(channel, pace, _steady) if lasting else channel,
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
            growing = asyncio.create_task(grow(conversation, store, time.time), name="growing")
            rotating = asyncio.create_task(store.rotation.look_after(), name="rotating")
            try:
                if lasting:
                    async with _mailer(settings, store, conversation, channel, pace):
                        yield conversation
                else:
                    yield conversation
            finally:
                for task in (growing, rotating):
                    task.cancel()
                await asyncio.gather(growing, rotating, return_exceptions=True)
    finally:
        await store.close()


def _mailer(
    settings: Settings, store: Store, conversation: Conversation, channel: Channel, pace: Pace
) -> Mailer:
    """Make the mailer of this process; it does nothing until campaigns are approved."""
    chosen = settings.sending.campaigns
    return Mailer(
        store.mailroom,
        channel,
        Pages(store.mailroom, lambda: conversation.world),
        pace,
        Clocks(time.time, _steady),
        Terms(
            lambda country, quiet, at: awake(conversation.world, country, quiet, at),
            Caps(chosen.daily, chosen.daily_overall),
            chosen.window,
        ),
        Bag(settings.store.keys),
        erase=conversation.outward.erase,
    )


def _steady() -> float:
    """Read a clock that nobody sets and that runs while the machine sleeps, where there is one."""
    return time.clock_gettime(_BOOT_TIME)


async def chat(settings: Settings, language: str | None, *, plain: bool) -> None:
    """Hold the conversation in this terminal; it leaves nothing on the disk."""
    console = Console(no_color=plain or None, highlight=False)
    with tempfile.TemporaryDirectory(prefix="tirek-") as folder:
        terminal = Terminal(console, Path(folder), plain=plain)
        keys = KeyRing(Path(folder) / "keys")
        stage = Stage(read_world(settings))
        async with _talking(settings, stage, keys, terminal, lasting=False) as talk:
            await converse(talk, language)


def _settle_in() -> None:
    """Tune the interpreter for a service: what stands is not looked at again, threads change quickly.

    The store's thread would wait up to 5 ms for its turn each time the loop is busy.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(0.0005)


def _prepare(world: World) -> None:
    """Index names and phrases before somebody waits for them."""
    world.disclosures.prepare()
    world.places.prepare()


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
    # Told to stop at any moment from here on, it stops in order: what is under way is noted.
    loop = asyncio.get_running_loop()
    serving = loop.create_task(_serve(settings, token.get_secret_value()))

    def stop() -> None:
        if not serving.cancelling():  # told twice, it must not leave its parting unfinished
            serving.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    with suppress(asyncio.CancelledError):
        await serving


async def lock_down(settings: Settings) -> None:
    """Destroy the keys and every row they protect; a service that runs does the same by itself.

    Raises:
        StoreError: the database or the folder of keys cannot be written.
    """
    keys = KeyRing(settings.store.keys, epoch=settings.store.epoch_hours * 3600)
    store = await Store.open(
        settings.store.url,
        keys,
        marks=settings.store.marks,
        long_key=settings.store.long_key,
        any_key=True,  # a lost key must not stand in the way of this
    )
    try:
        await store.lockdown()
    finally:
        await store.close()


async def _serve(settings: Settings, token: str) -> None:
    """Serve everybody until the bot is locked down, and from then on help lines only."""
    flag, stage = Flag(settings.store.lockdown), Stage(read_world(settings))
    if not flag.is_up:
        await _serve_everybody(settings, token, stage, flag)
        _log.error("lockdown.begun")
    try:
        # Also at a start under lockdown: whoever ended the process may have ended this too early.
        await lock_down(settings)
    except StoreError:
        _log.exception("lockdown.incomplete")  # help lines need neither keys nor rows
    await _serve_help_lines(settings, token, stage)


async def _is_locked_down(work: Coroutine[None, None, None], flag: Flag) -> bool:
    """Do `work` until it ends or the flag is raised; tell whether it was."""
    working, locking = asyncio.create_task(work), asyncio.create_task(flag.raised())
    try:
        await asyncio.wait((working, locking), return_when=asyncio.FIRST_COMPLETED)
        if not locking.done():
            await working
        return locking.done()
    finally:
        working.cancel()
        locking.cancel()
        await asyncio.gather(working, locking, return_exceptions=True)


async def _serve_help_lines(settings: Settings, token: str, stage: Stage) -> None:
    """Answer everybody with the emergency numbers, under keys that nobody needs afterwards."""
    from bot.channels.telegram.service import Service  # noqa: PLC0415 - the terminal needs none

    with tempfile.TemporaryDirectory(prefix="tirek-") as folder:
        keys = KeyRing(Path(folder) / "keys")
        media = settings.content.folder / MEDIA
        async with Service(settings.telegram, token, keys, stage, media) as service:
            await service.work(HelpLines(stage, service.sender, time.monotonic))


async def _serve_everybody(settings: Settings, token: str, stage: Stage, flag: Flag) -> None:
    from bot.channels.telegram.service import Service  # noqa: PLC0415 - the terminal needs none

    keys = KeyRing(settings.store.keys, epoch=settings.store.epoch_hours * 3600)
    lasting = LongKey(settings.store.long_key)
    media = settings.content.folder / MEDIA
    paid = settings.sending.campaigns.paid
    async with Service(
        settings.telegram, token, keys, stage, media, lasting=lasting, paid=paid
    ) as service:
        sender = service.sender
        async with _talking(settings, stage, keys, sender, lasting=True) as conversation:

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

            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reload)
            _settle_in()
            _log.info("app.started")
            warming = asyncio.create_task(asyncio.to_thread(_prepare, stage.world))
            try:
                if await _is_locked_down(service.work(conversation), flag):
                    conversation.break_off()
            finally:
                warming.cancel()
                _log.info("app.stopping")
