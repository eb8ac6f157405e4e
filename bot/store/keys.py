"""Who is who for a day or two: pseudonyms and button tags under keys that are then destroyed."""

import hmac
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from bot.errors import KeyMissingError
from bot.store import keyfiles
from bot.store.keyfiles import KEY_BYTES, StoredKey

EPOCH = 24 * 60 * 60
"""Seconds after which a key is replaced, at most."""

PSEUDONYM_BYTES = 16
TAG_BYTES = 8

_CLOCK_SLACK = 60 * 60
_MOST_ALIVE = 2


class Names:
    """What one key gives to names and to buttons; it opens nothing."""

    __slots__ = ("number", "person_key", "phrase_key", "tag_key")

    def __init__(self, number: int, person_key: bytes, phrase_key: bytes, tag_key: bytes) -> None:
        self.number = number
        self.person_key, self.phrase_key, self.tag_key = person_key, phrase_key, tag_key

    def pseudonym(self, user_id: int, among: bytes = b"") -> bytes:
        """What stands for a person while this key lives: 16 bytes that say nothing without it.

        `among` are those she is named with: without the key her names among two lead to nobody.
        """
        message = user_id.to_bytes(8, "big", signed=True) + among
        return hmac.digest(self.person_key, message, "sha256")[:PSEUDONYM_BYTES]

    def phrase(self, words: str) -> bytes:
        """What stands for a pick-up phrase while this key lives; it tells of no person."""
        return hmac.digest(self.phrase_key, words.encode(), "sha256")[:PSEUDONYM_BYTES]

    def tag(self, user_id: int, parts: tuple[bytes, ...]) -> bytes:
        """8 bytes that bind `parts` to this person and this key."""
        message = [user_id.to_bytes(8, "big", signed=True)]
        for part in parts:
            message += len(part).to_bytes(4, "big"), part
        return hmac.digest(self.tag_key, b"".join(message), "sha256")[:TAG_BYTES]


class Epoch(Names):
    """One living key, as the separate keys derived from it for each use."""

    __slots__ = ("aead", "created")

    def __init__(self, key: StoredKey) -> None:
        purposes = (b"person", b"phrase", b"button")
        super().__init__(key.number, *(derive(key, purpose) for purpose in purposes))
        self.created = key.created
        self.aead = AESGCM(derive(key, b"field"))


class KeyRing:
    """The current epoch key and the one before it, in a folder of their own (best in RAM).

    A key serves for `epoch` seconds, is kept for as long again so that what it protects can
    still be read, and is then destroyed: within 48 hours, provided that `rotate` is called every
    few minutes (`Store.sweep` does). Several processes of one machine may share the folder.

    Args:
        folder: where the key files are; created 0700 if missing. Never part of a backup.
        clock: the time in epoch seconds.
        epoch: how long a key is the current one, in seconds; 24 hours at most.

    Attributes:
        folder: as given.

    Raises:
        UnsafeSettingsError: the folder or a key file is open to others.
        KeyMissingError: a key file is damaged.
        StoreError: the folder cannot be written.
    """

    def __init__(
        self, folder: Path, clock: Callable[[], float] = time.time, *, epoch: int = EPOCH
    ) -> None:
        if not 0 < epoch <= EPOCH:
            raise ValueError(f"an epoch lasts between 1 and {EPOCH} seconds, not {epoch}")
        self.folder = folder
        self._clock = clock
        self._length = epoch
        self._live: tuple[Epoch, ...] = ()
        self.rotate()

    def __repr__(self) -> str:
        return f"KeyRing({[epoch.number for epoch in self._live]})"

    def pseudonym(self, user_id: int) -> bytes:
        """The pseudonym of a person under the current key."""
        return self.current.pseudonym(user_id)

    def pseudonyms(self, user_id: int) -> tuple[bytes, bytes | None]:
        """Her pseudonym under the current key, and under the previous one while it lives."""
        current, *older = self._living()
        return current.pseudonym(user_id), older[0].pseudonym(user_id) if older else None

    def phrases(self, words: str) -> list[bytes]:
        """What stands for a pick-up phrase under each living key, the current one first."""
        return [epoch.phrase(words) for epoch in self._living()]

    def tag(self, user_id: int, *parts: bytes) -> bytes:
        """8 bytes for a button, bound to the person, to every part and to the current key."""
        return self.current.tag(user_id, parts)

    def tag_matches(self, user_id: int, tag: bytes, *parts: bytes) -> bool:
        """Whether a living key made `tag` for this person and these parts; in constant time."""
        matches = [hmac.compare_digest(epoch.tag(user_id, parts), tag) for epoch in self._live]
        return any(matches)

    @property
    def current(self) -> Epoch:
        """The key that new rows are written under.

        Raises:
            KeyMissingError: every key was destroyed by `destroy_all`.
        """
        return self._living()[0]

    def epoch(self, number: int) -> Epoch:
        """The living key `number`, looking again for one that another process has made.

        Raises:
            KeyMissingError: it was destroyed, as promised, or never existed.
        """
        for known in self._live:
            if known.number == number:
                return known
        if number > self.current.number:
            self.rotate()
            for known in self._live:
                if known.number == number:
                    return known
        raise KeyMissingError("The key of this row was destroyed; the row cannot be read any more.")

    def rotate(self) -> bool:
        """Bring the folder to what this moment asks for; say whether the keys changed.

        Harmless when nothing is due, and after a kill at any point of an earlier call.
        """
        before = [epoch.number for epoch in self._live]
        with keyfiles.usable(self.folder):
            keyfiles.prepare(self.folder)
            with keyfiles.alone(self.folder):
                keys = self._settle(int(self._clock()))
        known = {epoch.number: epoch for epoch in self._live}
        self._live = tuple(known.get(key.number) or Epoch(key) for key in keys)
        return [key.number for key in keys] != before

    def destroy_all(self) -> None:
        """Destroy every key, on the disk and here: nobody is known and nothing can be read.

        Until `rotate` makes a new key, whatever needs one raises `KeyMissingError`. Other
        processes let go of theirs when they next rotate.

        Raises:
            StoreError: the folder cannot be written; here the keys are gone all the same.
        """
        self._live = ()
        with keyfiles.usable(self.folder), keyfiles.alone(self.folder):
            keyfiles.destroy_all(self.folder)

    def _living(self) -> tuple[Epoch, ...]:
        if not self._live:
            raise KeyMissingError("Every key was destroyed by a lockdown. Start the bot again.")
        return self._live

    def _settle(self, now: int) -> list[StoredKey]:
        """Finish what was interrupted, destroy what is overdue, create what is due."""
        keyfiles.finish(self.folder)
        keys = keyfiles.read_all(self.folder)
        newest = keys[0].number if keys else 0
        living = [key for key in keys if now - key.created < 2 * self._length]
        if not living or self._due(living[0], now):
            living.insert(0, keyfiles.create(self.folder, newest + 1, now))
        living = living[:_MOST_ALIVE]
        for key in keys:
            if key not in living:
                keyfiles.destroy(self.folder, key.number)
        return living

    def _due(self, key: StoredKey, now: int) -> bool:
        # A key born in the future tells of a clock that was wrong; it must not live until then.
        return not -_CLOCK_SLACK <= now - key.created < self._length


def derive(key: StoredKey, purpose: bytes) -> bytes:
    """Give the key for one purpose, from which neither `key` nor one for another follows."""
    return HKDFExpand(SHA256(), KEY_BYTES, b"tirek " + purpose).derive(key.secret)
