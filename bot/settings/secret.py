"""Secrets that live in files of their own, readable by the service alone."""

import os
import re
import stat
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import SecretStr

from bot.errors import SettingsError, UnsafeSettingsError


class Shape(NamedTuple):
    """What a secret looks like: a pattern for the whole of it, and its description."""

    pattern: re.Pattern[str]
    words: str


TOKEN: Final = Shape(
    re.compile(r"[0-9]{5,16}:[A-Za-z0-9_-]{35}"),
    "a bot token: digits, a colon and 35 characters, as BotFather wrote it",
)
SECRET: Final = Shape(
    re.compile(r"[A-Za-z0-9_-]{32,256}"),
    "a webhook secret: 32 to 256 of the characters A-Z a-z 0-9 _ -",
)
"""Telegram takes 1 to 256 characters; 32 of them cannot be guessed."""

_TOKEN_LIKE = re.compile(r"[0-9]{5,16}:[A-Za-z0-9_-]{8,}")
_LARGEST = 4096
_OTHERS = 0o077


def looks_like_token(text: str) -> bool:
    """Tell whether a text holds what could be a token."""
    return _TOKEN_LIKE.search(text) is not None


def hide_tokens(text: str) -> str:
    """Return `text` with everything that could be a token left out."""
    return _TOKEN_LIKE.sub("(hidden)", text)


def open_to_others(path: Path) -> bool:
    """Tell whether a group or everybody may do anything with a file, or with where a link leads.

    Always false on Windows, which has no such marks.
    """
    return os.name != "nt" and bool(stat.S_IMODE(path.stat().st_mode) & _OTHERS)


def read_secret(path: Path, shape: Shape) -> SecretStr | None:
    """Read the secret in `path`; None where there is no such file.

    Raises:
        UnsafeSettingsError: if a group or everybody may read the file.
        SettingsError: if it cannot be read or does not hold `shape`. What it holds is not told.
    """
    try:
        if open_to_others(path):
            raise UnsafeSettingsError(f"{path}: others may read this file (chmod 600 {path})")
        with path.open("rb") as opened:
            text = opened.read(_LARGEST).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(f"{path}: the file cannot be read: {error.strerror}") from None
    if not shape.pattern.fullmatch(text):
        raise SettingsError(f"{path}: this does not hold {shape.words}")
    return SecretStr(text)
