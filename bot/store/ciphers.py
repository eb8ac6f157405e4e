"""Numbers, words and bytes sealed into their cell: readable only there, only with a living key.

A seal is version (1 byte), epoch (4), nonce (12), ciphertext (8 for a number), tag (16). Words and
bytes are filled up, so that their length says little: a one bit, then zeros (ISO/IEC 7816-4).
"""

import json
import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import StoreError

Row = int | bytes
"""What tells a row of its table from all others: its number, or a pseudonym."""

_VERSION = 1
_HEADER = 5
_NONCE = 12
_TAG = 16
_PADDED = 512
"""Sealed words and bytes are filled up to the next multiple of this."""
_END = b"\x80"


class Sealing(Protocol):
    """A key as seals need it."""

    number: int
    aead: AESGCM


class Keys(Protocol):
    """Where the key of a seal comes from."""

    @property
    def current(self) -> Sealing:
        """The key that new seals are made under."""

    def epoch(self, number: int) -> Sealing:
        """The living key `number`."""


class SealBrokenError(StoreError):
    """A stored field was moved or altered; restore the database from a backup you trust."""


class Cipher:
    """AES-256-GCM under the keys of a ring, with table, column and row as associated data."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def seal(self, table: str, column: str, row: Row, number: int) -> bytes:
        """Encrypt `number` (64 bits, signed) for one cell, under the current key."""
        return self._seal(table, column, row, number.to_bytes(8, "big", signed=True))

    def open(self, table: str, column: str, row: Row, sealed: bytes) -> int:
        """Decrypt what `seal` made for this very cell.

        Raises:
            KeyMissingError: its key is gone.
            SealBrokenError: it was altered, or belongs to another cell.
        """
        return int.from_bytes(self._open(table, column, row, sealed), "big", signed=True)

    def seal_words(self, table: str, column: str, row: Row, words: list[str]) -> bytes:
        """Encrypt `words` for one cell, under the current key, filled up to a common length."""
        return self.seal_bytes(table, column, row, json.dumps(words).encode())

    def open_words(self, table: str, column: str, row: Row, sealed: bytes) -> list[str]:
        """Decrypt what `seal_words` made for this very cell; raises as `open` does."""
        words: list[str] = json.loads(self.open_bytes(table, column, row, sealed))
        return words

    def seal_bytes(self, table: str, column: str, row: Row, plain: bytes) -> bytes:
        """Encrypt `plain` for one cell, under the current key, filled up to a common length."""
        ended = plain + _END
        return self._seal(table, column, row, ended + bytes(-len(ended) % _PADDED))

    def open_bytes(self, table: str, column: str, row: Row, sealed: bytes) -> bytes:
        """Decrypt what `seal_bytes` made for this very cell; raises as `open` does."""
        return self._open(table, column, row, sealed).rstrip(b"\0")[: -len(_END)]

    @staticmethod
    def version(sealed: bytes) -> int:
        """Tell the number of the key that something was sealed under."""
        return int.from_bytes(sealed[1:_HEADER], "big")

    @property
    def header(self) -> bytes:
        """What every seal made now begins with: it tells those of an older key apart."""
        return _header(self._keys.current.number)

    def _seal(self, table: str, column: str, row: Row, plain: bytes) -> bytes:
        epoch = self._keys.current
        header = _header(epoch.number)
        nonce = os.urandom(_NONCE)
        return header + nonce + epoch.aead.encrypt(nonce, plain, _cell(header, table, column, row))

    def _open(self, table: str, column: str, row: Row, sealed: bytes) -> bytes:
        header, nonce = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE]
        if len(sealed) < _HEADER + _NONCE + _TAG or header[0] != _VERSION:
            raise SealBrokenError(_broken(table, column))
        epoch = self._keys.epoch(self.version(sealed))
        cell = _cell(header, table, column, row)
        try:
            return epoch.aead.decrypt(nonce, sealed[_HEADER + _NONCE :], cell)
        except InvalidTag:
            raise SealBrokenError(_broken(table, column)) from None


def _header(epoch: int) -> bytes:
    return bytes((_VERSION,)) + epoch.to_bytes(4, "big")


def _cell(header: bytes, table: str, column: str, row: Row) -> bytes:
    name = row.hex() if isinstance(row, bytes) else row
    return header + f"{table}.{column}.{name}".encode()


def _broken(table: str, column: str) -> str:
    return f"A field of {table}.{column} was moved or altered. Restore a backup you trust."
