"""The HTTP front, and the double inside a test."""

import asyncio
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec
from aiohttp import web

from tests.standin.body import parameters
from tests.standin.chats import Chat
from tests.standin.clock import Clock
from tests.standin.driver import Driver
from tests.standin.faults import Fault
from tests.standin.record import Call, Record
from tests.standin.refusal import Refusal, too_fast
from tests.standin.view import page
from tests.standin.world import VERBS, World

T = TypeVar("T")

TOKEN = "4200000001:stand-in-token-that-opens-no-doors0"
ADMIN = "/_standin/"
_LETS_GO = 0.2
"""Seconds between looks whether the bot still holds a line that says nothing."""


def _json(status: int, body: Any, headers: dict[str, str] | None = None) -> web.Response:
    data = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return web.Response(status=status, body=data, content_type="application/json", headers=headers)


class StandIn(Driver):
    """Telegram's Bot API on a loopback port: `async with StandIn() as tg:`.

    `url` is its address, `base_url` what python-telegram-bot wants, `token` the bot's token.
    The same `seed` gives the same faults; `port` 0 takes any free one.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        clock: Clock | None = None,
        seed: int = 0,
        host: str = "127.0.0.1",
        port: int = 0,
    ):
        self.token = token
        self.url = ""
        self.world = World(token, clock or Clock(), seed)
        self._host, self._port = host, port
        self._runner: web.ServerRunner | None = None

    @property
    def base_url(self) -> str:
        """The `base_url` of python-telegram-bot's Bot."""
        return f"{self.url}/bot"

    @property
    def record(self) -> Record:
        """The log of calls and the violations, without a copy."""
        return self.world.record

    def chat(self, chat_id: int) -> Chat:
        """The chat itself; KeyError if it was never begun."""
        chat = self.world.chats.known(chat_id)
        if chat is None:
            raise KeyError(chat_id)
        return chat

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(
            web.Server(self._serve, access_log=None), shutdown_timeout=0.5
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port, backlog=1024)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.world.polling.stop("terminated by shutdown")
        await self.world.webhook.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _ask(self, _kind: type[T], verb: str, /, **arguments: Any) -> T:
        result: T = await self.world.ask(verb, arguments)
        return result

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith(ADMIN):
            return await self._admin(request, path.removeprefix(ADMIN))
        token, _, method = path.removeprefix("/bot").partition("/")
        if not path.startswith("/bot") or "/" in method:
            return _json(404, Refusal(404, "Not Found").answer())
        if token != self.token:
            return _json(401, Refusal(401, "Unauthorized").answer())
        return await self._bot_api(request, method)

    async def _bot_api(self, request: web.BaseRequest, method: str) -> web.StreamResponse:
        world = self.world
        call = world.record.begin(method)
        polls = method.lower() == "getupdates"
        world.busy += not polls
        try:
            call.params = await parameters(request)
            call.method = world.spec.method(method).name
            call.params = world.read(method, call.params)
            if world.latency and not polls:
                await asyncio.sleep(world.latency)
            fault = world.faults.strike(call.method, call.params)
            if fault is not None:
                return await self._fail(request, call, fault)
            return await self._answer(call)
        except Refusal as refusal:
            return self._refuse(request, call, refusal)
        finally:
            world.busy -= not polls
            call.over = True
            if not polls:
                world.pulse.beat()

    async def _answer(self, call: Call) -> web.Response:
        """Execute the call."""
        if call.method == "getUpdates":
            waiting = len(self.world.updates.waiting)
            updates = await self.world.get_updates(call.params)
            if len(self.world.updates.waiting) != waiting:
                self.world.pulse.beat()
            texts = ",".join(update.text for update in updates)
            body = f'{{"ok":true,"result":[{texts}]}}'.encode()
        else:
            result = self.world.execute(call.method, call.params)
            if isinstance(result, dict):
                call.message_id = result.get("message_id")
            body = msgspec.json.encode({"ok": True, "result": result})
        call.status, call.applied = 200, True
        return _json(200, body)

    def _refuse(self, request: web.BaseRequest, call: Call, refusal: Refusal) -> web.Response:
        # A poller that is gone meets no conflict when the next one takes its turn.
        if refusal.code != 409 or not (request.transport is None or request.transport.is_closing()):
            self.world.record.refused(call, refusal)
        return _json(refusal.code, refusal.answer())

    async def _fail(self, request: web.BaseRequest, call: Call, fault: Fault) -> web.StreamResponse:
        """Let a fault strike; the call's status is what the bot got."""
        call.fault = fault.kind
        if fault.kind == "error":
            raise fault.refusal()
        if fault.kind == "shut":
            self.world.limits.shut(
                None if fault.whole else call.params.get("chat_id"), fault.retry_after
            )
            raise too_fast(fault.retry_after)
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return await self._answer(call)
        answer = web.Response()
        if fault.kind != "drop_before":
            try:
                answer = await self._answer(call)
            except Refusal as refusal:
                answer = _json(refusal.code, refusal.answer())
        call.status = 0
        if fault.kind == "hang":
            line = request.transport
            while not (line is None or line.is_closing()):  # noqa: ASYNC110 - it calls nobody
                await asyncio.sleep(_LETS_GO)
            return answer
        if fault.kind == "truncate":
            await self._half(request, answer)
        if request.transport is not None:
            request.transport.close()
        return answer

    @staticmethod
    async def _half(request: web.BaseRequest, answer: web.Response) -> None:
        body = answer.body if isinstance(answer.body, bytes) else b""
        half = web.StreamResponse(
            status=answer.status, headers={"Content-Type": "application/json"}
        )
        half.content_length = len(body)
        await half.prepare(request)
        await half.write(body[: len(body) // 2])

    async def _admin(self, request: web.BaseRequest, verb: str) -> web.StreamResponse:
        if verb.startswith("view/"):
            chat = self.world.chats.known(int(verb.removeprefix("view/")))
            if chat is None:
                return web.Response(status=404, text="there is no such chat")
            return web.Response(text=page(chat), content_type="text/html")
        if verb not in VERBS:
            return _json(404, {"error": "KeyError", "text": f"there is no verb {verb}"})
        arguments = msgspec.json.decode(await request.read() or b"{}")
        try:
            return _json(200, {"result": await self.world.ask(verb, arguments)})
        except Exception as error:  # noqa: BLE001  the test in the other process gets it
            return _json(400, {"error": type(error).__name__, "text": str(error)})
