"""The long-term key: under it lie the few who asked to be known for longer, and nobody else (R3)."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes

from bot.errors import KeyMissingError, StoreError
from bot.store import keyfiles
from bot.store.keyfiles import KEY_BYTES, StoredKey
from bot.store.versions import LAYER_BYTES, Layer, Version

_RETIRED = "retired"


class LongKey:
    """One key that serves until it is rotated or a lockdown destroys it, in a folder of its own.

    It takes the place of a ring of epoch keys wherever a row must outlive two days. While it is
    rotated there are two versions of it; of those before, only what names and buttons need is left.

    Args:
        folder: where its files are; created 0700, and the key with it, if missing. Not to be kept
            with backups of the database. None keeps it in memory: for what is never closed.
        clock: the time in epoch seconds.

    Attributes:
        folder: as given.

    Raises:
        UnsafeSettingsError: the folder or a key file is open to others.
        KeyMissingError: a key file is damaged.
        StoreError: the folder cannot be written.
    """

    def __init__(self, folder: Path | None, clock: Callable[[], float] = time.time) -> None:
        self.folder, self._clock = folder, clock
        self._versions: dict[int, Version] = {}
        self._changed = 0
        now = int(clock())
        if folder is None:
            self._take([StoredKey(1, now, token_bytes(KEY_BYTES))], [])
            return
        with keyfiles.usable(folder):
            keyfiles.prepare(folder)
            with keyfiles.alone(folder):
                keyfiles.finish(folder)
                if not keyfiles.read_all(folder):
                    keyfiles.create(folder, 1, now)
                self._read(folder)

    @property
    def current(self) -> Version:
        """The newest version: what is written is written under it.

        Raises:
            KeyMissingError: it was destroyed.
        """
        if not self._versions:
            raise KeyMissingError("The long-term key was destroyed by a lockdown.")
        return self._versions[max(self._versions)]

    def epoch(self, number: int) -> Version:
        """Give the version `number`, looking again for one that another process has made.

        Raises:
            KeyMissingError: it was destroyed, by a rotation or a lockdown.
        """
        if number > self.current.number:
            self.look_again()
        if number not in self._versions:
            raise KeyMissingError("The key of this row was destroyed; it cannot be read any more.")
        return self._versions[number]

    def holds(self, number: int) -> bool:
        """Tell whether what was sealed under version `number` can be read."""
        return number in self._versions

    @property
    def rotates(self) -> bool:
        """Tell whether there is an older version beside the newest."""
        return len(self._versions) > 1

    def look_again(self) -> None:
        """Read the folder anew: another process may have rotated the key.

        Raises:
            KeyMissingError: there is no key any more, or one is damaged.
            StoreError: the folder cannot be read.
        """
        if self.folder is not None:
            with keyfiles.usable(self.folder), keyfiles.alone(self.folder):
                self._read(self.folder)

    def advance(self) -> None:
        """Make the next version beside the newest, unless there are two already.

        Raises:
            KeyMissingError: the key was destroyed.
            StoreError: the folder cannot be written.
        """
        folder = self._kept()
        with keyfiles.usable(folder), keyfiles.alone(folder):
            keyfiles.finish(folder)
            keys = keyfiles.read_all(folder)
            if len(keys) == 1:
                # A crash in between must not leave a version without the name key of the one before.
                keyfiles.write(folder, Layer.of(keys[0]), _RETIRED)
                keyfiles.create(folder, keys[0].number + 1, int(self._clock()))
            self._read(folder)

    def retire(self) -> None:
        """Destroy all versions but the newest, here and on the disk: what they sealed is sealed anew.

        Raises:
            StoreError: the folder cannot be written.
        """
        folder = self._kept()
        with keyfiles.usable(folder), keyfiles.alone(folder):
            keyfiles.finish(folder)
            for key in keyfiles.read_all(folder)[1:]:
                keyfiles.destroy(folder, key.number)
            self._read(folder)

    def tag(self, user_id: int, *parts: bytes) -> bytes:
        """8 bytes for a button that never grows old, bound to the person and to every part.

        They are of the newest version known here: those of an older one serve for as long.

        Raises:
            KeyMissingError: the key was destroyed.
        """
        return self.current.tag(user_id, parts)

    def tag_matches(self, user_id: int, tag: bytes, *parts: bytes) -> bool:
        """Whether this key, in whatever version, made `tag` for this person and these parts."""
        self._keep_up()
        return bool(self._versions) and self.current.made(user_id, tag, parts)

    def destroy(self) -> None:
        """Destroy the key, here and on the disk: nobody is known under it any more.

        Raises:
            StoreError: the folder cannot be written; here the key is gone all the same.
        """
        self._versions = {}
        if self.folder is None:
            return
        with keyfiles.usable(self.folder), keyfiles.alone(self.folder):
            keyfiles.destroy_all(self.folder)

    def _kept(self) -> Path:
        if self.folder is None:
            raise KeyMissingError("This key is kept nowhere; there is nothing to rotate.")
        return self.folder

    def _keep_up(self) -> None:
        """Look again if another process has changed the folder since."""
        if self.folder is None or not self._versions:
            return
        with suppress(OSError, StoreError):  # what is known still serves
            if self.folder.stat().st_mtime_ns != self._changed:
                self.look_again()

    def _read(self, folder: Path) -> None:
        self._changed = folder.stat().st_mtime_ns
        retired = keyfiles.read_all(folder, _RETIRED, LAYER_BYTES)
        self._take(keyfiles.read_all(folder), [Layer(one) for one in reversed(retired)])

    def _take(self, keys: Sequence[StoredKey], retired: Sequence[Layer]) -> None:
        self._versions = {
            key.number: Version(key, [one for one in retired if one.number < key.number])
            for key in keys
        }
