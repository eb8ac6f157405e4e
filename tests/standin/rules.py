"""Telegram's rules that its table of types cannot say."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.standin.refusal import wrong

Rule = Callable[[dict[str, Any]], None]

MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
MOST_COMMANDS = 100
MOST_DELETED = 100
DATA_BYTES = 64
LEAST_OPTIONS, MOST_OPTIONS = 2, 12
OPEN_LEAST, OPEN_MOST = 5, 600  # seconds
MOST_LINE_FEEDS = 2
LOOPBACK = ("127.0.0.1", "localhost", "::1")
WEBHOOK_PORTS = (443, 80, 88, 8443)
ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)
BUTTON_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def is_web_url(url: str) -> bool:
    """Whether Telegram would open this as a link: http(s) with a dotted host, or tg://."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme == "tg":
        return bool(parts.netloc)
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host.strip(".") and " " not in url


def inline_button(button: dict[str, Any]) -> None:
    """One label, one action, data of 1-64 bytes, a URL that opens."""
    if not button["text"].strip():
        raise wrong("can't parse inline keyboard button: text of the button is empty")
    actions = [name for name in BUTTON_ACTIONS if name in button]
    if not actions:
        raise wrong(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise wrong(f"can't parse inline keyboard button: has {' and '.join(actions)} at once")
    if not 1 <= len(button.get("callback_data", "x").encode()) <= DATA_BYTES:
        raise wrong("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not is_web_url(url):
        raise wrong(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _rows(rows: list[list[Any]]) -> None:
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise wrong(f"REPLY_MARKUP_TOO_LONG: more than {MOST_BUTTONS} buttons")
    if any(len(row) > MOST_IN_A_ROW for row in rows):
        raise wrong(f"REPLY_MARKUP_TOO_LONG: more than {MOST_IN_A_ROW} buttons in a row")


def inline_keyboard(markup: dict[str, Any]) -> None:
    """At most 100 buttons, 8 a row."""
    _rows(markup.get("inline_keyboard", []))


def reply_keyboard(markup: dict[str, Any]) -> None:
    """At most 100 buttons, 8 a row, at least one, all with a label."""
    _rows(markup["keyboard"])
    buttons = [button for row in markup["keyboard"] for button in row]
    if not buttons or not all(button["text"].strip() for button in buttons):
        raise wrong("can't parse reply keyboard markup: a keyboard needs buttons with text")


def command(value: dict[str, Any]) -> None:
    """Lower-case Latin letters, digits and underscores, at most 32."""
    if not re.fullmatch(r"[a-z0-9_]{1,32}", value["command"]):
        raise wrong("BOT_COMMAND_INVALID")


def delete_messages(params: dict[str, Any]) -> None:
    """1-100 ids."""
    if not params["message_ids"]:
        raise wrong("message identifiers are not specified")
    if len(params["message_ids"]) > MOST_DELETED:
        raise wrong("too many message identifiers specified")


def set_my_commands(params: dict[str, Any]) -> None:
    """At most 100 commands, a real language."""
    if len(params["commands"]) > MOST_COMMANDS:
        raise wrong("BOT_COMMANDS_TOO_MUCH")
    language(params)


def language(params: dict[str, Any]) -> None:
    """A two-letter language code or none."""
    if not re.fullmatch(r"([a-z]{2})?", params.get("language_code", "")):
        raise wrong("invalid language code specified")


def chat_action(params: dict[str, Any]) -> None:
    """An action that Telegram knows."""
    if params["action"] not in ACTIONS:
        raise wrong("wrong parameter action in request")


def edit_target(params: dict[str, Any]) -> None:
    """A chat and a message in it; the double knows no inline messages."""
    if "chat_id" not in params or "message_id" not in params:
        raise wrong("message identifier is not specified")


def edit_text(params: dict[str, Any]) -> None:
    """A target and a text."""
    edit_target(params)
    if "text" not in params:
        raise wrong("message text is empty")


def send_venue(params: dict[str, Any]) -> None:
    """A point on the earth, and words that say what is there."""
    if not (abs(params["latitude"]) <= 90 and abs(params["longitude"]) <= 180):
        raise wrong("wrong venue location specified")
    if not (params["title"].strip() and params["address"].strip()):
        raise wrong("a venue needs a title and an address")


def send_poll(params: dict[str, Any]) -> None:
    """2-12 options that differ, a right one in a quiz, 5-600 seconds, at most 2 line feeds."""
    texts = [option["text"].strip() for option in params["options"]]
    if not params["question"].strip():
        raise wrong("poll question must be non-empty")
    if len(texts) < LEAST_OPTIONS:
        raise wrong("poll must have at least 2 option")
    if len(texts) > MOST_OPTIONS:
        raise wrong("poll can't have more than 12 options")
    if not all(texts) or len({*texts}) < len(texts):
        raise wrong("poll options must be non-empty and unique")
    if params.get("type", "regular") == "quiz":
        _quiz(params, len(texts))
    elif "correct_option_ids" in params or "explanation" in params:
        raise wrong("right answers and explanations belong to a quiz")
    if "open_period" in params and "close_date" in params:
        raise wrong("open_period and close_date can't be used together")
    if not OPEN_LEAST <= params.get("open_period", OPEN_LEAST) <= OPEN_MOST:
        raise wrong(f"open_period must be {OPEN_LEAST}-{OPEN_MOST}")


def _quiz(params: dict[str, Any], options: int) -> None:
    right = params.get("correct_option_ids", [])
    if not right or right != sorted({*right}) or not 0 <= right[0] <= right[-1] < options:
        raise wrong("wrong correct option ID specified")
    if len(right) > 1 and not params.get("allows_multiple_answers"):
        raise wrong("several right options need allows_multiple_answers")
    if params.get("allows_revoting"):
        raise wrong("answers in a quiz can't be changed")
    if params.get("explanation", "").count("\n") > MOST_LINE_FEEDS:
        raise wrong("the explanation has too many line feeds")


def set_webhook(params: dict[str, Any]) -> None:
    """HTTPS on a port Telegram calls (plain HTTP on loopback only) and a clean secret."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", params.get("secret_token", "x")):
        raise wrong("secret token contains unallowed characters")
    if not 1 <= params.get("max_connections", 40) <= 100:
        raise wrong("max_connections must be 1-100")
    if not params["url"]:
        return
    parts = urlsplit(params["url"])
    if parts.hostname in LOOPBACK:
        return
    if parts.scheme != "https":
        raise wrong("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in WEBHOOK_PORTS:
        raise wrong("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


TYPE_RULES: dict[str, Rule] = {
    "InlineKeyboardButton": inline_button,
    "InlineKeyboardMarkup": inline_keyboard,
    "ReplyKeyboardMarkup": reply_keyboard,
    "BotCommand": command,
}
METHOD_RULES: dict[str, Rule] = {
    "deleteMessages": delete_messages,
    "deleteMyCommands": language,
    "editMessageReplyMarkup": edit_target,
    "editMessageText": edit_text,
    "sendChatAction": chat_action,
    "sendPoll": send_poll,
    "sendVenue": send_venue,
    "setMyCommands": set_my_commands,
    "setMyDescription": language,
    "setMyName": language,
    "setMyShortDescription": language,
    "setWebhook": set_webhook,
}
