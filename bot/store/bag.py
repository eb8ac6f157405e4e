"""The letters a process carries, in memory that outlives it: after a kill it is known which never went.

A letter that is claimed may have gone, for all the database knows. If its process was killed before
the request, it comes a second time; and killed once more right before that, nobody ever sends it. So
a file that is mapped into memory holds the letters under way, and of each whether its request has
begun. To write there is no call, and what is written stays when a process is killed: the next one on
this machine gives back what never went. With the machine itself memory is lost: what another boot
left says nothing, and those letters are in doubt as before.
"""

import fcntl
import mmap
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from bot.errors import StoreError
from bot.store.letters import Letter

_BESIDE: Final = "bags"
"""The folder of bags in that of the epoch keys: of this machine alone, read by nobody else, in no backup."""

_PLACES: Final = 8
"""Letters under way at once (R33)."""

_HEAD, _ROOM = 64, 256
"""Bytes that say of which boot a bag is, and bytes for each letter."""

_EMPTY, _CLAIMED, _BEGUN = 0, 1, 2

_BAGS: Final = 64
"""Processes that may send from one machine."""

_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


class _Slip(msgspec.Struct, array_like=True):
    """What is needed of a letter to give it back: no chat, and nothing she reads."""

    campaign: str
    person: bytes
    attempts: int
    claimed: float
    version: int


_slip = msgspec.msgpack.Decoder(_Slip)


class Bag:
    """Up to eight letters under way, in a file that no other process uses.

    Attributes:
        left: letters that processes of this machine had claimed and, killed, never begun to send;
            of those only what it takes to give them back.
    """

    def __init__(self, keys: Path | None, boot: str | None = None) -> None:
        """Take the first bag that is free; of every free one, look what was left.

        Args:
            keys: the folder of the epoch keys, beside which the bags are; they are created as they
                are needed. None keeps it in memory: nothing outlives that.
            boot: tells this boot of the machine from all others; by default what Linux says. Where
                nothing does, nothing that is left is believed.

        Raises:
            StoreError: the folder cannot be written, or 64 processes send from this machine.
        """
        self.left: list[Letter] = []
        # By identity; each letter is held beside its place, so that its identity stays its own.
        self._at: dict[int, tuple[Letter, int]] = {}
        self._free = [*range(_PLACES)]
        self._file = -1
        if keys is None:
            self._map = mmap.mmap(-1, _HEAD + _PLACES * _ROOM)
            return
        folder = keys / _BESIDE
        try:
            self._open(folder, (_booted() if boot is None else boot).encode()[:_HEAD])
        except OSError as error:
            raise StoreError(
                f"The folder {folder} cannot be used: {error.strerror}. "
                f"Make room on its disk and let the bot's user write there."
            ) from error

    def carry(self, letters: Iterable[Letter]) -> None:
        """Carry these letters to be sent from now on, eight at most, and no others."""
        carried = {id(one): one for one in letters if one.message_id is None}
        for known in self._at.keys() - carried.keys():
            _, at = self._at.pop(known)
            self._map[_HEAD + at * _ROOM : _HEAD + (at + 1) * _ROOM] = bytes(_ROOM)
            self._free.append(at)
        for new in carried.keys() - self._at.keys():
            letter = carried[new]
            slip = _Slip(
                letter.campaign, letter.person, letter.attempts, letter.claimed, letter.version
            )
            written = msgspec.msgpack.encode(slip)
            at = self._free.pop()
            self._at[new] = letter, at
            start = _HEAD + at * _ROOM
            self._map[start + 1 : start + 2 + len(written)] = bytes((len(written),)) + written
            self._map[start] = _CLAIMED  # last: a kill in between leaves the place empty

    def begin(self, letter: Letter) -> None:
        """Note that the request of a letter begins now: from here on it may have arrived."""
        _, at = self._at[id(letter)]
        self._map[_HEAD + at * _ROOM] = _BEGUN

    def close(self) -> None:
        """Leave the bag to another process."""
        self._map.close()
        if self._file >= 0:
            os.close(self._file)

    def _open(self, folder: Path, boot: bytes) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number in range(_BAGS):
            path = folder / f"bag-{number}"
            if self._file >= 0 and not path.exists():
                return
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                continue
            os.ftruncate(file, _HEAD + _PLACES * _ROOM)
            mapped = mmap.mmap(file, _HEAD + _PLACES * _ROOM)
            if boot and mapped[:_HEAD].rstrip(b"\0") == boot:
                self.left += _left_in(mapped)
            mapped[:] = boot.ljust(_HEAD, b"\0") + bytes(_PLACES * _ROOM)
            if self._file >= 0:
                mapped.close()
                os.close(file)
            else:
                self._file, self._map = file, mapped
        if self._file < 0:
            raise StoreError(f"{_BAGS} processes send from this machine already. Stop one of them.")


def destroy(keys: Path) -> None:
    """Destroy every bag beside the keys of this folder, those in use as well.

    Raises:
        StoreError: the folder cannot be written.
    """
    try:
        shutil.rmtree(keys / _BESIDE)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{keys / _BESIDE} cannot be removed: {error.strerror}.") from error


def _left_in(mapped: mmap.mmap) -> Iterator[Letter]:
    """Find the letters whose requests never began."""
    for start in range(_HEAD, _HEAD + _PLACES * _ROOM, _ROOM):
        if mapped[start] == _CLAIMED:
            with suppress(msgspec.MsgspecError, ValueError):  # not of ours: it is in doubt then
                one = _slip.decode(mapped[start + 2 : start + 2 + mapped[start + 1]])
                yield Letter(
                    *(one.campaign, one.person, 0, "", one.attempts, one.claimed),
                    version=one.version,
                )


def _booted() -> str:
    with suppress(OSError):
        return _BOOT.read_text().strip()
    return ""
