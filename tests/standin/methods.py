"""The methods of the Bot API that the double executes; parameters come checked."""

from collections.abc import Callable
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from tests.standin.chats import Chat, Shown
from tests.standin.entities import formatted
from tests.standin.refusal import Refusal, bad
from tests.standin.spec import Upload, units

if TYPE_CHECKING:
    from tests.standin.world import World

Params = dict[str, Any]
Handler = Callable[["World", Params], Any]

PNG = b"\x89PNG\r\n\x1a\n"
PHOTO_BYTES = 10_000_000
PHOTO_SIDES = 10_000  # width and height together
PHOTO_RATIO = 20
MOST_CAPTION = 1024
FILE_BYTES = 50_000_000
MIME_TYPES = {".pdf": "application/pdf", ".png": "image/png"}
DELETABLE = 48 * 3_600  # seconds
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)


def _draft(world: "World", params: Params) -> tuple[Chat, Shown]:
    """A new message of the bot, not yet shown, with the options that all kinds share."""
    chat = world.chats.writable(params["chat_id"])
    reply_to: int | None = None
    if "reply_parameters" in params:
        reply = params["reply_parameters"]
        reply_to = reply["message_id"] if reply["message_id"] in chat.messages else None
        if reply_to is None and not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
    message = Shown(
        world.chats.next_id(),
        world.bot["id"],
        by_bot=True,
        date=int(world.clock.now()),
        markup=params.get("reply_markup"),
        protected=params.get("protect_content", False),
        silent=params.get("disable_notification", False),
        reply_to=reply_to,
    )
    return chat, message


def _publish(world: "World", chat: Chat, message: Shown) -> dict[str, Any]:
    chat.add(message)
    markup = message.markup or {}
    if "keyboard" in markup:
        chat.keyboard = [[button["text"] for button in row] for row in markup["keyboard"]]
    elif "remove_keyboard" in markup:
        chat.keyboard = []
    return chat.as_json(message, world.bot)


def send_message(world: "World", params: Params) -> dict[str, Any]:
    chat, message = _draft(world, params)
    message.text, message.entities = formatted(
        params["text"], params.get("parse_mode"), params.get("entities")
    )
    message.link_preview = params.get("link_preview_options")
    return _publish(world, chat, message)


def send_contact(world: "World", params: Params) -> dict[str, Any]:
    chat, message = _draft(world, params)
    fields = ("phone_number", "first_name", "last_name", "vcard")
    message.contact = {key: params[key] for key in fields if params.get(key)}
    return _publish(world, chat, message)


def send_venue(world: "World", params: Params) -> dict[str, Any]:
    chat, message = _draft(world, params)
    location = {key: params[key] for key in ("latitude", "longitude")}
    venue = {"location": location, "title": params["title"], "address": params["address"]}
    message.other = {"venue": venue, "location": location}
    return _publish(world, chat, message)


def send_file(kind: str) -> Handler:
    """Send a sound or a film: a new file, or one that was sent before, by its id."""

    def send(world: "World", params: Params) -> dict[str, Any]:
        chat, message = _draft(world, params)
        file = params[kind]
        known = world.files.setdefault(kind, [])
        if isinstance(file, Upload):
            file = f"{kind}-{len(known)}"
            known.append(file)
        elif file not in known:
            raise bad("wrong file identifier/HTTP URL specified")
        message.other = {kind: {"file_id": file, "file_unique_id": file, "duration": 1}}
        return _publish(world, chat, message)

    return send


def send_photo(world: "World", params: Params) -> dict[str, Any]:
    """A photo sent up as a PNG, or one that was sent or received before, by its id.

    Telegram keeps several sizes of it; the double keeps one.
    """
    chat, message = _draft(world, params)
    file = params["photo"]
    if isinstance(file, Upload):
        size = _photo(world, file)
    elif file in world.files.get("photo", []) or file in world.chats.photos:
        size = {"file_id": file, "file_unique_id": file}
    else:
        raise bad("wrong file identifier/HTTP URL specified")
    caption, entities = formatted(
        params.get("caption", ""), params.get("parse_mode"), params.get("caption_entities")
    )
    if units(caption) > MOST_CAPTION:
        raise bad("message caption is too long")
    message.other = {"photo": [size], "caption": caption, "caption_entities": entities}
    return _publish(world, chat, message)


def _photo(world: "World", file: Upload) -> dict[str, Any]:
    """Keep a photo that was sent up, as Telegram would take it."""
    wide, high = int.from_bytes(file.content[16:20]), int.from_bytes(file.content[20:24])
    if not file.content.startswith(PNG) or len(file.content) > PHOTO_BYTES:
        raise bad("IMAGE_PROCESS_FAILED")
    if not 0 < wide + high <= PHOTO_SIDES or max(wide, high) > PHOTO_RATIO * min(wide, high):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    known = world.files.setdefault("photo", [])
    known.append(name := f"photo-{len(known)}")
    size = {"file_id": name, "file_unique_id": name, "width": wide, "height": high}
    return size | {"file_size": len(file.content)}


def send_document(world: "World", params: Params) -> dict[str, Any]:
    """A file sent up under its name, by whose ending Telegram tells what it is."""
    chat, message = _draft(world, params)
    file = params["document"]
    if not isinstance(file, Upload):
        raise bad("wrong file identifier/HTTP URL specified")
    if not file.content:
        raise bad("file must be non-empty")
    if len(file.content) > FILE_BYTES:
        raise Refusal(413, "Request Entity Too Large")
    known = world.files.setdefault("document", [])
    known.append(name := f"document-{len(known)}")
    caption, entities = formatted(
        params.get("caption", ""), params.get("parse_mode"), params.get("caption_entities")
    )
    message.other = {
        "document": {
            "file_id": name,
            "file_unique_id": name,
            "file_name": file.name,
            "mime_type": MIME_TYPES.get(PurePath(file.name).suffix, "application/octet-stream"),
            "file_size": len(file.content),
        },
        "caption": caption,
        "caption_entities": entities,
    }
    return _publish(world, chat, message)


def send_poll(world: "World", params: Params) -> dict[str, Any]:
    chat, message = _draft(world, params)
    if chat.info["type"] == "channel" and not params.get("is_anonymous", True):
        raise bad("non-anonymous polls can't be sent to channel chats")
    message.other = {"poll": world.polls.open(chat, message, params)}
    return _publish(world, chat, message)


def stop_poll(world: "World", params: Params) -> dict[str, Any]:
    chat = world.chats.writable(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad("message with poll to stop not found")
    if not message.by_bot or "poll" not in message.other:
        raise bad("poll can't be stopped")
    return world.polls.stop(message)


def copy_message(world: "World", params: Params) -> dict[str, int]:
    chat, message = _draft(world, params)
    source = world.chats.get(params["from_chat_id"]).messages.get(params["message_id"])
    if source is None:
        raise bad("message to copy not found")
    message.text, message.entities = source.text, source.entities
    message.contact, message.other = source.contact, source.other
    message.link_preview = source.link_preview
    _publish(world, chat, message)
    return {"message_id": message.message_id}


def _own(world: "World", params: Params) -> tuple[Chat, Shown]:
    """A message that the bot may edit."""
    chat = world.chats.writable(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad("message to edit not found")
    if not message.by_bot or set(message.markup or ()) - {"inline_keyboard"}:
        raise bad("message can't be edited")
    return chat, message


def edit_text(world: "World", params: Params) -> dict[str, Any]:
    chat, message = _own(world, params)
    text, entities = formatted(params["text"], params.get("parse_mode"), params.get("entities"))
    if not message.text:
        raise bad("there is no text in the message to edit")
    new = (text, entities, _keys(params.get("reply_markup")), params.get("link_preview_options"))
    if new == (message.text, message.entities, _keys(message.markup), message.link_preview):
        raise bad(NOT_MODIFIED)
    message.text, message.entities, message.markup, message.link_preview = new
    chat.edited(message)
    return chat.as_json(message, world.bot)


def edit_markup(world: "World", params: Params) -> dict[str, Any]:
    chat, message = _own(world, params)
    markup = _keys(params.get("reply_markup"))
    if markup == _keys(message.markup):
        raise bad(NOT_MODIFIED)
    message.markup = markup
    chat.edited(message)
    return chat.as_json(message, world.bot)


def _keys(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """A keyboard without buttons is none."""
    return markup if markup and any(markup.get("inline_keyboard", [])) else None


def delete_message(world: "World", params: Params) -> bool:
    chat = world.chats.get(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad("message to delete not found")
    _delete(world, chat, [message])
    return True


def delete_messages(world: "World", params: Params) -> bool:
    chat = world.chats.get(params["chat_id"])
    found = [chat.messages[one] for one in set(params["message_ids"]) if one in chat.messages]
    _delete(world, chat, sorted(found, key=lambda message: message.message_id))
    return True


def _delete(world: "World", chat: Chat, messages: list[Shown]) -> None:
    """All of them or none: a bot deletes its own and, in private chats, a person's messages."""
    now = world.clock.now()
    for message in messages:
        foreign = not message.by_bot and chat.info["type"] != "private"
        if foreign or now - message.date >= DELETABLE:
            raise bad("message can't be deleted for everyone")
    for message in messages:
        chat.remove(message.message_id)


def answer_callback_query(world: "World", params: Params) -> bool:
    world.people.answer(
        params["callback_query_id"], params.get("text", ""), alert=params.get("show_alert", False)
    )
    return True


def send_chat_action(world: "World", params: Params) -> bool:
    world.chats.writable(params["chat_id"])
    return True


def get_chat(world: "World", params: Params) -> dict[str, Any]:
    chat = world.chats.get(params["chat_id"])
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    fixed = {"accent_color_id": 0, "max_reaction_count": 11}
    accepted = dict.fromkeys((*gifts, "gifts_from_channels"), False)
    return {**chat.info, **fixed, "accepted_gift_types": accepted}


def leave_chat(world: "World", params: Params) -> bool:
    chat = world.chats.writable(params["chat_id"])
    if chat.info["type"] == "private":
        raise bad("chat member status can't be changed in private chats")
    chat.closed = Refusal(403, "Forbidden: bot is not a member of the group chat")
    return True


def set_webhook(world: "World", params: Params) -> bool:
    world.set_webhook(params)
    return True


def delete_webhook(world: "World", params: Params) -> bool:
    world.set_webhook({**params, "url": ""})
    return True


HANDLERS: dict[str, Handler] = {
    "answerCallbackQuery": answer_callback_query,
    "copyMessage": copy_message,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "deleteMyCommands": lambda world, params: world.profile.delete_commands(params),
    "deleteWebhook": delete_webhook,
    "editMessageReplyMarkup": edit_markup,
    "editMessageText": edit_text,
    "getChat": get_chat,
    "getChatMenuButton": lambda world, params: world.profile.get_menu_button(params),
    "getMe": lambda world, _: world.me,
    "getMyCommands": lambda world, params: world.profile.get_commands(params),
    "getMyDescription": lambda world, params: world.profile.get_text("description", params),
    "getMyName": lambda world, params: world.profile.get_text("name", params),
    "getMyShortDescription": lambda world, p: world.profile.get_text("short_description", p),
    "getWebhookInfo": lambda world, _: world.webhook.info(),
    "leaveChat": leave_chat,
    "sendChatAction": send_chat_action,
    "sendContact": send_contact,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendPoll": send_poll,
    "sendVenue": send_venue,
    "sendVideo": send_file("video"),
    "sendVoice": send_file("voice"),
    "setChatMenuButton": lambda world, params: world.profile.set_menu_button(params),
    "setMyCommands": lambda world, params: world.profile.set_commands(params),
    "setMyDescription": lambda world, params: world.profile.set_text("description", params),
    "setMyName": lambda world, params: world.profile.set_text("name", params),
    "setMyShortDescription": lambda world, p: world.profile.set_text("short_description", p),
    "setWebhook": set_webhook,
    "stopPoll": stop_poll,
}
