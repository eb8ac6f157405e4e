"""What somebody looks for who took the data folder and the log, and knows whom to look for."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from tests.store.examining import found, windows


def loot(folder: Path, *, keys: str = "keys") -> bytes:
    """Every byte below `folder` except those of the folder of keys."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return b"\n".join(p.read_bytes() for p in files if keys not in p.relative_to(folder).parts)


def numbers_in(numbers: Iterable[int], raw: bytes) -> list[int]:
    """Which numbers lie in `raw`: plain, packed, encoded, or hashed without a key."""
    known: list[int] = found(list(numbers), raw)
    return known


def words_in(words: Iterable[str], raw: bytes) -> list[str]:
    """Which words lie in `raw`: plain in any encoding, escaped, encoded, or hashed without a key."""
    starts = windows(raw, 6)
    return [
        word for word in words if any(form[:6] in starts and form in raw for form in forms(word))
    ]


def forms(word: str) -> Iterator[bytes]:
    """How a word can lie in a file; a word of six letters or more."""
    written = [word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    yield from written
    yield json.dumps(word).strip('"').encode()
    yield quote(word).encode()
    for each in written:
        yield each.hex().encode()
        for shift in range(3):
            # Only what lies in whole groups of three bytes looks the same wherever it stands.
            inner = each[shift:]
            yield base64.b64encode(inner[: len(inner) // 3 * 3])
        for name in ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s"):
            digest = hashlib.new(name, each).digest()
            yield digest[:12]
            yield digest[:8].hex().encode()
            yield base64.b64encode(digest[:12])
