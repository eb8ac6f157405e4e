"""What a thief sees who took the database, and what she can try without the keys."""

import base64
import hashlib
from pathlib import Path

from sqlalchemy import make_url, text

TABLES = (
    *(
        "session",
        "seen",
        "outbox",
        "trace",
        "cover",
        "pickup",
        "game",
        "erased",
        "key_version",
        "tally",
        "learner",
        "subscriber",
        "campaign",
        "headway",
        "mailing",
    ),
    *("sender", "staff", "invitation", "audit"),
    "alembic_version",
)


async def stolen(store, url):
    """Every stored byte: SQLite's raw files; on PostgreSQL every value of every row."""
    if url.startswith("sqlite"):
        return b"".join(
            path.read_bytes() for path in sorted(Path(str(make_url(url).database)).parent.iterdir())
        )
    values = [value for table in TABLES for row in await rows(store, table) for value in row]
    return b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in values)


async def rows(store, table):
    def work(connection):
        return connection.execute(text(f"SELECT * FROM {table}")).all()

    return await store._database.run(work)


def guesses(number):
    """The ways in which a number can lie in a file: plain, encoded, or hashed without a key."""
    written = str(number).encode()
    packed = [number.to_bytes(8, order, signed=True) for order in ("big", "little")]
    plain = [written, f"{number:x}".encode(), number.to_bytes(5, "big"), packed[1][:5]]
    yield from plain
    yield row_id(number)
    for each in (written, *packed):
        yield base64.b64encode(each).rstrip(b"=")
        yield each.hex().encode()
        for name in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b", "blake2s"):
            digest = hashlib.new(name, each).digest()
            yield digest[:8]
            yield digest[:8].hex().encode()
            yield base64.b64encode(digest[:9])


def row_id(number):
    """The way SQLite writes the number of a row: seven bits a byte, all but the last one marked."""
    groups = [number >> shift & 0x7F for shift in range(0, max(number.bit_length(), 1), 7)]
    return bytes([*(0x80 | group for group in groups[:0:-1]), groups[0]])


def found(numbers, raw):
    """Which of `numbers` an examiner finds in `raw`."""
    starts = windows(raw, 5)
    return [
        number
        for number in numbers
        if any(guess[:5] in starts and guess in raw for guess in guesses(number))
    ]


def windows(raw, size):
    """Every run of `size` bytes in `raw`: a quick way to ask for many of them."""
    return {raw[n : n + size] for n in range(len(raw) - size + 1)}
