"""Epoch keys as files: created whole or not at all, destroyed for good, safe to interrupt.

A key is in force once its file carries its final name. Anything under another name is an
unfinished creation or destruction; `finish` ends it, so a kill at any point needs no repair.
"""

import fcntl
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.errors import KeyMissingError, StoreError, UnsafeSettingsError

KEY_BYTES = 32

_MAGIC = b"TIREKEY1"
_AROUND = len(_MAGIC) + 8 + 8
"""Bytes of a file beside its secret."""
_NAME = re.compile(r"(epoch|retired)-([1-9]\d{0,8})\.key")
_UNFINISHED = ("*.tmp", "*.dying")


@dataclass(frozen=True, slots=True)
class StoredKey:
    """One key as its file holds it: its number, its birth in epoch seconds, its secret."""

    number: int
    created: int
    secret: bytes

    def __repr__(self) -> str:
        return f"StoredKey({self.number})"


def prepare(folder: Path) -> None:
    """Create `folder` as 0700, or refuse one that others may look into.

    Raises:
        UnsafeSettingsError: naming the command that closes it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_open(folder, "700")


@contextmanager
def usable(folder: Path) -> Iterator[None]:
    """Say what to do where `folder` cannot be used.

    Raises:
        StoreError: it cannot be read or written.
    """
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"The key folder {folder} cannot be used: {error.strerror}. "
            f"Make room on its disk and let the bot's user write there."
        ) from error


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold `folder` against other processes while keys are created or destroyed."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def finish(folder: Path) -> None:
    """Destroy what an interrupted creation or destruction left behind."""
    for pattern in _UNFINISHED:
        for path in folder.glob(pattern):
            _wipe(path)
            sync(folder)


def read_all(folder: Path, kind: str = "epoch", size: int = KEY_BYTES) -> list[StoredKey]:
    """Every key of `folder`, newest first; of the `kind` "retired" what is left of those before.

    Args:
        folder: where the files are.
        kind: how their names begin.
        size: the bytes of a secret of that kind.

    Raises:
        UnsafeSettingsError: others may read a key file.
        KeyMissingError: a key file is damaged.
    """
    found = []
    for path in folder.iterdir():
        match = _NAME.fullmatch(path.name)
        if match and match[1] == kind:
            refuse_open(path, "600")
            found.append(_decode(path, int(match[2]), size))
    return sorted(found, key=lambda key: -key.number)


def create(folder: Path, number: int, created: int) -> StoredKey:
    """A new random key, on disk when this returns."""
    key = StoredKey(number, created, secrets.token_bytes(KEY_BYTES))
    write(folder, key, "epoch")
    return key


def write(folder: Path, key: StoredKey, kind: str) -> None:
    """Put `key` on the disk, whole or not at all, over another of its number and kind."""
    final = folder / f"{kind}-{key.number}.key"
    draft = final.with_suffix(".tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(_encode(key))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(final)
    sync(folder)


def destroy(folder: Path, number: int, kind: str = "epoch") -> None:
    """Take key `number` out of force, overwrite it and remove it."""
    path = folder / f"{kind}-{number}.key"
    dying = path.with_suffix(".dying")
    path.rename(dying)
    sync(folder)
    _wipe(dying)
    sync(folder)


def destroy_all(folder: Path) -> None:
    """Destroy every key of `folder`, a damaged one too."""
    finish(folder)
    for path in folder.iterdir():
        if match := _NAME.fullmatch(path.name):
            destroy(folder, int(match[2]), match[1])


def _encode(key: StoredKey) -> bytes:
    body = _MAGIC + key.created.to_bytes(8, "big") + key.secret
    return body + _checksum(key.number, body)


def _decode(path: Path, number: int, size: int) -> StoredKey:
    data = path.read_bytes()
    body, checksum = data[:-8], data[-8:]
    if len(data) != _AROUND + size or data[:8] != _MAGIC or checksum != _checksum(number, body):
        raise KeyMissingError(
            f"The key file {path} is damaged. What it protected cannot be read any more: "
            f"remove the file and start again; people will be met as new."
        )
    return StoredKey(number, int.from_bytes(body[8:16], "big"), body[16:])


def _checksum(number: int, body: bytes) -> bytes:
    return hashlib.sha256(number.to_bytes(8, "big") + body).digest()[:8]


def _wipe(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(max(_AROUND + KEY_BYTES, path.stat().st_size)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def sync(folder: Path) -> None:
    """Make the names in `folder` durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refuse_open(path: Path, mode: str) -> None:
    """Refuse a file or folder that others may look into.

    Raises:
        UnsafeSettingsError: naming the command that closes it.
    """
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UnsafeSettingsError(
            f"Others on this machine may read {path}. Type: chmod {mode} {path}"
        )
