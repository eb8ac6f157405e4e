"""What stands in a file, before anybody asks what it means: ordinary UTF-8 of ordinary size."""

import re
import stat
from pathlib import Path
from typing import Final

from bot.content.problem import Problem

MAX_BYTES: Final = 1_000_000
"""Bytes a file may have: five times the largest file of services we know of a country."""

_UNSEEN = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
    "|[\\xad\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff]"
)
"""What YAML forbids, and what makes a text read differently from what it is."""


class Refused(Exception):  # noqa: N818 - not an error of ours: it ends the reading of one file
    """The file cannot be read further; carries the problem."""

    def __init__(self, file: str, what: str, hint: str = "", line: int = 1, col: int = 1) -> None:
        self.problem = Problem(file, line, col, what, hint)


def read_text(path: Path, file: str) -> str:
    """Read the text of an ordinary file of at most `MAX_BYTES` that no author wrote.

    Characters that cannot be seen, which an author would have to take out, are taken out.

    Raises:
        Refused: with the problem, if it is anything else.
    """
    return decoded(read_bytes(path, file), file, foreign=True)


def read_bytes(path: Path, file: str) -> bytes:
    """Read an ordinary file as far as it may go; raises `Refused`."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise Refused(file, "this is not an ordinary file", "put the file itself here")
        with path.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(file, f"the file cannot be read: {error.strerror}") from None


def decoded(raw: bytes, file: str, *, foreign: bool = False) -> str:
    """Read UTF-8 of ordinary size in which everything can be seen; raises `Refused`."""
    if len(raw) > MAX_BYTES:
        raise Refused(file, "the file is larger than 1 MB", "divide it into several files")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "ignore")
        at = _position(before, len(before))
        raise Refused(file, "this is not UTF-8", "save the file as UTF-8", *at) from None
    if foreign:
        return _UNSEEN.sub("", text)
    if found := _UNSEEN.search(text):
        what = f"the character U+{ord(found[0]):04X} cannot be seen"
        raise Refused(file, what, "take it out", *_position(text, found.start()))
    return text


def _position(text: str, index: int) -> tuple[int, int]:
    """Count line and column, both from 1, of the character at `index`."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1
