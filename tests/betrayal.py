"""A linter over what the bot says to Telegram: nothing that could give a person away (R12, R13)."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bot.content.checks.limits import LOCK_SCREEN
from bot.content.lexicon import Lexicon, read_lexicon
from tests.standin.limits import SENDING
from tests.standin.record import Call
from tests.standin.spec import Upload

_CONTENT = Path(__file__).parent.parent / "content"
_TAG = re.compile(r"<[^<>]*>")
_SHARED = {"sendPhoto", "sendDocument"}
"""Made to be passed on, so not protected."""

_KNOWN = SENDING | {
    "answerCallbackQuery",
    "deleteMessage",
    "deleteMessages",
    "deleteWebhook",
    "editMessageText",
    "getMe",
    "getUpdates",
    "leaveChat",
    "setMyCommands",
    "setWebhook",
    "stopPoll",
}
_SEEN_BY_OTHERS = {"setMyCommands": ("commands",), "answerCallbackQuery": ("text",)}
"""Parameters of calls that show without anybody opening the chat."""


@cache
def lexicon() -> Lexicon:
    """The words that tell the topic, as they are shipped."""
    words, problems = read_lexicon(_CONTENT / "lexicon")
    assert not problems
    return words


def betrayals(calls: Iterable[Call]) -> list[str]:
    """Every way in which one of `calls` could give somebody away, in words."""
    return [f"{call.method}: {what}" for call in calls for what in _of(call)]


def _of(call: Call) -> Iterator[str]:
    given = call.params
    if call.method not in _KNOWN:
        yield "a method that nobody has thought about"
    if call.method in SENDING:
        yield from (
            f"without {flag}"
            for flag in ("disable_notification", "protect_content")
            if given.get(flag) is not True
            and not (flag == "protect_content" and call.method in _SHARED)
        )
        files = [one.name for one in given.values() if isinstance(one, Upload)]
        said = (str(given.get(key, "")) for key in ("text", "first_name", "caption"))
        words = " ".join((*files, *said))
        if word := lexicon().tells(_TAG.sub("", words)[:LOCK_SCREEN]):
            yield f"'{word}' stands on the lock screen"
    yield from _asked(given)
    if "text" in given and call.method != "answerCallbackQuery":
        preview = given.get("link_preview_options") or {}
        if preview.get("is_disabled") is not True:
            yield "a link unfolds"
    for key in _SEEN_BY_OTHERS.get(call.method, ()):
        if word := lexicon().tells(str(given.get(key, ""))):
            yield f"'{word}' shows without the chat being opened"
    for data in _data(given.get("reply_markup")):
        # By chance the letters of a tag spell a short word once in some ten thousand buttons.
        if lexicon().tells(_SEALED.sub("", data)) or len(data) < _SHORTEST:
            yield "a button carries a word that can be read"


def _asked(given: Any) -> Iterator[str]:
    """Many read a poll: all of it has to be neutral, not its beginning alone."""
    shown = [str(given.get(key, "")) for key in ("question", "explanation")]
    shown += [one["text"] for one in given.get("options", ())]
    if word := next(filter(None, map(lexicon().tells, shown)), None):
        yield f"'{word}' is asked in a group"


_SEALED = re.compile(r"^[A-Za-z0-9_-]{11}(?=[A-Za-z0-9_-]{16,}$)")
"""The tag of a button, where nothing else than base64 follows it."""

_SHORTEST = 16
"""Letters of callback data at least: a tag and codes, never a word."""


def _data(markup: Any) -> Iterator[str]:
    for row in (markup or {}).get("inline_keyboard", ()):
        yield from (button["callback_data"] for button in row if "callback_data" in button)
