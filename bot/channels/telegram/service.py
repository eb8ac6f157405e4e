"""Telegram as one service: the session, the way out, and polling or the webhook as the way in."""

import asyncio
import logging
import time
from pathlib import Path
from typing import Self

from telegram.error import TelegramError

from bot.channels.port import Intake
from bot.channels.telegram.api import Api
from bot.channels.telegram.buttons import Codebook, Seal
from bot.channels.telegram.games import Games
from bot.channels.telegram.groups import Groups
from bot.channels.telegram.messages import Messages
from bot.channels.telegram.poller import poll
from bot.channels.telegram.profile import client, own_link, set_commands
from bot.channels.telegram.sender import TelegramSender
from bot.channels.telegram.updates import WANTED, Reader
from bot.channels.telegram.webhook import application, listen
from bot.engine.stage import Stage
from bot.errors import ChannelError
from bot.settings.model import Telegram

_log = logging.getLogger("tirek.telegram")

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
"""Seconds between tries to make ourselves known to Telegram; doubled from the first on."""


class Service:
    """The bot on Telegram. `sender` is the way out; `work` brings updates in until cancelled."""

    def __init__(
        self,
        settings: Telegram,
        token: str,
        keys: Seal,
        stage: Stage,
        media: Path,
        *,
        lasting: Seal | None = None,
        paid: bool = False,
    ) -> None:
        """Prepare; connections open with `async with`.

        `lasting` are the keys of the button that ends the news; without them there is no news.
        `paid` says that Telegram is paid for sending news faster than for nothing.
        """
        self._lasting, self._paid = lasting, paid
        self._settings, self._keys, self._stage = settings, keys, stage
        self._api = Api(settings.api_url, token)
        self._bot = client(settings.api_url, token, self._api)
        book = _codebook(stage)
        self._reader = Reader(book, keys, lasting)
        self._renewed = asyncio.Event()
        team = settings.questions
        stays = {*settings.groups, *settings.games, *([team] if team else [])}
        self._groups = Groups(self._api, stays)
        self._games = Games(self._api, stage, settings.games, time.time)
        self.sender = TelegramSender(self._api, self._messages(book), media)

    async def __aenter__(self) -> Self:
        """Open the session to the Bot API."""
        await self._api.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close every connection."""
        await self._groups.stop()
        await self._api.__aexit__()

    def show(self, stage: Stage) -> None:
        """Serve new content: its buttons from now on, its commands soon.

        Raises:
            ContentError: if two ids share a button code; then nothing has changed.
        """
        book = _codebook(stage)
        self._stage = self._games.stage = stage
        self._renewed.set()
        self._reader.codebook = book
        self.sender.messages = self._messages(book)

    def _messages(self, book: Codebook) -> Messages:
        return Messages(book, self._keys, self._lasting, paid=self._paid)

    async def work(self, intake: Intake) -> None:
        """Bring updates in until cancelled.

        Raises:
            ChannelError: if Telegram does not know the token.
        """
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._introduce())
            tasks.create_task(self._games.work(intake))
            if self._settings.mode == "webhook":
                tasks.create_task(self._listen(intake))
            else:
                tasks.create_task(self._poll(intake))

    async def _poll(self, intake: Intake) -> None:
        await poll(self._api, self._reader, intake, self._groups, self._games, time.time)

    async def _introduce(self) -> None:
        """Learn our own address, and set the command menu, now and whenever the content is new, however often it takes."""
        pause = _FIRST_PAUSE
        while True:
            self._renewed.clear()
            self._groups.link = self._groups.link or await own_link(self._bot)
            self.sender.link = self._groups.link
            self._games.link = self._groups.link
            if self._groups.link and await set_commands(self._bot, self._stage.world):
                pause = _FIRST_PAUSE
                await self._renewed.wait()
            else:
                _log.warning("telegram.commands_not_set")
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _listen(self, intake: Intake) -> None:
        settings = self._settings.webhook
        secret = settings.secret()
        if secret is None or settings.public_url is None:
            raise ChannelError("a webhook needs a secret and a public address")
        words = secret.get_secret_value()
        app = application(
            settings.path, words, self._reader, intake, self._groups, self._games, time.time
        )
        runner = await listen(app, settings.listen, settings.port)
        try:
            await self._ask_for_calls(settings.public_url, words)
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _ask_for_calls(self, url: str, words: str) -> None:
        """Name our address to Telegram until it is taken: a restart must not need good weather."""
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._bot.set_webhook(url, secret_token=words, allowed_updates=WANTED)
            except TelegramError as error:
                _log.error("telegram.webhook_not_set reason=%s", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                return


def _codebook(stage: Stage) -> Codebook:
    world = stage.world
    return Codebook.of(world.content, world.offered.languages, world.clubs)
