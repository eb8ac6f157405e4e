"""A double of the Bot API made for speed: it keeps Telegram's queue and notes who is shown what.

It is no judge of correctness (the stand-in of the tests is); it only has to be so much faster
than any bot that the bot is what is measured.
"""

import asyncio
import time
from collections import deque
from types import TracebackType
from typing import Protocol, Self

from tests.bench.http import Call, Line, read_call

TOKEN = "123456:" + "A" * 35
"""Well formed, and nobody's."""

_MOST = 100
"""Updates in one answer of `getUpdates`, as Telegram has it."""

_GATHERING = 0.001
"""Seconds between an update and the answer to a poll that was waiting for one, so that more may
go into it. Telegram's own server takes one to two milliseconds: LONG_POLL_WAIT_AFTER and
LONG_POLL_MAX_DELAY in Client.h of tdlib/telegram-bot-api."""

_ME = b'{"id":123456,"is_bot":true,"first_name":"Bench","username":"bench_bot"}'
_TRUE = b'{"ok":true,"result":true}'
_MESSAGE = (
    b'{"message_id":%d,"from":' + _ME + b',"chat":{"id":%d,"type":"private","first_name":"P"},'
    b'"date":%d,"text":%b%b}'
)
_VISIBLE = {b"sendMessage", b"sendContact", b"editMessageText"}


class Watcher(Protocol):
    """Whoever wants to know what the bot under test does."""

    def arrived(self, call: Call, at: float) -> None:
        """A visible call has come in at `at` (`time.perf_counter()`)."""

    def shown(self, chat_id: int, message_id: int, call: Call) -> None:
        """The call is done: the person sees it and may go on."""

    def acknowledged(self, tap: str, at: float) -> None:
        """The tap was answered, its spinner stops."""


class Double:
    """Listens on a loopback port. `delay` seconds pass before a call is answered.

    `photos` counts those that came in. `getUpdates` is not delayed: the way of an update to the bot is not the bot's to shorten.
    """

    def __init__(self) -> None:
        self.delay = 0.0
        self.photos = 0
        self.watcher: Watcher | None = None
        self._queue: deque[tuple[int, bytes]] = deque()
        self._next_update = 1
        self._next_message = 1
        self._polling: tuple[Line, asyncio.TimerHandle] | None = None
        self._due = False

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._server = await self._loop.create_server(
            lambda: Line(self._called), "127.0.0.1", 0, backlog=4096
        )
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._server.close()

    def forget(self) -> None:
        """Start over for the next program: nothing waits, nobody polls."""
        self._queue.clear()
        self._stop_polling()
        self.delay, self.watcher = 0.0, None

    def message(self, message_id: int, chat_id: int, call: Call) -> bytes:
        """Write a message as Telegram sends it back."""
        markup = bytes(call.reply_markup)
        tail = b',"reply_markup":' + markup if markup else b""
        return _MESSAGE % (message_id, chat_id, int(time.time()), bytes(call.text), tail)

    def feed_text(self, person: int, text: bytes) -> int:
        """Let a person write `text` (JSON); return the number of the update."""
        sender = b'{"id":%d,"is_bot":false,"first_name":"P","language_code":"en"}' % person
        chat = b'{"id":%d,"type":"private","first_name":"P"}' % person
        # Messages and commands are told apart by Telegram's own mark, which some bots look for.
        mark = (
            b',"entities":[{"type":"bot_command","offset":0,"length":%d}]' % (len(text) - 2)
            if text.startswith(b'"/')
            else b""
        )
        self._next_message += 1
        return self._feed(
            b'"message":{"message_id":%d,"from":%b,"chat":%b,"date":%d,"text":%b%b}'
            % (self._next_message, sender, chat, int(time.time()), text, mark)
        )

    def feed_tap(self, person: int, message_id: int, under: Call, data: bytes) -> int:
        """Let a person press the button with `data` (JSON) `under` what she was shown."""
        sender = b'{"id":%d,"is_bot":false,"first_name":"P","language_code":"en"}' % person
        return self._feed(
            b'"callback_query":{"id":"%d","from":%b,"message":%b,"chat_instance":"1","data":%b}'
            % (self._next_update, sender, self.message(message_id, person, under), data)
        )

    def _feed(self, what: bytes) -> int:
        number = self._next_update
        self._next_update += 1
        self._queue.append((number, b'{"update_id":%d,%b}' % (number, what)))
        if self._polling is not None and not self._due:
            self._due = True
            self._loop.call_later(_GATHERING, self._hand_over)
        return number

    def _called(self, line: Line, method: bytes, body: bytes) -> None:
        if method == b"getUpdates":
            self._poll(line, read_call(body))
        elif method in _VISIBLE:
            self._visible(line, method, read_call(body))
        elif method == b"answerCallbackQuery":
            call = read_call(body)
            if self.watcher is not None:
                self.watcher.acknowledged(call.callback_query_id, time.perf_counter())
            self._later(line, _TRUE)
        elif method == b"sendPhoto":
            self.photos += 1
            self._next_message += 1
            message = self.message(self._next_message, 1, Call())
            self._later(line, b'{"ok":true,"result":%b}' % message)
        elif method == b"getMe":
            line.answer(b'{"ok":true,"result":%b}' % _ME)
        else:
            self._later(line, _TRUE)

    def _visible(self, line: Line, method: bytes, call: Call) -> None:
        if self.watcher is not None:
            self.watcher.arrived(call, time.perf_counter())
        message_id = call.message_id
        if method != b"editMessageText":
            self._next_message += 1
            message_id = self._next_message
        answer = b'{"ok":true,"result":%b}' % self.message(message_id, call.chat_id, call)
        if self.delay:
            self._loop.call_later(self.delay, self._show, line, answer, message_id, call)
        else:
            self._show(line, answer, message_id, call)

    def _show(self, line: Line, answer: bytes, message_id: int, call: Call) -> None:
        line.answer(answer)
        if self.watcher is not None:
            self.watcher.shown(call.chat_id, message_id, call)

    def _later(self, line: Line, answer: bytes) -> None:
        if self.delay:
            self._loop.call_later(self.delay, line.answer, answer)
        else:
            line.answer(answer)

    def _poll(self, line: Line, call: Call) -> None:
        while self._queue and self._queue[0][0] < call.offset:
            self._queue.popleft()
        self._stop_polling()
        self._polling = (line, self._loop.call_later(call.timeout, self._hand_over))
        if self._queue:
            self._hand_over()

    def _hand_over(self) -> None:
        self._due = False
        if self._polling is None:
            return
        line, _ = self._polling
        self._stop_polling()
        count = min(_MOST, len(self._queue))
        updates = b",".join([self._queue[place][1] for place in range(count)])
        line.answer(b'{"ok":true,"result":[%b]}' % updates)

    def _stop_polling(self) -> None:
        if self._polling is not None:
            self._polling[1].cancel()
            self._polling = None
