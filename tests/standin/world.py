"""Everything behind the double's address, put together."""

import asyncio
import inspect
import random
from typing import Any

from tests.standin.chats import Chats, Event, Shown
from tests.standin.clock import Clock
from tests.standin.faults import Fault, Faults
from tests.standin.limits import Limits
from tests.standin.methods import HANDLERS
from tests.standin.people import ActError, People
from tests.standin.polling import Polling, conflict
from tests.standin.polls import Polls
from tests.standin.profile import Profile
from tests.standin.pulse import Pulse
from tests.standin.record import Call, Record, Violation
from tests.standin.refusal import Refusal, wrong
from tests.standin.spec import the_spec
from tests.standin.updates import Update, Updates
from tests.standin.webhook import Webhook

FIRST_UPDATE = 900_000_001
TAKEN_BY_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook"
    " first"
)


class World:
    """Telegram with one bot in it. Public methods named in `VERBS` are what a test may ask for."""

    def __init__(self, token: str, clock: Clock, seed: int):
        self.clock = clock
        self.pulse = Pulse()
        self.spec = the_spec()
        self.record = Record(clock)
        self.chats = Chats(clock)
        self.faults = Faults(seed)
        self.limits = Limits(clock)
        self.files: dict[str, list[str]] = {}
        self.latency = 0.0
        self.busy = 0
        self.bot: dict[str, Any] = {
            "id": int(token.split(":", 1)[0]),
            "is_bot": True,
            "first_name": "Stand-in",
            "username": "stand_in_bot",
        }
        self.me: dict[str, Any] = {
            **self.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.profile: Profile = Profile(self.bot)
        self.updates = Updates(clock, FIRST_UPDATE, self._arrived)
        self.polling = Polling(self.updates, self.pulse)
        self.webhook: Webhook = Webhook(clock, self.pulse, self.updates, self.record)
        self.people = People(clock, self.chats, self.bot, self.updates.add)
        self.polls = Polls(clock, self.chats, self.people, self.updates.add)
        self._dice = random.Random(seed)

    def _arrived(self, update: Update) -> None:
        self.polling.wake()
        self.webhook.offer(update)
        self.pulse.beat()

    # What the bot asks for.

    def read(self, method: str, raw: dict[str, Any]) -> dict[str, Any]:
        """The checked parameters of a call; Refusal when they break a rule."""
        return self.spec.method(method).read(raw)

    def execute(self, method: str, params: dict[str, Any]) -> Any:
        """Carry a checked call out (any but getUpdates); Refusal when it cannot be."""
        handler = HANDLERS.get(method)
        if handler is None:
            raise Refusal(404, f"Not Found: the double does not speak {method}", violation=True)
        chat_id = params.get("chat_id")
        if isinstance(chat_id, int):
            self.limits.admit(method, chat_id)
        return handler(self, params)

    async def get_updates(self, params: dict[str, Any]) -> list[Update]:
        """The next updates; Refusal 409 while a webhook is set."""
        if self.webhook.url:
            raise conflict(TAKEN_BY_WEBHOOK)
        self._allow(params)
        return await self.polling.poll(
            params.get("offset", 0), params.get("limit", 100), params.get("timeout", 0)
        )

    def set_webhook(self, params: dict[str, Any]) -> None:
        """Switch to a webhook, or with an empty `url` back to polls."""
        self._allow(params)
        if params.get("drop_pending_updates"):
            self.updates.waiting.clear()
        if params["url"]:
            self.polling.stop("terminated by setWebhook request")
        self.webhook.set(
            params["url"], params.get("secret_token"), params.get("max_connections", 40)
        )

    def _allow(self, params: dict[str, Any]) -> None:
        kinds = params.get("allowed_updates")
        unknown = set(kinds or ()) - set(self.spec.types["Update"]["fields"])
        if unknown:
            raise wrong(f"unknown update types in allowed_updates: {', '.join(sorted(unknown))}")
        self.updates.allow(kinds)

    # What a test asks for.

    async def ask(self, verb: str, arguments: dict[str, Any]) -> Any:
        """Carry out a verb of a test. KeyError for an unknown one."""
        owner, name = VERBS[verb]
        target = getattr(self, owner) if owner else self
        result = getattr(target, name)(**arguments)
        return await result if inspect.isawaitable(result) else result

    def meet(self, **who: Any) -> None:
        self.people.meet(**who)

    def advance(self, seconds: float) -> float:
        self.clock.advance(seconds)
        self.updates.expire()
        self.pulse.beat()
        return self.clock.now()

    def jump(self, to: int | None) -> int:
        return self.updates.jump(to, self._dice)

    def fault(self, **fault: Any) -> None:
        self.faults.add(Fault(**fault))

    def set_latency(self, milliseconds: float) -> None:
        self.latency = milliseconds / 1_000

    def set_webhook_scale(self, scale: float) -> None:
        self.webhook.scale = scale

    def shown(self, chat_id: int) -> list[Shown]:
        chat = self.chats.known(chat_id)
        return chat.shown() if chat else []

    def history(self, chat_id: int) -> list[Event]:
        chat = self.chats.known(chat_id)
        return chat.history() if chat else []

    def violations(self) -> list[Violation]:
        return list(self.record.violations)

    def pending(self) -> list[int]:
        self.updates.expire()
        return list(self.updates.waiting)

    def expired(self) -> list[int]:
        self.updates.expire()
        return list(self.updates.expired)

    def next_update_id(self) -> int:
        return self.updates.next_id

    def tap_state(self, tap_id: str) -> Any:
        if tap_id not in self.people.taps:
            raise ActError(f"there is no tap {tap_id!r}")
        return self.people.taps[tap_id]

    async def settled(self, quiet: float, timeout: float) -> None:  # noqa: ASYNC109
        what = f"quiet ({len(self.updates.waiting)} updates waited at the start)"

        def idle() -> bool:
            self.updates.expire()
            return not self.updates.waiting and not self.busy

        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while True:
            await self.pulse.until(idle, end - loop.time(), what)
            if await self.pulse.quiet(quiet):
                return

    async def wait_shown(self, chat_id: int, text: str, timeout: float) -> Shown:  # noqa: ASYNC109
        def found() -> Shown | None:
            newest = reversed(self.shown(chat_id))
            return next((m for m in newest if m.by_bot and text in m.text), None)

        await self.pulse.until(
            lambda: found() is not None, timeout, f"{text!r} shown in chat {chat_id}"
        )
        message = found()
        assert message is not None
        return message

    async def wait_calls(self, method: str, count: int, timeout: float) -> list[Call]:  # noqa: ASYNC109
        def answered() -> list[Call]:
            return [c for c in self.record.of(method) if c.over]

        await self.pulse.until(
            lambda: len(answered()) >= count, timeout, f"{count} calls of {method} answered"
        )
        return answered()

    async def wait_listening(self, timeout: float) -> None:  # noqa: ASYNC109
        await self.pulse.until(
            lambda: self.polling.waiting or bool(self.webhook.url), timeout, "the bot listens"
        )

    async def wait_confirmed(self, timeout: float) -> None:  # noqa: ASYNC109
        await self.pulse.until(lambda: not self.pending(), timeout, "all updates confirmed")


# Verb: the part of the world that knows it ("" is the world itself), and its name there.
PEOPLE_VERBS = (
    "say",
    "post",
    "tap",
    "forge_tap",
    "block",
    "unblock",
    "deactivate",
    "kick",
    "migrate",
)
WORLD_VERBS = (
    "meet",
    "advance",
    "jump",
    "fault",
    "set_latency",
    "set_webhook_scale",
    "shown",
    "history",
    "violations",
    "pending",
    "expired",
    "next_update_id",
    "tap_state",
    "settled",
    "wait_shown",
    "wait_calls",
    "wait_confirmed",
    "wait_listening",
)
VERBS: dict[str, tuple[str, str]] = {
    **{name: ("people", name) for name in PEOPLE_VERBS},
    **{name: ("", name) for name in WORLD_VERBS},
    "calls": ("record", "of"),
    "clear_faults": ("faults", "clear"),
    "limit": ("limits", "set"),
    "now": ("clock", "now"),
    "profile": ("profile", "summary"),
    "send_raw": ("updates", "add_raw"),
    "vote": ("polls", "vote"),
}
