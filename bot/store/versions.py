"""Versions of the long-term key: each new one names over the names that the one before it gave.

So whoever has a row renames it without knowing whose it is. What is left of a version that was
replaced are its keys for names and buttons: alone they find nobody, for every name lies under the
newest version too, and they open nothing.
"""

import hmac
from collections.abc import Iterator, Sequence

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.store.keyfiles import KEY_BYTES, StoredKey
from bot.store.keys import PSEUDONYM_BYTES, Names, derive

_PURPOSES = (b"person", b"phrase", b"button", b"over")
LAYER_BYTES = len(_PURPOSES) * KEY_BYTES


class Layer(Names):
    """What one version gives to names and to buttons."""

    __slots__ = ("_over_key", "created")

    def __init__(self, written: StoredKey) -> None:
        """Read what `of` wrote; its secret has `LAYER_BYTES`."""
        keys = [
            written.secret[at : at + KEY_BYTES] for at in range(0, len(written.secret), KEY_BYTES)
        ]
        super().__init__(written.number, *keys[:-1])
        self._over_key, self.created = keys[-1], written.created

    @staticmethod
    def of(key: StoredKey) -> StoredKey:
        """Write down what stays of `key` once it is replaced: nothing that it sealed follows from it."""
        secret = b"".join(derive(key, purpose) for purpose in _PURPOSES)
        return StoredKey(key.number, key.created, secret)

    def over(self, name: bytes) -> bytes:
        """Name what had `name` under the version before."""
        return hmac.digest(self._over_key, name, "sha256")[:PSEUDONYM_BYTES]


class Version:
    """One version of the key, over all before it: names, seals and tags buttons.

    Attributes:
        number: which one; the first is 1.
        aead: what it seals with.
    """

    __slots__ = ("_layers", "aead", "number")

    def __init__(self, key: StoredKey, before: Sequence[Layer]) -> None:
        """Take `key` over the layers of all versions `before`, the first of them first."""
        self.number, self.aead = key.number, AESGCM(derive(key, b"field"))
        self._layers = (*before, Layer(Layer.of(key)))

    def pseudonym(self, user_id: int, among: bytes = b"") -> bytes:
        """What stands for a person among some others: 16 bytes that say nothing without the key."""
        first = self._layers[0]
        return self.lifted(first.pseudonym(user_id, among), first.number)

    def phrase(self, words: str) -> bytes:
        """What stands for words; it tells of no person."""
        first = self._layers[0]
        return self.lifted(first.phrase(words), first.number)

    def lifted(self, name: bytes, number: int) -> bytes:
        """Give what is called `name` under version `number` its name under this one."""
        for layer in self._layers:
            if layer.number > number:
                name = layer.over(name)
        return name

    def earlier(self, user_id: int, among: bytes, oldest: int) -> list[bytes]:
        """Give the names of a person under each version from `oldest` to the one before this."""
        names = self._climbed(self._layers[0].pseudonym(user_id, among))
        return [name for number, name in names if oldest <= number < self.number]

    def tag(self, user_id: int, parts: tuple[bytes, ...]) -> bytes:
        """8 bytes that bind `parts` to this person and this version."""
        return self._layers[-1].tag(user_id, parts)

    def made(self, user_id: int, tag: bytes, parts: tuple[bytes, ...]) -> bool:
        """Tell whether this version or one before it made `tag`; in constant time."""
        matches = [hmac.compare_digest(one.tag(user_id, parts), tag) for one in self._layers]
        return any(matches)

    def known_as(self, words: str, name: bytes) -> int | None:
        """Tell under which version, this one or one before, `name` stands for `words`."""
        known = self._climbed(self._layers[0].phrase(words))
        return next((number for number, one in known if hmac.compare_digest(one, name)), None)

    def _climbed(self, name: bytes) -> Iterator[tuple[int, bytes]]:
        """Give what has `name` under the first version its name under each."""
        first, *rest = self._layers
        yield first.number, name
        for layer in rest:
            name = layer.over(name)
            yield layer.number, name
