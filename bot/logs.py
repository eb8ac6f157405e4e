"""What may be written down: event codes and numbers of ours, and nothing of anybody else's.

Libraries print URLs with the token, bodies with texts, rows with ids. So every logger but ours is
silent, and of an exception we print its kind and our own lines, never its text (R29, R30).
"""

import logging
import sys
import threading
import traceback
from pathlib import PurePath
from types import TracebackType

_OURS = "tirek"
_DEPTH = 6
"""Frames printed of an exception, the innermost."""

_LONGEST = 800
"""Letters printed of an exception and its causes; it keeps an event below 1 kB (R30)."""


class _Codes(logging.Formatter):
    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name for it
        """Print kinds and places of an exception and its causes, without a word of their texts."""
        error = ei[1] if isinstance(ei, tuple) else None
        kinds: list[str] = []
        while isinstance(error, BaseException) and len(kinds) < _DEPTH:
            frames = traceback.extract_tb(error.__traceback__)[-_DEPTH:]
            ours = [f"{'/'.join(PurePath(f.filename).parts[-2:])}:{f.lineno}" for f in frames]
            kinds.append(f"{type(error).__name__} at {' < '.join(reversed(ours))}")
            error = error.__cause__ or error.__context__
        return " from ".join(kinds)[:_LONGEST]


def set_up(level: str) -> None:
    """Write our own events from `level` up to the standard error; silence everybody else."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Codes("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [logging.NullHandler()]
    root.setLevel(logging.CRITICAL)
    for name in list(logging.root.manager.loggerDict):
        if name != _OURS and not name.startswith(f"{_OURS}."):
            logging.getLogger(name).handlers[:] = []
            logging.getLogger(name).propagate = True
    ours = logging.getLogger(_OURS)
    ours.handlers[:] = [handler]
    ours.propagate = False
    ours.setLevel(level.upper())
    logging.captureWarnings(capture=False)
    # When the log itself cannot be written, Python would print texts instead.
    logging.raiseExceptions = False
    sys.excepthook = _broken
    sys.unraisablehook = lambda why: _broken(why.exc_type, why.exc_value, why.exc_traceback)
    threading.excepthook = lambda why: _broken(why.exc_type, why.exc_value, why.exc_traceback)


def _broken(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    """Tell of an error that nobody caught, by kind and place."""
    happened = error if error is not None else kind()
    logging.getLogger(_OURS).critical("process.broken", exc_info=(kind, happened, trace))
