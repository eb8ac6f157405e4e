"""The way out to Telegram: a tap shows its new screen at once, everything else is a message."""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import msgspec

from bot.channels.port import (
    Cleared,
    Gone,
    Impossible,
    NotDelivered,
    PassedOn,
    Removal,
    Shown,
    Undecided,
    Unwelcome,
)
from bot.channels.telegram.api import Api, Conflicted, InvalidToken, Refused
from bot.channels.telegram.clearing import Clearing
from bot.channels.telegram.messages import QUIET, Messages
from bot.engine.screen import (
    ADDRESS,
    CardPage,
    NewsPage,
    Page,
    PicturePage,
    RecordingPage,
    VenuePage,
)
from bot.errors import ChannelError

_log = logging.getLogger("tirek.telegram")

_PAUSE_WITHOUT_TOKEN = 30.0

_UNTIL_LINKED = 1.0
"""Seconds after which to look again whether the bot's own address is known by now."""

_ADDRESS = ADDRESS.encode()

_NOT_THERE = ("message to edit not found", "MESSAGE_ID_INVALID")
"""Words of Telegram's refusals: she has removed it."""


class _New(msgspec.Struct):
    message_id: int


class _Answer(msgspec.Struct):
    result: _New


class _File(msgspec.Struct):
    file_id: str


class _Played(msgspec.Struct):
    message_id: int
    voice: _File | None = None
    video: _File | None = None


class _PlayedAnswer(msgspec.Struct):
    result: _Played


_played = msgspec.json.Decoder(_PlayedAnswer)
_answer = msgspec.json.Decoder(_Answer)


class TelegramSender:
    """Delivers to private chats, where the chat's id is the person's."""

    def __init__(self, api: Api, messages: Messages, media: Path) -> None:
        """Use an open `api`; `messages` may be replaced when the content is reloaded.

        `media` is the folder of recordings. A file that changes gets a new name, as what Telegram
        has of it is sent again until the program ends.
        """
        self._api, self._media = api, media
        self._uploaded: dict[str, str] = {}
        # One thread: pictures wait for each other, and everybody else for none of them.
        self._easel = ThreadPoolExecutor(1, "pictures")
        self.messages = messages
        self.link = ""
        """The bot's own address for pages and pictures; they show none before it is known."""
        self._answers: set[asyncio.Task[None]] = set()

    async def clear(self, chat_id: int, messages: Sequence[int], instead: Page | None) -> Cleared:
        """Remove `messages` on both sides, a hundred in a call; see `Clearing`."""
        return await Clearing(self._api, self.messages, chat_id, instead).clear(messages)

    async def deliver(
        self, shown: Shown, chat_id: int, message_id: int | None, tap: str | None
    ) -> int | None:
        """Show `shown`, and stop the spinner of `tap` at the same time, never before.

        Raises as the port says.
        """
        if tap is not None:
            answer = asyncio.get_running_loop().create_task(self._answer(tap))
            self._answers.add(answer)
            answer.add_done_callback(self._answers.discard)
        try:
            return await self._show(shown, chat_id, message_id)
        except (InvalidToken, Conflicted) as error:
            _log.error("telegram.token_refused")
            raise NotDelivered(_PAUSE_WITHOUT_TOKEN) from error
        except Refused as error:
            _log.warning("telegram.refused")
            raise Impossible from error

    async def _show(self, shown: Shown, chat_id: int, message_id: int | None) -> int | None:
        if isinstance(shown, CardPage):
            return await self._send(*self.messages.card(shown, chat_id, chat_id))
        if isinstance(shown, VenuePage):
            return await self._send("sendVenue", self.messages.venue(shown, chat_id, chat_id))
        if isinstance(shown, RecordingPage):
            return await self._play(shown, chat_id)
        if isinstance(shown, PicturePage):
            return await self._draw(shown, chat_id)
        if isinstance(shown, NewsPage):
            if not self.link:
                raise NotDelivered(_UNTIL_LINKED)  # its button would lead nowhere
            return await self._tell_news(shown, chat_id, message_id)
        if isinstance(shown, PassedOn):
            return await self._pass_on(shown, chat_id, message_id)
        if isinstance(shown, Removal):
            await self._remove(shown, chat_id, message_id)
        elif message_id is None:
            body = self._addressed(self.messages.new(shown, chat_id, chat_id))
            return await self._send("sendMessage", body)
        else:
            await self._edit(shown, chat_id, message_id)
        return None

    async def _send(self, method: str, body: bytes) -> int | None:
        return _number(await self._api.call(method, body))

    async def _draw(self, shown: PicturePage, chat_id: int) -> int | None:
        """Draw a picture apart from the loop, and send it; nothing of it is kept."""
        loop = asyncio.get_running_loop()
        drawn = await loop.run_in_executor(self._easel, shown.draw, self.link)
        method, field, body = self.messages.picture(shown, chat_id, chat_id)
        return _number(await self._api.upload(method, body, field, shown.file_name, drawn))

    async def _play(self, shown: RecordingPage, chat_id: int) -> int | None:
        """Send a recording: the first time the file itself, later the copy that Telegram has."""
        path = self._media / shown.file
        known = self._uploaded.get(shown.file, "")
        method, field, body = self.messages.recording(shown, chat_id, chat_id, known)
        if known:
            return await self._send(method, body)
        try:
            file = await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            _log.warning("media.unreadable")
            raise Impossible from error
        answer = await self._api.upload(method, body, field, f"{field}{path.suffix}", file)
        try:
            sent = _played.decode(answer).result
        except msgspec.MsgspecError:
            _log.warning("wipe.unknown count=1")
            return None
        if stored := sent.voice or sent.video:
            self._uploaded[shown.file] = stored.file_id
        return sent.message_id

    async def _pass_on(self, passed: PassedOn, chat_id: int, message_id: int | None) -> int | None:
        """Copy her message to the team, which does not say whose it is; number the copy there.

        A team that cannot be reached is no word from her: she is neither erased nor kept waiting.
        """
        body = {
            "chat_id": passed.team,
            "from_chat_id": chat_id,
            "message_id": message_id,
            **QUIET,
        }
        try:
            return await self._send("copyMessage", msgspec.json.encode(body))
        except (Refused, Unwelcome, Impossible):
            _log.warning("questions.refused")
            return None

    def _addressed(self, body: bytes) -> bytes:
        """Put the bot's own address where a page names it."""
        return body.replace(_ADDRESS, self.link.encode()) if self.link else body

    async def _tell_news(self, page: NewsPage, chat_id: int, message_id: int | None) -> int | None:
        """Send a message of a campaign, or correct the one that was sent; only our text may fail it."""
        if message_id is None:
            body = self._addressed(self.messages.news(page, chat_id, chat_id))
            return await self._send("sendPhoto" if page.picture else "sendMessage", body)
        body = self._addressed(self.messages.news_edited(page, chat_id, chat_id, message_id))
        try:
            await self._api.call("editMessageCaption" if page.picture else "editMessageText", body)
        except Refused as refusal:
            if any(words in refusal.description for words in _NOT_THERE):
                raise Gone from refusal
            if "not modified" not in refusal.description:
                raise
        return None

    async def _edit(self, page: Page, chat_id: int, message_id: int) -> None:
        try:
            body = self.messages.edited(page, chat_id, chat_id, message_id)
            await self._api.call("editMessageText", self._addressed(body))
        except Refused as refusal:
            if "not modified" in refusal.description:
                return
            raise Gone from refusal

    async def _remove(self, removal: Removal, chat_id: int, message_id: int | None) -> None:
        if message_id is None:
            return
        try:
            await self._api.call(
                "deleteMessage", b'{"chat_id":%d,"message_id":%d}' % (chat_id, message_id)
            )
        except Refused:
            with suppress(Gone):  # neither there to remove nor to overwrite: then it is removed
                await self._edit(removal.instead, chat_id, message_id)

    async def _answer(self, tap: str) -> None:
        """Stop the spinner; a tap too old to answer has none any more."""
        try:
            await self._api.call(
                "answerCallbackQuery", msgspec.json.encode({"callback_query_id": tap})
            )
        except (Refused, Undecided, NotDelivered):
            return
        except ChannelError:
            _log.warning("telegram.tap_unanswered")


def _number(answer: bytes) -> int | None:
    """Read under which number a message stands in her chat."""
    try:
        return _answer.decode(answer).result.message_id
    except msgspec.MsgspecError:
        # It stands there and nobody can say under which number: that is reported (R9).
        _log.warning("wipe.unknown count=1")
        return None
