"""The long-term key: under it lie the few who asked to be known for longer, and nobody else (R3)."""

import hmac
import time
from collections.abc import Callable
from pathlib import Path
from secrets import token_bytes

from bot.errors import KeyMissingError
from bot.store import keyfiles
from bot.store.keyfiles import KEY_BYTES, StoredKey
from bot.store.keys import Epoch


class LongKey:
    """One key that serves until a lockdown destroys it, in a folder of its own.

    It takes the place of a ring of epoch keys wherever a row must outlive two days.

    Args:
        folder: where its file is; created 0700, and the key with it, if missing. Not to be kept
            with backups of the database. None keeps it in memory: for what is never closed.
        clock: the time in epoch seconds.

    Attributes:
        folder: as given.

    Raises:
        UnsafeSettingsError: the folder or the key file is open to others.
        KeyMissingError: the key file is damaged.
        StoreError: the folder cannot be written.
    """

    def __init__(self, folder: Path | None, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        now = int(clock())
        key = StoredKey(1, now, token_bytes(KEY_BYTES)) if folder is None else _kept(folder, now)
        self._key: Epoch | None = Epoch(key)

    @property
    def current(self) -> Epoch:
        """The key.

        Raises:
            KeyMissingError: it was destroyed.
        """
        if self._key is None:
            raise KeyMissingError("The long-term key was destroyed by a lockdown.")
        return self._key

    def epoch(self, number: int) -> Epoch:
        """The key `number`: there is one.

        Raises:
            KeyMissingError: it was destroyed, and another one made since.
        """
        if number != self.current.number:
            raise KeyMissingError("The key of this row was destroyed; it cannot be read any more.")
        return self.current

    def tag(self, user_id: int, *parts: bytes) -> bytes:
        """8 bytes for a button that never grows old, bound to the person and to every part.

        Raises:
            KeyMissingError: the key was destroyed.
        """
        return self.current.tag(user_id, parts)

    def tag_matches(self, user_id: int, tag: bytes, *parts: bytes) -> bool:
        """Whether this key made `tag` for this person and these parts; in constant time."""
        return self._key is not None and hmac.compare_digest(self._key.tag(user_id, parts), tag)

    def destroy(self) -> None:
        """Destroy the key, here and on the disk: nobody is known under it any more.

        Raises:
            StoreError: the folder cannot be written; here the key is gone all the same.
        """
        self._key = None
        if self.folder is None:
            return
        with keyfiles.usable(self.folder), keyfiles.alone(self.folder):
            keyfiles.destroy_all(self.folder)


def _kept(folder: Path, now: int) -> StoredKey:
    """Read the key of `folder`, or make it."""
    with keyfiles.usable(folder):
        keyfiles.prepare(folder)
        with keyfiles.alone(folder):
            keyfiles.finish(folder)
            keys = keyfiles.read_all(folder)
            return keys[0] if keys else keyfiles.create(folder, 1, now)
