"""Calls to the Bot API over one shared aiohttp session.

`Api.call` is the lane for what happens on every turn: ready-made JSON out, errors in as the
port's own. `PtbRequest` puts python-telegram-bot's `Bot` on the same session, through its
documented seam, for everything that happens rarely.
"""

import asyncio
from typing import Any, Self

import aiohttp
import msgspec
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.channels.port import Impossible, NotDelivered, Undecided, Unwelcome
from bot.errors import ChannelError

_CALL_TIMEOUT = 20.0
"""Seconds for one call; an answer later than that leaves undecided whether it was applied."""

_USUAL = aiohttp.ClientTimeout(total=_CALL_TIMEOUT)

_UPLOAD = aiohttp.ClientTimeout(total=120.0)
"""For a file of up to 50 MB, which is sent up once; afterwards Telegram has it."""

_LIGHT = 1_000_000
"""Bytes of a file that may take no longer than any call."""

_SERVER_FAULT = 500
"""HTTP's border: from here on the fault is the server's."""

_CONNECTIONS = 1024
"""Open connections at most; they are kept, because opening one costs more than a call."""
_UNAUTHORISED_PAUSE = 30.0
"""Seconds before trying again with a token that Telegram refuses just now."""

_JSON = {"Content-Type": "application/json"}


class _Parameters(msgspec.Struct):
    retry_after: float | None = None


class _Refusal(msgspec.Struct):
    description: str = ""
    parameters: _Parameters | None = None


_refusal = msgspec.json.Decoder(_Refusal)


class Refused(ChannelError):  # noqa: N818 - an outcome of the port
    """Look at `description`, a fixed phrase of Telegram's; it never carries a person's words."""

    def __init__(self, description: str) -> None:
        """Keep what Telegram said."""
        super().__init__("Telegram refused a call")
        self.description = description


class Conflicted(ChannelError):  # noqa: N818 - as above
    """Stop the other program that takes updates with this token; two cannot."""


class InvalidToken(ChannelError):  # noqa: N818 - as above
    """Ask @BotFather for the right token and put it into the token file."""


class Api:
    """The Bot API at `url` for the bot whose token it holds; the token appears nowhere else."""

    def __init__(self, url: str, token: str) -> None:
        """Prepare; the session opens with `async with`."""
        self._base = f"{url.rstrip('/')}/bot{token}/"
        self._addresses: dict[str, URL] = {}
        self._session: aiohttp.ClientSession | None = None

    def __repr__(self) -> str:
        return "Api(…)"

    async def __aenter__(self) -> Self:
        """Open the session."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS, ttl_dns_cache=300),
            timeout=_USUAL,
            headers=_JSON,
            cookie_jar=aiohttp.DummyCookieJar(),
            raise_for_status=False,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close every connection."""
        await self.session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The open session."""
        if self._session is None:
            raise RuntimeError("open the Api with `async with` first")
        return self._session

    async def call(
        self, method: str, body: bytes, limit: aiohttp.ClientTimeout | None = None
    ) -> bytes:
        """Call `method` with ready-made JSON and return the answer as it came.

        `limit` is for the one call that waits on purpose, the long poll.

        Raises:
            NotDelivered: the call was certainly not applied.
            Undecided: it may have been applied.
            Unwelcome: the person blocked the bot or is gone.
            Refused: Telegram found fault with the call itself.
            Conflicted: somebody else polls with this token.
            InvalidToken: Telegram does not know this token.
        """
        return await self._post(method, body, limit or _USUAL)

    async def upload(self, method: str, body: bytes, field: str, name: str, file: bytes) -> bytes:
        """Call `method` with `file` as the part `field`; a document shows its `name`.

        The parameters are the same ready-made JSON as for `call`, which raises the same.
        """
        # Telegram takes a name in UTF-8 as it stands, and shows one that is quoted with its quotes.
        form = aiohttp.FormData(quote_fields=False)
        for key, value in msgspec.json.decode(body, type=dict[str, Any]).items():
            text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
            form.add_field(key, text)
        form.add_field(field, file, filename=name, content_type="application/octet-stream")
        return await self._post(method, form(), _USUAL if len(file) <= _LIGHT else _UPLOAD)

    async def _post(
        self, method: str, body: bytes | aiohttp.Payload, limit: aiohttp.ClientTimeout
    ) -> bytes:
        address = self._addresses.get(method)
        if address is None:
            address = self._addresses[method] = URL(self._base + method, encoded=True)
        # The session's headers say JSON; a form brings its own.
        headers = None if isinstance(body, bytes) else body.headers
        try:
            async with self.session.post(
                address, data=body, headers=headers, timeout=limit, allow_redirects=False
            ) as answer:
                payload = await answer.read()
                status = answer.status
        except aiohttp.ClientConnectorError as error:
            raise NotDelivered from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Undecided from error
        if status == 200:  # noqa: PLR2004 - HTTP's own word for "done"
            return payload
        raise _why(status, payload)


def _why(status: int, payload: bytes) -> ChannelError:
    try:
        refusal = _refusal.decode(payload)
    except msgspec.MsgspecError:
        refusal = _Refusal()
    if status < _SERVER_FAULT and not refusal.description:
        return NotDelivered()  # a proxy or a filter answered in Telegram's place
    match status:
        case 429:
            after = refusal.parameters.retry_after if refusal.parameters else None
            return NotDelivered(after)
        case 403:
            return Unwelcome()
        case 400:
            return Refused(refusal.description)
        case 401 | 404:
            return InvalidToken()
        case 409:
            return Conflicted()
        case _ if status >= _SERVER_FAULT:
            return Undecided()
        case _:
            return Impossible()


class PtbRequest(BaseRequest):
    """python-telegram-bot's requests on our session: one pool, no URL in any log."""

    def __init__(self, api: Api) -> None:
        """Use the session of `api`, which must be open while requests are made."""
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        """Seconds an answer may take."""
        return _CALL_TIMEOUT

    async def initialize(self) -> None:
        """Nothing to prepare: the session belongs to the `Api`."""

    async def shutdown(self) -> None:
        """Nothing to close: the session belongs to the `Api`."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,  # noqa: ARG002 - the session's one timeout holds
        write_timeout: Any = None,  # noqa: ARG002 - as above
        connect_timeout: Any = None,  # noqa: ARG002 - as above
        pool_timeout: Any = None,  # noqa: ARG002 - as above
    ) -> tuple[int, bytes]:
        """Send one request without files and return status and body."""
        data = request_data.json_payload if request_data else None
        try:
            async with self._api.session.request(method, url, data=data) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError("the Bot API could not be reached") from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; a broken one is an error without its text, which is never logged."""
        try:
            parsed: dict[str, Any] = msgspec.json.decode(payload)
        except msgspec.MsgspecError as error:
            raise NetworkError("the Bot API sent something that is no JSON") from error
        return parsed


async def pause_for(error: ChannelError, pause: float) -> None:
    """Wait as long as `error` asks for, else `pause` seconds."""
    if isinstance(error, InvalidToken):
        await asyncio.sleep(_UNAUTHORISED_PAUSE)
    elif isinstance(error, NotDelivered) and error.after:
        await asyncio.sleep(error.after)
    else:
        await asyncio.sleep(pause)
