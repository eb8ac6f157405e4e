"""The log holds codes and numbers of ours: no text, id, token or address of anybody."""

import asyncio
import gc
import logging
import logging.config
import sys
import threading

import pytest

from bot import logs

CANARY = "Айгүл-4000000001-7777:AAtoken-https://api.example/bot7777"
LIBRARIES = (
    "aiohttp.access",
    "aiohttp.client",
    "aiohttp.server",
    "aiosqlite",
    "alembic",
    "asyncio",
    "httpx",
    "sqlalchemy.engine.Engine",
    "telegram.Bot",
    "telegram.ext",
    "urllib3",
    "born.later",
)


class Lines:
    """Reads what was written since it was last asked."""

    def __init__(self, capsys):
        self._capsys = capsys

    def __call__(self):
        return self._capsys.readouterr().err.splitlines()


@pytest.fixture
def log(capsys):
    """Set the log up as the bot does, and read what it wrote; put everything back."""
    root = logging.getLogger()
    kept = (root.level, root.handlers[:])
    known = [logging.getLogger(name) for name in (*LIBRARIES[:-1], "tirek")]
    before = [(one, one.level, one.handlers[:], one.propagate) for one in known]
    hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook, logging.raiseExceptions)

    def set_up():
        for one in known:
            one.addHandler(logging.StreamHandler(sys.stderr))
        logs.set_up("info")
        return Lines(capsys)

    yield set_up
    sys.excepthook, sys.unraisablehook, threading.excepthook, logging.raiseExceptions = hooks
    root.level, root.handlers[:] = kept
    for one, level, handlers, propagate in before:
        one.setLevel(level)
        one.handlers[:], one.propagate = handlers, propagate


@pytest.mark.parametrize("name", LIBRARIES)
def test_other_peoples_loggers_are_silent(log, name):
    """No library prints anything, whatever level and handlers it had before (R30)."""
    lines = log()
    library = logging.getLogger(name)
    library.setLevel(logging.DEBUG)
    for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
        library.log(level, "POST %s", CANARY)
    try:
        _deep(1, ValueError(CANARY))
    except ValueError:
        library.exception(CANARY)
    assert lines() == []


def test_our_events_are_written(log):
    """Our own events are written with time, level, room and code."""
    lines = log()
    logging.getLogger("tirek.store").info("store.swept count=%d", 3)
    logging.getLogger("tirek.store").debug("not at this level")
    (line,) = lines()
    assert line.endswith("INFO tirek.store store.swept count=3")


def _deep(depth, error):
    if depth:
        _deep(depth - 1, error)
    raise error


class TheNameOfThisOneAloneFillsMoreThanALineError(ValueError):
    pass


def _chain(length):
    try:
        if length:
            _chain(length - 1)
        _deep(30, KeyError(CANARY))
    except (KeyError, ValueError) as error:
        kind = ValueError
        if length > 10:
            kind = TheNameOfThisOneAloneFillsMoreThanALineError
        failure = kind(f"{CANARY} {length}")
        failure.__cause__ = error
        _deep(8, failure)


def test_of_an_exception_kinds_and_places_are_written(log):
    """An exception is one line of kinds and places, without a word of its text or its causes'."""
    lines = log()
    try:
        _chain(3)
    except ValueError:
        logging.getLogger("tirek.turns").exception("turn.broken")
    written = lines()
    assert "Айгүл" not in str(written)
    assert "4000000001" not in str(written)
    assert "7777" not in str(written)
    assert written[0].endswith("turn.broken")
    assert written[1].startswith("ValueError at ")
    assert " from KeyError at " in written[1]
    assert "test_logs.py:" in written[1]


def test_a_line_is_shorter_than_a_kilobyte(log):
    """However deep and long the chain of exceptions, an event stays below 1 kB (R30)."""
    lines = log()
    try:
        _chain(20)
    except ValueError:
        logging.getLogger("tirek.turns").exception("turn.broken")
    assert len("\n".join(lines()).encode()) <= 1000


def test_an_exception_group_tells_no_text(log):
    """A group of exceptions, as task groups raise them, is written without any text."""
    lines = log()
    try:
        _deep(1, ExceptionGroup(CANARY, [ValueError(CANARY), KeyError(CANARY)]))
    except ExceptionGroup:
        logging.getLogger("tirek.app").exception("app.broken")
    written = str(lines())
    assert "ExceptionGroup" in written
    assert "Айгүл" not in written


def test_exceptions_that_asyncio_reports_tell_no_text(log):
    """A task nobody asked, and a callback that broke, print none of their text."""
    lines = log()

    async def breaks():
        raise ValueError(CANARY)

    async def forget_it():
        task = asyncio.create_task(breaks(), name=CANARY)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task
        gc.collect()
        asyncio.get_running_loop().call_soon(_deep, 1, ValueError(CANARY))
        await asyncio.sleep(0.01)

    asyncio.run(forget_it(), debug=True)
    assert "Айгүл" not in str(lines())


def test_an_error_nobody_caught_tells_no_text(log):
    """What ends the program, its threads or a finaliser is told by kind and place, not by text."""
    lines = log()
    try:
        _deep(1, ValueError(CANARY))
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    written = "\n".join(lines())
    assert "ValueError" in written
    assert "Айгүл" not in written


def test_errors_of_threads_and_finalisers_tell_no_text(log):
    """A thread that breaks and an object that breaks while dying print none of their text."""
    lines = log()

    class Dying:
        def __del__(self):
            raise ValueError(CANARY)

    thread = threading.Thread(target=_deep, args=(1, ValueError(CANARY)), name=CANARY)
    thread.start()
    thread.join()
    Dying()
    gc.collect()
    written = lines()
    assert sum("process.broken" in line for line in written) == 2
    assert "Айгүл" not in str(written)


def test_a_log_that_cannot_be_written_prints_nothing_instead(log, capsys):
    """When the log cannot be written, its own trouble prints no text of anybody either."""

    class Full:
        def write(self, _text):
            raise OSError(CANARY)

        def flush(self):
            raise OSError(CANARY)

    log()
    (handler,) = logging.getLogger("tirek").handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(Full())
    try:
        _deep(1, ValueError(CANARY))
    except ValueError:
        logging.getLogger("tirek.turns").exception("turn.broken")
    assert capsys.readouterr().err == ""
