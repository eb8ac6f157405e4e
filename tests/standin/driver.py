"""The one interface that tests speak, whether the double is here or in another process."""

from abc import ABC, abstractmethod
from typing import Any, TypeVar

from tests.standin.chats import Event, Shown
from tests.standin.faults import Kind
from tests.standin.people import Tap
from tests.standin.record import Call, Violation

STARTING = 120.0
"""Seconds a bot may take until it listens: beside other work its start is slow, and no promise."""

T = TypeVar("T")


class Driver(ABC):
    """Acts as people, moves time, breaks things, and asks what happened.

    Acts raise ActError when a person could not do that; waits raise TimeoutError.
    """

    @abstractmethod
    async def _ask(self, kind: type[T], verb: str, /, **arguments: Any) -> T:
        """Have a verb carried out; the result is a `kind`."""

    # People.

    async def meet(self, user_id: int, **who: Any) -> None:
        """Begin a chat silently; `who`: language_code, first_name, chat_id (a group)."""
        await self._ask(object, "meet", user_id=user_id, **who)

    async def say(self, user_id: int, text: str, **who: Any) -> int:
        """Write to the bot (`who` as in `meet`); the message's id."""
        return await self._ask(int, "say", user_id=user_id, text=text, **who)

    async def post(self, user_id: int, content: dict[str, Any], chat_id: int | None = None) -> int:
        """Send any kind of message: `content` is merged into the Bot API's Message."""
        return await self._ask(int, "post", user_id=user_id, content=content, chat_id=chat_id)

    async def tap(
        self, user_id: int, button: str, message_id: int | None = None, **who: Any
    ) -> str:
        """Press a button by its label, or else its data; the tap's id.

        Meant is `message_id` or the newest message with inline buttons. A button of the reply
        keyboard is said, its id is "". `who`: chat_id (a group).
        """
        return await self._ask(
            str, "tap", user_id=user_id, button=button, message_id=message_id, **who
        )

    async def forge_tap(
        self, user_id: int, data: str, message_id: int | None = None, **who: Any
    ) -> str:
        """Send a tap with data that no button has; the tap's id."""
        return await self._ask(
            str, "forge_tap", user_id=user_id, data=data, message_id=message_id, **who
        )

    async def vote(
        self, user_id: int, chat_id: int, options: list[int], message_id: int | None = None
    ) -> int:
        """Answer a poll of the bot by the places of options; the update's id."""
        return await self._ask(
            int, "vote", user_id=user_id, chat_id=chat_id, options=options, message_id=message_id
        )

    async def tap_state(self, tap_id: str) -> Tap:
        """How often, and how, a tap was answered."""
        return await self._ask(Tap, "tap_state", tap_id=tap_id)

    async def send_raw(self, text: str) -> int:
        """Queue an update verbatim, however broken; the id it is confirmed by."""
        return await self._ask(int, "send_raw", text=text)

    async def block(self, user_id: int, *, announce: bool = True) -> None:
        """Block the bot; it hears of it when `announce`."""
        await self._ask(object, "block", user_id=user_id, announce=announce)

    async def unblock(self, user_id: int, *, announce: bool = True) -> None:
        """Unblock the bot."""
        await self._ask(object, "unblock", user_id=user_id, announce=announce)

    async def deactivate(self, user_id: int) -> None:
        """Delete the account."""
        await self._ask(object, "deactivate", user_id=user_id)

    async def kick(self, chat_id: int, user_id: int, *, announce: bool = True) -> None:
        """`user_id` removes the bot from a group."""
        await self._ask(object, "kick", chat_id=chat_id, user_id=user_id, announce=announce)

    async def migrate(self, chat_id: int, to: int) -> None:
        """Turn a group into the supergroup `to`."""
        await self._ask(object, "migrate", chat_id=chat_id, to=to)

    # Time and trouble.

    async def now(self) -> float:
        """The double's Unix time."""
        return await self._ask(float, "now")

    async def advance(self, seconds: float) -> float:
        """Move the double's time on; the new time."""
        return await self._ask(float, "advance", seconds=seconds)

    async def jump(self, to: int | None = None) -> int:
        """Number the next update at random, as after a silent week, or `to`."""
        return await self._ask(int, "jump", to=to)

    async def fault(self, kind: Kind, **how: Any) -> None:
        """Switch a fault on; `how` as the fields of `faults.Fault`."""
        await self._ask(object, "fault", kind=kind, **how)

    async def clear_faults(self) -> None:
        """Switch all faults off."""
        await self._ask(object, "clear_faults")

    async def limit(self, **rates: float | None) -> None:
        """Set `per_chat` and `overall` a second, `per_group_minute`; what is left out is off."""
        await self._ask(object, "limit", **rates)

    async def set_latency(self, milliseconds: float) -> None:
        """Delay every call but getUpdates."""
        await self._ask(object, "set_latency", milliseconds=milliseconds)

    async def set_webhook_scale(self, scale: float) -> None:
        """Multiply the pauses between webhook tries."""
        await self._ask(object, "set_webhook_scale", scale=scale)

    # What happened.

    async def shown(self, chat_id: int) -> list[Shown]:
        """What the chat shows now, oldest first."""
        return await self._ask(list[Shown], "shown", chat_id=chat_id)

    async def history(self, chat_id: int) -> list[Event]:
        """Everything that ever happened in the chat."""
        return await self._ask(list[Event], "history", chat_id=chat_id)

    async def copies(self, chat_id: int, text: str) -> int:
        """How many messages with exactly this text the bot ever sent there."""
        return sum(e.what == "sent" and e.text == text for e in await self.history(chat_id))

    async def calls(self, method: str | None = None) -> list[Call]:
        """The log of requests, of one method or all."""
        return await self._ask(list[Call], "calls", method=method)

    async def violations(self) -> list[Violation]:
        """Requests that no correct bot sends."""
        return await self._ask(list[Violation], "violations")

    async def pending(self) -> list[int]:
        """Ids of the updates that are not confirmed."""
        return await self._ask(list[int], "pending")

    async def expired(self) -> list[int]:
        """Ids of the updates that nobody took in time."""
        return await self._ask(list[int], "expired")

    async def next_update_id(self) -> int:
        """The id that the next update gets."""
        return await self._ask(int, "next_update_id")

    async def profile(self) -> dict[str, Any]:
        """Commands, texts and menu buttons that the bot has set."""
        return await self._ask(dict[str, Any], "profile")

    # Waiting, in real seconds.

    async def settled(self, quiet: float = 0.1, timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Until all updates are confirmed, no call runs and nothing happens for `quiet`."""
        await self._ask(object, "settled", quiet=quiet, timeout=timeout)

    async def wait_shown(self, chat_id: int, text: str, timeout: float = 10.0) -> Shown:  # noqa: ASYNC109
        """Until the chat shows a message of the bot that contains `text`; the newest such."""
        return await self._ask(Shown, "wait_shown", chat_id=chat_id, text=text, timeout=timeout)

    async def wait_calls(self, method: str, count: int, timeout: float = 10.0) -> list[Call]:  # noqa: ASYNC109
        """Until `count` calls of `method` (any but getUpdates) are over."""
        return await self._ask(
            list[Call], "wait_calls", method=method, count=count, timeout=timeout
        )

    async def wait_confirmed(self, timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Until no update waits any more."""
        await self._ask(object, "wait_confirmed", timeout=timeout)

    async def wait_listening(self, timeout: float = STARTING) -> None:  # noqa: ASYNC109
        """Until the bot holds a long poll or has set a webhook."""
        await self._ask(object, "wait_listening", timeout=timeout)
