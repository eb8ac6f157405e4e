"""Polling: Telegram's queue is our inbox; an update is confirmed only after it is committed."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

import aiohttp
import msgspec

from bot.channels.port import Intake
from bot.channels.telegram.api import Api, Conflicted, InvalidToken, pause_for
from bot.channels.telegram.games import Games
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.updates import WANTED, Read, Reader
from bot.errors import ChannelError

_log = logging.getLogger("tirek.telegram")

_LONG_POLL = 30
"""Seconds Telegram holds an empty answer back."""

_GRACE = 10
"""Seconds an answer may take beyond the long poll."""

_PATIENCE = aiohttp.ClientTimeout(total=_LONG_POLL + _GRACE)

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 15.0
_TRIES = 2
"""How often an answer without one readable number is asked for before it is passed over (R34)."""


async def poll(
    api: Api,
    reader: Reader,
    intake: Intake,
    groups: Groups,
    games: Games,
    clock: Callable[[], float],
) -> None:
    """Ask for updates for ever; the next question confirms what the last answer brought.

    Nothing is lost by a crash between answer and commit: Telegram repeats what was not confirmed.
    """
    offset, pause, unreadable, serving = 0, _FIRST_PAUSE, 0, False
    while True:
        await intake.roomy()
        try:
            answer = await api.call("getUpdates", _question(offset), _PATIENCE)
        except ChannelError as error:
            await _explain(error, api)
            await pause_for(error, pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
            continue
        found = reader.read(answer, clock())
        if found.whole and not serving:
            _log.info("telegram.serving")
            serving = True
        if found.broken:
            _log.warning("telegram.set_aside count=%d", found.broken)
        groups.meet(found.grouped)
        # Whoever waits for help is answered even while the database is away; a game can wait for it.
        if found.inbound or found.set_aside:
            await intake.take(found.inbound, found.set_aside)
        await games.hear(found.voted, intake)
        unreadable = unreadable + 1 if found.pieces and found.last is None else 0
        offset = _next(offset, found, unreadable)
        if found.last is None and (found.pieces or not found.whole):
            # No update and no empty answer either: somebody else speaks in Telegram's place.
            _log.warning("telegram.poll_unreadable")
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            pause = _FIRST_PAUSE


async def _explain(error: ChannelError, api: Api) -> None:
    """Say why a question failed; with the remedy, where it ends only when the operator acts."""
    if isinstance(error, (Conflicted, InvalidToken)):
        _log.error("telegram.poll_refused %s", error.__doc__)
    else:
        _log.warning("telegram.poll_failed reason=%s", type(error).__name__)
    if isinstance(error, Conflicted):
        # A webhook of ours from before would keep every question out for ever.
        with suppress(ChannelError):
            await api.call("deleteWebhook", b"{}")


def _next(offset: int, found: Read, unreadable: int) -> int:
    if found.last is not None:
        return found.last + 1
    if unreadable >= _TRIES and offset:
        return offset + 1
    return offset


def _question(offset: int) -> bytes:
    return msgspec.json.encode(
        {"offset": offset, "timeout": _LONG_POLL, "limit": 100, "allowed_updates": WANTED}
    )
