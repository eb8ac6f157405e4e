"""Marks of erasures, in a file of their own: a backup put back must not bring anybody back (R6).

The file is a redo log. A mark is on the disk before the rows go, and the database remembers the
last mark that was applied to it. An older copy remembers an older one: what follows is applied
again. A mark names a person by the epoch pseudonyms her rows lie under; without the keys, which
die within two days, it names nobody. Or by a long-term name, after the version of the key it is under.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.errors import StoreError
from bot.store import keyfiles

MARK_LIFE = 35 * 24 * 60 * 60
"""Seconds a mark is kept: longer than any backup (30 days)."""

_LINE = re.compile(rb"(\d+) (\d+)(?: k(\d+))?((?: [0-9a-f]{32})+)\n")
_TAIL = 4096
"""Bytes at the end in which the last mark is looked for; a mark has about a hundred."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The erasure `number`, asked for at `when` (epoch seconds), of the rows under `names`.

    `version` is that of the long-term key which they are under; 0 for those of an epoch.
    """

    number: int
    when: int
    names: tuple[bytes, ...]
    version: int = 0


class Marks:
    """An append-only file, 0600; the processes of one machine may share it.

    Every method raises `StoreError` if the file cannot be read or written.

    Args:
        path: the file; made with the first mark, in a folder that is made too if it is missing.

    Raises:
        UnsafeSettingsError: others may read the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        if path.exists():
            keyfiles.refuse_open(path, "600")

    def add(
        self, people: Sequence[tuple[bytes, ...]], now: int, after: int, version: int = 0
    ) -> int:
        """Write a mark for each of `people`, given by their names; durable when this returns.

        `version` is as in `Mark`.

        Returns:
            The number of the last one; all are greater than `after` and than any before.
        """
        with self._alone():
            with _private(self._path, os.O_APPEND) as file:
                tail = self._tail()
                # What a crash left unfinished was never promised to anybody.
                file.truncate(file.seek(0, os.SEEK_END) - len(tail) + tail.rfind(b"\n") + 1)
                last = max((mark.number for mark in _read(tail)), default=0)
                first = max(last, after) + 1
                _write(
                    file, [Mark(n, now, names, version) for n, names in enumerate(people, first)]
                )
            keyfiles.sync(self._path.parent)
        return first + len(people) - 1

    def last(self) -> int:
        """The number of the last mark, 0 where there is none."""
        with self._alone():
            tail = self._tail() if self._path.exists() else b""
        return max((mark.number for mark in _read(tail)), default=0)

    def beyond(self, number: int) -> list[Mark]:
        """Every mark after `number`, in order."""
        with self._alone():
            return [mark for mark in self._all() if mark.number > number]

    def end(self, now: float) -> None:
        """Drop marks that have lived long enough: all of them or, if interrupted, none."""
        with self._alone():
            marks = self._all()
            kept = [mark for mark in marks if now - mark.when < MARK_LIFE]
            if len(kept) < len(marks):
                self._replace(kept)

    def change(self, changed: Callable[[Mark], Mark]) -> None:
        """Write every mark as `changed` gives it: all of them or, if interrupted, none."""
        with self._alone():
            marks = self._all()
            after = [changed(mark) for mark in marks]
            if after != marks:
                self._replace(after)

    def _replace(self, marks: Iterable[Mark]) -> None:
        draft = self._path.with_suffix(".tmp")
        with _private(draft, os.O_TRUNC) as file:
            _write(file, marks)
        draft.rename(self._path)
        keyfiles.sync(self._path.parent)

    def _all(self) -> list[Mark]:
        return _read(self._path.read_bytes()) if self._path.exists() else []

    def _tail(self) -> bytes:
        with self._path.open("rb") as file:
            file.seek(max(0, self._path.stat().st_size - _TAIL))
            return file.read()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder against other processes; say what to do where it cannot be used."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with keyfiles.alone(self._path.parent):
                yield
        except OSError as error:
            raise StoreError(
                f"The erasure marks {self._path} cannot be kept: {error.strerror}. "
                f"Make room on the disk and give the file to the bot's user."
            ) from error


def _private(path: Path, how: int) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600), "wb")


def _read(lines: bytes) -> list[Mark]:
    """The marks in `lines`; what is no mark is passed over."""
    found = (_LINE.fullmatch(line) for line in lines.splitlines(keepends=True))
    return [
        Mark(
            int(one[1]),
            int(one[2]),
            tuple(bytes.fromhex(name.decode()) for name in one[4].split()),
            int(one[3] or 0),
        )
        for one in found
        if one
    ]


def _write(file: BinaryIO, marks: Iterable[Mark]) -> None:
    """Write `marks`, on the disk when this returns."""
    for mark in marks:
        names = b" ".join(name.hex().encode() for name in mark.names)
        version = b" k%d" % mark.version if mark.version else b""
        file.write(b"%d %d%s %s\n" % (mark.number, mark.when, version, names))
    file.flush()
    os.fsync(file.fileno())
