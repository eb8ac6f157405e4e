"""The programs under test: how each is started, what its people do, and its process."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from tests.bench.double import TOKEN

ROOT = Path(__file__).parents[2]
RIVALS = Path(sys.prefix) / "rivals" / "bin" / "python"
"""Other libraries live apart: they pin versions that are not ours. `make bench` sets them up."""

_STOPPING = 10.0
"""Seconds a program may take to stop."""

_SETTINGS = """\
telegram: {{token_file: token, api_url: "{url}"}}
store: {{url: "sqlite:///tirek.db", keys: keys}}
content: {{folder: "{root}/content", locales: "{root}/locales"}}
"""


@dataclass(frozen=True, slots=True)
class Program:
    """A program and how people use it.

    Attributes:
        name: as it stands in the tables.
        python: the interpreter that runs it.
        module: what is run; None is Tirek itself.
        arguments: what follows the double's address and the token.
        echoes: whether it answers every text with a message.
        has_menu: whether a tap changes the screen.
        steps: screens a person sees before she is where measuring begins.
        wanted: labels to press, the first that is there.
        text: what is typed where texts are measured.
    """

    name: str
    python: Path
    module: str | None = None
    arguments: tuple[str, ...] = ()
    echoes: bool = False
    has_menu: bool = False
    steps: int = 1
    wanted: tuple[str, ...] = ("Next",)
    text: str = "hello"


_HERE = Path(sys.executable)

TIREK = Program(
    "Tirek",
    _HERE,
    echoes=True,
    has_menu=True,
    # Start page, what is kept, country, then the hub, between which and one page she goes on.
    steps=4,
    wanted=("I want to talk to someone", "Menu", "Continue", "Kazakhstan"),
    text="menu",
)
PTB_ECHO = Program("ptb echo", RIVALS, "tests.bench.bots.ptb_echo", echoes=True)
PTB_MENU = Program("ptb menu", RIVALS, "tests.bench.bots.ptb_menu", has_menu=True)
DIALOG = Program("aiogram_dialog", RIVALS, "tests.bench.bots.dialog_menu", has_menu=True)
RAW_ECHO = Program("raw echo", _HERE, "tests.bench.bots.raw", arguments=("echo",), echoes=True)
RAW_MENU = Program("raw menu", _HERE, "tests.bench.bots.raw", arguments=("menu",), has_menu=True)
ALL = (TIREK, PTB_ECHO, PTB_MENU, DIALOG, RAW_ECHO, RAW_MENU)


class Running:
    """A program that runs: what it has used so far."""

    def __init__(self, number: int) -> None:
        self._process = psutil.Process(number)

    def cpu(self) -> float:
        """Seconds of processor time used until now, in all threads."""
        times = self._process.cpu_times()
        return float(times.user + times.system)

    def memory(self) -> float:
        """Resident megabytes now."""
        return float(self._process.memory_info().rss) / 1e6


def cores() -> list[int]:
    """Name the cores we may use, or nothing where they cannot be chosen."""
    return sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []


def pin(places: Sequence[int]) -> None:
    """Stay on these cores from now on."""
    if sys.platform == "linux" and places:
        os.sched_setaffinity(0, places)


def settings_file(folder: Path, url: str) -> Path:
    """Write a `bot.yaml` that serves the project's content to the double, from `folder`."""
    token = folder / "token"
    token.touch(mode=0o600)
    token.write_text(TOKEN)
    file = folder / "bot.yaml"
    file.write_text(_SETTINGS.format(url=url, root=ROOT))
    return file


@asynccontextmanager
async def started(program: Program, url: str, on: Sequence[int]) -> AsyncIterator[Running]:
    """Run `program` in a folder of its own, on the last of the cores `on`; stop it in the end."""
    with tempfile.TemporaryDirectory(prefix="tirek-bench-") as name:
        folder = Path(name)
        if program.module is None:
            settings = str(settings_file(folder, url))
            command = [str(program.python), "-m", "bot", "run", "--settings", settings]
        else:
            command = [str(program.python), "-m", program.module, url, TOKEN, *program.arguments]
        with (folder / "errors").open("wb") as errors:
            pin(on[-1:])  # the program and its threads inherit it
            process = await asyncio.create_subprocess_exec(
                *command, cwd=ROOT, stdout=errors, stderr=errors
            )
            pin(on[:1])
        try:
            yield Running(process.pid)
        except TimeoutError:
            said = (folder / "errors").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{program.name} does not answer. It said:\n{said}") from None
        finally:
            with suppress(ProcessLookupError):  # it may have ended by itself
                process.terminate()
            try:
                async with asyncio.timeout(_STOPPING):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()
