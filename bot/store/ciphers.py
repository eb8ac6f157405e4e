"""Numbers sealed into their cell: readable only there, only with a living key.

A sealed number is version (1 byte), epoch (4), nonce (12), ciphertext (8), tag (16).
"""

import os

from cryptography.exceptions import InvalidTag

from bot.errors import StoreError
from bot.store.keys import KeyRing

_VERSION = 1
_HEADER = 5
_NONCE = 12
_SIZE = _HEADER + _NONCE + 8 + 16


class SealBrokenError(StoreError):
    """A stored field was moved or altered; restore the database from a backup you trust."""


class Cipher:
    """AES-256-GCM under the epoch keys, with table, column and row as associated data."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    def seal(self, table: str, column: str, row: int, number: int) -> bytes:
        """Encrypt `number` (64 bits, signed) for one cell, under the current key."""
        epoch = self._keys.current
        header = bytes((_VERSION,)) + epoch.number.to_bytes(4, "big")
        nonce = os.urandom(_NONCE)
        plain = number.to_bytes(8, "big", signed=True)
        return header + nonce + epoch.aead.encrypt(nonce, plain, _cell(header, table, column, row))

    def open(self, table: str, column: str, row: int, sealed: bytes) -> int:
        """Decrypt what `seal` made for this very cell.

        Raises:
            KeyMissingError: its key is gone.
            SealBrokenError: it was altered, or belongs to another cell.
        """
        header, nonce = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE]
        if len(sealed) != _SIZE or header[0] != _VERSION:
            raise SealBrokenError(_broken(table, column))
        epoch = self._keys.epoch(int.from_bytes(header[1:], "big"))
        cell = _cell(header, table, column, row)
        try:
            plain = epoch.aead.decrypt(nonce, sealed[_HEADER + _NONCE :], cell)
        except InvalidTag:
            raise SealBrokenError(_broken(table, column)) from None
        return int.from_bytes(plain, "big", signed=True)


def _cell(header: bytes, table: str, column: str, row: int) -> bytes:
    return header + f"{table}.{column}.{row}".encode()


def _broken(table: str, column: str) -> str:
    return f"A field of {table}.{column} was moved or altered. Restore a backup you trust."
