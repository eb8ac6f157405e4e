"""The bot in a terminal: the same conversation, with numbered buttons and piped input."""

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from html import escape, unescape
from itertools import count
from pathlib import Path
from shutil import rmtree
from threading import Thread

from rich.console import Console
from rich.text import Text

from bot.channels.port import Cleared, Inbound, Intake, PassedOn, Removal, Shown
from bot.engine.events import Commanded, Event, Located, Wrote
from bot.engine.screen import (
    ADDRESS,
    CardPage,
    Label,
    NewsPage,
    Page,
    PicturePage,
    RecordingPage,
    VenuePage,
)

_PERSON = 1
"""The one person at a terminal."""

_WIDTH, _HEIGHT = slice(16, 20), slice(20, 24)
"""Where a PNG says how large it is."""

_TAGS = re.compile(r"</?(?:b|i|code|a)(?:\s[^>]*)?>")
_POINT = re.compile(r"@\s*(-?\d{1,2}\.\d{1,8}),\s*(-?\d{1,3}\.\d{1,8})")
"""A shared location, as it is typed here: `@ 40.53, 72.80`."""
_BOLD = re.compile(r"<b>(.*?)</b>", re.DOTALL)


class Terminal:
    """Prints what a chat would show. Buttons are numbered; a number or words press them."""

    def __init__(self, console: Console, folder: Path, *, plain: bool) -> None:
        """Print to `console`; `plain` leaves out every decoration, for pipes and screen readers.

        Files are put into `folder`, to be opened while the conversation goes on.
        """
        self._console, self._folder, self._plain = console, folder, plain
        self._numbers = count(2, 2)
        self._files: list[Path] = []

    async def clear(
        self,
        chat_id: int,  # noqa: ARG002 - there is one chat
        messages: Sequence[int],
        instead: Page | None,  # noqa: ARG002 - nothing stays that could be overwritten
    ) -> Cleared:
        """Empty the screen; where that is impossible, draw a line under what was said.

        The files go as well.
        """
        while self._files:
            rmtree(self._files.pop().parent, ignore_errors=True)
        if self._console.is_terminal and not self._plain:
            self._console.clear()
        else:
            self._console.print("-" * 40, markup=False, highlight=False)
        return Cleared(gone=frozenset(messages))

    async def deliver(
        self,
        shown: Shown,
        chat_id: int,  # noqa: ARG002 - there is one chat
        message_id: int | None,  # noqa: ARG002 - what was printed cannot be edited
        tap: str | None,  # noqa: ARG002 - nobody waits for a spinner
    ) -> int | None:
        """Print `shown` and give it a number; what a person types has the odd ones."""
        if isinstance(shown, PassedOn | Removal):
            return None  # no team reads along here; what was typed stands where it stands
        if isinstance(shown, CardPage):
            self._say(shown.text)
            self._offer((shown.remove,))
        elif isinstance(shown, VenuePage):
            self._say(f"{escape(shown.title)}\n{escape(shown.address)}\n{shown.lat}, {shown.lon}")
            self._offer((shown.remove,))
        elif isinstance(shown, RecordingPage):
            self._say(escape(shown.file))
            self._offer((shown.remove,))
        elif isinstance(shown, PicturePage):
            self._say(f"{shown.caption}\n{escape(await asyncio.to_thread(self._drawn, shown))}")
            self._offer((shown.remove,))
        elif isinstance(shown, NewsPage):
            self._say(shown.text)
        else:
            self._say(shown.text)
            self._offer(shown.labels)
        return next(self._numbers)

    def _drawn(self, shown: PicturePage) -> str:
        """Stand in for a picture: its pixels and its size; a PDF is written, and it says where."""
        drawn = shown.draw(ADDRESS)
        kilobytes = f"{round(len(drawn) / 1000)} kB"
        if not shown.is_pdf:
            wide, high = int.from_bytes(drawn[_WIDTH]), int.from_bytes(drawn[_HEIGHT])
            return f"[picture {wide}×{high}, {kilobytes}]"
        # Each in a place of its own, for the pages of two plans have the same name.
        file = Path(tempfile.mkdtemp(dir=self._folder)) / shown.file_name
        file.write_bytes(drawn)
        self._files.append(file)
        return f"[{file}, {kilobytes}]"

    def _say(self, markup: str) -> None:
        if self._plain:
            self._console.print(unmarked(markup), markup=False, highlight=False, soft_wrap=True)
            return
        text = Text()
        at = 0
        for bold in _BOLD.finditer(markup):
            text.append(unmarked(markup[at : bold.start()]))
            text.append(unmarked(bold[1]), style="bold")
            at = bold.end()
        text.append(unmarked(markup[at:]))
        self._console.print(text)

    def _offer(self, labels: tuple[Label, ...]) -> None:
        self._console.print()
        for number, label in enumerate(labels, 1):
            more = f"  ({label.copies or label.url})" if label.copies or label.url else ""
            line = Text(f"  {number}. {label.text}{more}", style="" if self._plain else "cyan")
            self._console.print(line, highlight=False, soft_wrap=True)
        self._console.print()


def unmarked(markup: str) -> str:
    """Turn a page's HTML into the words a person reads."""
    return unescape(_TAGS.sub("", markup))


async def converse(
    intake: Intake, language_code: str | None, clock: Callable[[], float] = time.time
) -> None:
    """Hold one conversation: show the first screen, then answer each line until there is no more."""
    await _turn(intake, 1, Commanded("start"), language_code, clock)
    number = 1
    async for line in _lines():
        number += 1
        await _turn(intake, number, _event(line), language_code, clock)


async def _turn(
    intake: Intake,
    number: int,
    event: Event,
    language_code: str | None,
    clock: Callable[[], float],
) -> None:
    doing = Inbound(
        update_id=number,
        user_id=_PERSON,
        chat_id=_PERSON,
        event=event,
        cause=clock(),
        language_code=language_code,
        written=2 * number + 1,
    )
    await intake.take([doing])
    await intake.settled()


def _event(line: str) -> Event:
    if (point := _POINT.fullmatch(line)) is not None:
        return Located(float(point[1]), float(point[2]))
    if line.startswith("/"):
        name, _, rest = line[1:].strip().partition(" ")
        return Commanded(name.lower(), rest)
    return Wrote(line)


async def _lines() -> AsyncIterator[str]:
    """Read typed or piped lines; bytes that are no text are replaced, empty lines passed over."""
    interactive = sys.stdin.isatty()
    if interactive:
        sys.stdout.write("(Type a number or words. Ctrl-D or Ctrl-C ends.)\n")
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    reader = Thread(target=_read, args=(asyncio.get_running_loop(), lines), daemon=True)
    reader.start()
    while True:
        if interactive:
            sys.stdout.write("> ")
            sys.stdout.flush()
        line = await lines.get()
        if line is None:
            return
        if line:
            if not interactive:
                sys.stdout.write(f"> {line}\n")
                sys.stdout.flush()
            yield line


def _read(loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str | None]) -> None:
    """Read the standard input in a thread that nobody waits for, so that Ctrl-C ends at once."""
    rest = b""
    with suppress(OSError, RuntimeError):  # the input went away, or the loop did
        while chunk := os.read(0, 65536):
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                loop.call_soon_threadsafe(lines.put_nowait, line.decode("utf-8", "replace").strip())
    with suppress(RuntimeError):
        if rest.strip():
            loop.call_soon_threadsafe(lines.put_nowait, rest.decode("utf-8", "replace").strip())
        loop.call_soon_threadsafe(lines.put_nowait, None)
