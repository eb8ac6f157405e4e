"""What every chat shows now, and everything that ever happened in it."""

from typing import Any

import msgspec

from tests.standin.clock import Clock
from tests.standin.refusal import Refusal, bad


class Button(msgspec.Struct, omit_defaults=True):
    """A button under a message as the person sees it."""

    text: str
    data: str | None = None
    url: str | None = None


class Shown(msgspec.Struct, omit_defaults=True):
    """A message as it stands in a chat now. Dates are Unix seconds of the double's clock."""

    message_id: int
    sender: int
    by_bot: bool
    date: int
    text: str = ""
    entities: list[dict[str, Any]] = []
    markup: dict[str, Any] | None = None
    contact: dict[str, Any] | None = None
    other: dict[str, Any] = {}
    edit_date: int | None = None
    protected: bool = False
    silent: bool = False
    link_preview: dict[str, Any] | None = None
    reply_to: int | None = None

    @property
    def buttons(self) -> list[list[Button]]:
        """The inline buttons, row by row."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [
            [Button(b["text"], b.get("callback_data"), b.get("url")) for b in row] for row in rows
        ]

    @property
    def labels(self) -> list[str]:
        """The labels of all inline buttons in reading order."""
        return [button.text for row in self.buttons for button in row]

    @property
    def previews_links(self) -> bool:
        """Whether a link in the text would unfold its page under the message."""
        return not (self.link_preview or {}).get("is_disabled", False)


class Event(msgspec.Struct, omit_defaults=True):
    """Something that happened in a chat: received (from a person), sent, edited or deleted."""

    at: float
    what: str
    message_id: int
    text: str = ""


class Chat:
    """One conversation: private with a person, or a group."""

    def __init__(self, chat: dict[str, Any], clock: Clock):
        self.info = chat
        self.id: int = chat["id"]
        self.messages: dict[int, Shown] = {}
        self.events: list[Event] = []
        self.keyboard: list[list[str]] = []
        self.closed: Refusal | None = None
        self._clock = clock

    def shown(self) -> list[Shown]:
        """Copies of the messages that the chat shows now, oldest first."""
        return [msgspec.structs.replace(one) for one in self.messages.values()]

    def history(self) -> list[Event]:
        """All that ever happened, in order."""
        return list(self.events)

    def copies(self, text: str) -> int:
        """How many messages with exactly this text the bot ever sent here."""
        return sum(e.what == "sent" and e.text == text for e in self.events)

    def add(self, message: Shown) -> None:
        """Show a new message."""
        self.messages[message.message_id] = message
        self._note("sent" if message.by_bot else "received", message)

    def edited(self, message: Shown) -> None:
        """Note that the bot changed this message."""
        message.edit_date = int(self._clock.now())
        self._note("edited", message)

    def remove(self, message_id: int) -> None:
        """Let a message vanish for both sides."""
        self._note("deleted", self.messages.pop(message_id))

    def _note(self, what: str, message: Shown) -> None:
        self.events.append(Event(self._clock.now(), what, message.message_id, message.text))

    def as_json(self, message: Shown, sender: dict[str, Any]) -> dict[str, Any]:
        """The message as the Bot API's type Message."""
        body: dict[str, Any] = {
            "message_id": message.message_id,
            "from": sender,
            "chat": self.info,
            "date": message.date,
        }
        optional = {
            "edit_date": message.edit_date,
            "text": message.text or None,
            "entities": message.entities or None,
            "contact": message.contact,
            "has_protected_content": message.protected or None,
            "link_preview_options": message.link_preview,
        }
        body |= {key: value for key, value in optional.items() if value is not None}
        if message.markup and "inline_keyboard" in message.markup:
            body["reply_markup"] = message.markup
        return body | message.other


class Chats:
    """All chats by id. Message ids are unique over all of them, as in a bot's account."""

    def __init__(self, clock: Clock):
        self._clock = clock
        self.photos: set[str] = set()
        """Photos that people have sent, by the ids under which the bot may send them on."""
        self._book: dict[int, Chat] = {}
        self._last_id = 100

    def next_id(self) -> int:
        """A fresh message id."""
        self._last_id += 1
        return self._last_id

    def open(self, info: dict[str, Any]) -> Chat:
        """The chat of this id, begun now if it is new."""
        return self._book.setdefault(info["id"], Chat(info, self._clock))

    def known(self, chat_id: Any) -> Chat | None:
        """The chat of this id, if it was ever begun."""
        return self._book.get(chat_id)

    def get(self, chat_id: Any) -> Chat:
        """The chat of this id; Refusal 400 when it was never begun, or has moved."""
        chat = self._book.get(chat_id)
        if chat is None:
            raise bad("chat not found")
        if chat.closed is not None and chat.closed.parameters is not None:
            raise chat.closed
        return chat

    def writable(self, chat_id: Any) -> Chat:
        """The chat, if the bot may write there; Refusal 403 when it was blocked or removed."""
        chat = self.get(chat_id)
        if chat.closed is not None:
            raise chat.closed
        return chat
