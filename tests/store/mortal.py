"""Lives that end by a signal which the kernel delivers, as `kill -9` does: no handler, no cleanup."""

import json
import os
import signal
import sys
import traceback

from sqlalchemy import Engine, event


def live(work):
    """Run `work` in a life of its own; return whether it came to its end, and what it said."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        try:
            work(lambda said: os.write(write, json.dumps(said).encode() + b"\n"))
        except BaseException:  # noqa: BLE001 - whatever it was, the parent must hear of it
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = [json.loads(line) for line in pipe]
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status > 0:
        raise SystemExit("a life failed for a reason of its own")
    return status == 0, said


def die_in(seconds):
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def die_at_line(number, files):
    """Be killed when the `number`-th line of `files` is about to run."""
    left = number

    def trace(frame, event, _argument):
        nonlocal left
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def die_at_statement(number):
    """Be killed at the `number`-th moment after a statement or before a commit."""
    left = number

    def moment(*_):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("after_cursor_execute", "commit"):
        event.listen(Engine, name, moment)
