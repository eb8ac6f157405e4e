"""The double's side of HTTP/1.1: requests with a Content-Length in, ready bytes out, kept alive."""

import asyncio
import re
from collections.abc import Callable
from typing import cast
from urllib.parse import parse_qsl

import msgspec

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"


class Call(msgspec.Struct):
    """What one call says, of the few fields the double looks at; `text` and markup stay JSON."""

    chat_id: int = 0
    message_id: int = 0
    callback_query_id: str = ""
    offset: int = 0
    timeout: int = 0
    text: msgspec.Raw = msgspec.Raw(b'""')
    reply_markup: msgspec.Raw = msgspec.Raw(b"")


_call = msgspec.json.Decoder(Call)
_NUMBERS = {"chat_id", "message_id", "offset", "timeout"}


def read_call(body: bytes) -> Call:
    """Read the parameters of a call, sent as JSON or as a form."""
    if body.startswith(b"{"):
        return _call.decode(body)
    call = Call()
    for name, value in parse_qsl(body.decode(), keep_blank_values=True):
        if name in _NUMBERS:
            setattr(call, name, int(value))
        elif name == "text":
            call.text = msgspec.Raw(msgspec.json.encode(value))
        elif name == "reply_markup":
            call.reply_markup = msgspec.Raw(value.encode())
        elif name == "callback_query_id":
            call.callback_query_id = value
    return call


class Line(asyncio.Protocol):
    """One connection; hands each whole request to `called(line, method, body)`."""

    def __init__(self, called: Callable[["Line", bytes, bytes], None]) -> None:
        self._called = called
        self._waiting = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # it writes

    def connection_lost(self, _: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        waiting = self._waiting + data if self._waiting else data
        while (end := waiting.find(b"\r\n\r\n")) > 0:
            length = _LENGTH.search(waiting, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(waiting) < whole:
                break
            stop = waiting.index(b" HTTP/", 0, end + 4)
            method = waiting[waiting.rindex(b"/", 0, stop) + 1 : stop]
            self._called(self, method, waiting[end + 4 : whole])
            waiting = waiting[whole:]
        self._waiting = waiting

    def answer(self, payload: bytes) -> None:
        """Send a 200 with `payload`; whoever hung up gets nothing."""
        if self._transport is not None:
            self._transport.write(_HEAD % (len(payload), payload))
