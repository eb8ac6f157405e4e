"""The floor: hand-written HTTP over many connections; an echo, and a menu of three windows.

Nothing is checked, kept, retried or repeated: no bot that does anything can be faster.
"""

import asyncio
import re
import sys
from typing import cast
from urllib.parse import urlsplit

import msgspec

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_WINDOWS = (b"What do you need now?", b"You are not alone.", b"Here is a number to call.")
_MOST = 2048
"""Connections at once."""


class _Chat(msgspec.Struct):
    id: int


class _Message(msgspec.Struct):
    message_id: int
    chat: _Chat
    text: msgspec.Raw = msgspec.Raw(b'""')


class _Tap(msgspec.Struct):
    id: str
    data: str
    message: _Message


class _Update(msgspec.Struct):
    update_id: int
    message: _Message | None = None
    callback_query: _Tap | None = None


class _Answer(msgspec.Struct):
    result: list[_Update]


_answer = msgspec.json.Decoder(_Answer)


class _Wire(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self, client: "Client") -> None:
        self._client, self._got = client, b""
        self._done: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # it writes

    def data_received(self, data: bytes) -> None:
        self._got += data
        end = self._got.find(b"\r\n\r\n")
        length = _LENGTH.search(self._got, 0, end) if end > 0 else None
        if length is None or len(self._got) < end + 4 + int(length[1]):
            return
        payload, self._got = self._got[end + 4 :], b""
        if self._done is not None:
            done, self._done = self._done, None
            done.set_result(payload)
        else:
            self._client.free(self)

    def send(self, request: bytes, done: asyncio.Future[bytes] | None = None) -> None:
        self._done = done
        self._transport.write(request)


class Client:
    """Sends requests without waiting for their answers, on as many connections as it takes."""

    def __init__(self, url: str, token: str) -> None:
        address = urlsplit(url)
        self._host, self._port = address.hostname or "", address.port or 80
        self._head = (
            f"POST /bot{token}/%s HTTP/1.1\r\nHost: {address.netloc}\r\n"
            "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        )
        self._idle: list[_Wire] = []
        self._waiting: list[bytes] = []
        self._open = 0
        self._opening: set[asyncio.Task[None]] = set()

    async def connect(self) -> _Wire:
        loop = asyncio.get_running_loop()
        _, wire = await loop.create_connection(lambda: _Wire(self), self._host, self._port)
        return wire

    def request(self, method: str, body: bytes) -> bytes:
        return (self._head % (method, len(body))).encode() + body

    def call(self, method: str, body: bytes) -> None:
        request = self.request(method, body)
        if self._idle:
            self._idle.pop().send(request)
            return
        self._waiting.append(request)
        if self._open < _MOST:
            self._open += 1
            task = asyncio.get_running_loop().create_task(self._grow())
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)

    async def _grow(self) -> None:
        self.free(await self.connect())

    def free(self, wire: _Wire) -> None:
        if self._waiting:
            wire.send(self._waiting.pop(0))
        else:
            self._idle.append(wire)


def keyboard(window: int) -> bytes:
    after, before = (window + 1) % len(_WINDOWS), (window - 1) % len(_WINDOWS)
    return (
        b'{"inline_keyboard":[[{"text":"Next","callback_data":"%d"},'
        b'{"text":"Back","callback_data":"%d"}]]}' % (after, before)
    )


def screen(window: int) -> bytes:
    return b'"text":"%b","reply_markup":%b}' % (_WINDOWS[window], keyboard(window))


async def serve(url: str, token: str, *, menu: bool) -> None:
    client, offset = Client(url, token), 0
    polling, loop = await client.connect(), asyncio.get_running_loop()
    screens = [screen(window) for window in range(len(_WINDOWS))]
    while True:
        body = b'{"offset":%d,"timeout":30,"limit":100}' % offset
        came = loop.create_future()
        polling.send(client.request("getUpdates", body), came)
        for update in _answer.decode(await came).result:
            offset = update.update_id + 1
            tap, message = update.callback_query, update.message
            if tap is not None:
                shown = screens[int(tap.data)]
                where = b'{"chat_id":%d,"message_id":%d,' % (
                    tap.message.chat.id,
                    tap.message.message_id,
                )
                client.call("editMessageText", where + shown)
                client.call("answerCallbackQuery", b'{"callback_query_id":"%b"}' % tap.id.encode())
            elif message is not None:
                echo = b'"text":%b}' % bytes(message.text)
                shown = screens[0] if menu else echo
                client.call("sendMessage", b'{"chat_id":%d,%b' % (message.chat.id, shown))


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve(sys.argv[1], sys.argv[2], menu=sys.argv[3] == "menu"))
