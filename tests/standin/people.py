"""Acting as the people on the other side of the bot."""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from tests.standin.chats import Button, Chat, Chats, Shown
from tests.standin.clock import Clock
from tests.standin.refusal import Refusal, bad
from tests.standin.spec import units
from tests.standin.updates import LIFE

COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]+)?")
BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
DEACTIVATED = Refusal(403, "Forbidden: user is deactivated")
KICKED = Refusal(403, "Forbidden: bot was kicked from the group chat")
LATE = "query is too old and response timeout expired or query ID is invalid"


class ActError(Exception):
    """A person cannot do this: there is no such button, or no such chat."""


class Tap(msgspec.Struct, omit_defaults=True):
    """A pressed button, and what the bot answered to it."""

    id: str
    user_id: int
    at: float
    answered: int = 0
    text: str = ""
    alert: bool = False


class People:
    """Everybody who talks to the bot. `tell` queues an update: kind, body, lane."""

    def __init__(
        self,
        clock: Clock,
        chats: Chats,
        bot: dict[str, Any],
        tell: Callable[[str, dict[str, Any], str], int | None],
    ):
        self.known: dict[int, dict[str, Any]] = {bot["id"]: bot}
        self.taps: dict[str, Tap] = {}
        self._clock, self._chats, self._bot, self._tell = clock, chats, bot, tell

    def meet(
        self,
        user_id: int,
        language_code: str | None = None,
        first_name: str | None = None,
        chat_id: int | None = None,
    ) -> Chat:
        """Make a person, and the chat with the bot, known without a word said."""
        user = self.known.setdefault(
            user_id, {"id": user_id, "is_bot": False, "first_name": f"Person {user_id}"}
        )
        if language_code is not None:
            user["language_code"] = language_code
        if first_name is not None:
            user["first_name"] = first_name
        if chat_id is None:
            info = {"id": user_id, "type": "private", "first_name": user["first_name"]}
        else:
            super_group = str(chat_id).startswith("-100")
            kind = "supergroup" if super_group else "group"
            info = {"id": chat_id, "type": kind, "title": f"Group {chat_id}"}
        return self._chats.open(info)

    def say(
        self,
        user_id: int,
        text: str,
        language_code: str | None = None,
        first_name: str | None = None,
        chat_id: int | None = None,
    ) -> int:
        """Write to the bot, or into a group; the message's id."""
        self.meet(user_id, language_code, first_name, chat_id)
        content: dict[str, Any] = {"text": text}
        commands = [
            {"type": "bot_command", "offset": units(text[: m.start()]), "length": len(m[0])}
            for m in COMMAND.finditer(text)
        ]
        if commands:
            content["entities"] = commands
        return self.post(user_id, content, chat_id)

    def post(self, user_id: int, content: dict[str, Any], chat_id: int | None = None) -> int:
        """Send a message of any kind: `content` is merged into the Bot API's Message."""
        chat = self.meet(user_id, chat_id=chat_id)
        if chat.closed is not None:
            raise ActError(f"chat {chat.id} is closed: {chat.closed.description}")
        known = {key: content[key] for key in ("text", "entities", "contact") if key in content}
        other = {key: value for key, value in content.items() if key not in known}
        message = Shown(
            self._chats.next_id(), user_id, False, int(self._clock.now()), other=other, **known
        )
        chat.add(message)
        self._chats.photos.update(size["file_id"] for size in content.get("photo", []))
        self._tell("message", chat.as_json(message, self.known[user_id]), f"chat {chat.id}")
        return message.message_id

    def tap(
        self,
        user_id: int,
        button: str,
        message_id: int | None = None,
        chat_id: int | None = None,
    ) -> str:
        """Press a button by its label, or else its data; the tap's id.

        Meant is `message_id` or the newest message with inline buttons. A button of the reply
        keyboard is said, its id is "".
        """
        chat = self._chats.known(chat_id or user_id)
        if chat is None:
            raise ActError(f"there is no chat {chat_id or user_id}")
        message = self._with_buttons(chat, message_id)
        found = _find(message, button)
        if found is None and message_id is None and any(button in row for row in chat.keyboard):
            self.say(user_id, button, chat_id=chat_id)
            return ""
        if found is None or message is None:
            seen = message.labels if message else "no buttons at all"
            raise ActError(f"no button {button!r} in chat {chat.id}; there is {seen}")
        if found.data is None:
            raise ActError(f"the button {button!r} opens {found.url}, it tells the bot nothing")
        return self._press(user_id, found.data, chat, chat.as_json(message, self._bot))

    def forge_tap(
        self, user_id: int, data: str, message_id: int | None = None, chat_id: int | None = None
    ) -> str:
        """Send a tap with any data, as a changed client can; the tap's id."""
        chat = self.meet(user_id, chat_id=chat_id)
        message = self._with_buttons(chat, message_id)
        if message is not None:
            return self._press(user_id, data, chat, chat.as_json(message, self._bot))
        gone = {"message_id": message_id or 1, "chat": chat.info, "date": 0}
        return self._press(user_id, data, chat, gone)

    @staticmethod
    def _with_buttons(chat: Chat, message_id: int | None) -> Shown | None:
        if message_id is not None:
            return chat.messages.get(message_id)
        return next((m for m in reversed(chat.messages.values()) if m.buttons), None)

    def _press(self, user_id: int, data: str, chat: Chat, message: dict[str, Any]) -> str:
        tap = Tap(str(4_200_000_000 + len(self.taps)), user_id, self._clock.now())
        self.taps[tap.id] = tap
        body = {
            "id": tap.id,
            "from": self.known[user_id],
            "message": message,
            "chat_instance": str(7_000_000_000 + chat.id),
            "data": data,
        }
        self._tell("callback_query", body, f"user {user_id}")
        return tap.id

    def answer(self, tap_id: str, text: str, *, alert: bool) -> None:
        """The bot answered a tap; Refusal 400 when it is unknown or too old."""
        tap = self.taps.get(tap_id)
        if tap is None or self._clock.now() - tap.at >= LIFE["callback_query"]:
            raise bad(LATE)
        tap.answered += 1
        tap.text, tap.alert = text, alert

    def block(self, user_id: int, *, announce: bool = True) -> None:
        """Block the bot: 403 from now on; the bot is told when `announce`."""
        self._close(user_id, user_id, BLOCKED, "kicked" if announce else None)

    def unblock(self, user_id: int, *, announce: bool = True) -> None:
        """Let the bot write again."""
        self._close(user_id, user_id, None, "member" if announce else None)

    def deactivate(self, user_id: int) -> None:
        """The account is gone, and nobody tells the bot."""
        self._close(user_id, user_id, DEACTIVATED, None)

    def kick(self, chat_id: int, user_id: int, *, announce: bool = True) -> None:
        """Remove the bot from a group, by the hand of `user_id`."""
        self._close(chat_id, user_id, KICKED, "kicked" if announce else None)

    def migrate(self, chat_id: int, to: int) -> None:
        """A group becomes a supergroup with the id `to`; the old id answers 400."""
        self._chats.get(chat_id).closed = Refusal(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            parameters={"migrate_to_chat_id": to},
        )
        self._chats.open({"id": to, "type": "supergroup", "title": f"Group {to}"})

    def _close(self, chat_id: int, by: int, refusal: Refusal | None, status: str | None) -> None:
        chat = self.meet(by, chat_id=None if chat_id == by else chat_id)
        before = "kicked" if chat.closed is not None else "member"
        chat.closed = refusal
        if status is None:
            return
        body = {
            "chat": chat.info,
            "from": self.known[by],
            "date": int(self._clock.now()),
            "old_chat_member": self._membership(before),
            "new_chat_member": self._membership(status),
        }
        self._tell("my_chat_member", body, f"chat {chat.id}")

    def _membership(self, status: str) -> dict[str, Any]:
        member = {"user": self._bot, "status": status}
        return member if status == "member" else {**member, "until_date": 0}


def _find(message: Shown | None, button: str) -> Button | None:
    buttons = [one for row in message.buttons for one in row] if message else []
    by_label = (one for one in buttons if one.text == button)
    by_data = (one for one in buttons if one.data == button)
    return next(by_label, None) or next(by_data, None)
