"""The terminal lets go at once."""

import os
import pty
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_ctrl_c_ends_the_chat_at_once():
    """Ctrl-C at the prompt ends the chat without a trace and without waiting for a line."""
    ours, theirs = pty.openpty()
    chat = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat", "--plain"],
        cwd=ROOT,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Whoever runs the tests in the background has Ctrl-C switched off, for children as well.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - between fork and exec it only sets a signal
    )
    os.close(theirs)
    assert chat.stdout is not None
    seen = b""
    while b"> " not in seen:
        seen += os.read(chat.stdout.fileno(), 65536)
    chat.send_signal(signal.SIGINT)
    _, errors = chat.communicate(timeout=60)  # one that waits for a line waits for ever
    os.close(ours)
    assert chat.returncode == 130
    assert errors == b""
