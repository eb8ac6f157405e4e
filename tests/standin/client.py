"""The double in another process, driven over HTTP."""

from types import TracebackType
from typing import Any, Self, TypeVar, cast

import aiohttp
import msgspec

from tests.standin.driver import Driver
from tests.standin.people import ActError

T = TypeVar("T")

ERRORS: dict[str, type[Exception]] = {
    error.__name__: error for error in (ActError, TimeoutError, ValueError, TypeError, KeyError)
}


class StandInClient(Driver):
    """`async with StandInClient(url) as tg:` with the URL that `python -m tests.standin` prints."""

    def __init__(self, url: str):
        self.url = url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def _ask(self, kind: type[T], verb: str, /, **arguments: Any) -> T:
        if self._session is None:
            raise RuntimeError("enter the client with `async with` first")
        body = msgspec.json.encode(arguments)
        async with self._session.post(f"{self.url}/_standin/{verb}", data=body) as response:
            answer = msgspec.json.decode(await response.read())
        if "error" in answer:
            raise ERRORS.get(answer["error"], RuntimeError)(answer["text"])
        if kind is object:
            return cast("T", answer["result"])
        return msgspec.convert(answer["result"], kind)
