"""How a point on the map can lie in a file, and which points do."""

import struct
from collections.abc import Iterable, Iterator
from itertools import chain

from tests.journeys.thief import words_in
from tests.store.examining import row_id

Point = tuple[float, float]
"""Degrees north and east."""

_LETTERS = "0123456789bcdefghjkmnpqrstuvwxyz"
_SHORT = 6
"""Forms of fewer bytes may stand anywhere by chance: of those both halves must be found."""
_TINY, _ROW = 5, 512
"""Of forms of fewer bytes than the first even both do: in a haul of 3.5 MB one in a hundred halves
of three bytes, so that of 70 runs with 30 points one met a stranger. They must lie as near each
other as the columns of a row."""


def points_in(points: Iterable[Point], raw: bytes) -> list[Point]:
    """Which points lie in `raw`: written, rounded, packed, counted, hashed, as one word or two."""
    points = [*points]
    written = {*words_in({word for point in points for word in _words(point)}, raw)}
    return [one for one in points if not written.isdisjoint(_words(one)) or _is_packed(one, raw)]


def _is_packed(point: Point, raw: bytes) -> bool:
    for north, east in pairs(point):
        either = (north in raw, east in raw)
        if any(either) and len(north) >= _SHORT:
            return True
        if all(either) and (min(len(north), len(east)) >= _TINY or _is_near(north, east, raw)):
            return True
    return False


def _is_near(north: bytes, east: bytes, raw: bytes) -> bool:
    at = raw.find(north)
    while at >= 0:
        if east in raw[max(0, at - _ROW) : at + len(north) + _ROW]:
            return True
        at = raw.find(north, at + 1)
    return False


def _words(point: Point) -> Iterator[str]:
    """What may also be encoded or hashed."""
    lat, lon = point
    yield from (f"{lat}", f"{lon}", f"{lat:.6f}", f"{lon:.6f}", f"{lat:.5f}", f"{lon:.5f}")
    yield from (f"{lat}, {lon}", f"{lat},{lon}", f"{lat:.4f},{lon:.4f}", f"({lat}, {lon})")
    yield from (f"{degree:.6f}".replace(".", ",") for degree in point)
    yield from (geohash(point, letters) for letters in (6, 7, 8, 9, 12))


def pairs(point: Point) -> Iterator[tuple[bytes, bytes]]:
    """Both halves in each form: text of 1 to 6 places, floats, counts of millionths and the like."""
    for places in range(1, 7):
        north, east = (f"{degree:.{places}f}".encode() for degree in point)
        yield north, east
    for kind in ("<d", ">d", "<f", ">f"):
        north, east = (struct.pack(kind, degree) for degree in point)
        yield north, east
        yield north.hex().encode(), east.hex().encode()
    for scale in (10**4, 10**5, 10**6, 10**7):
        counts = [round(degree * scale) for degree in point]
        yield from zip(*(_counted(count) for count in counts), strict=True)


def _counted(count: int) -> Iterator[bytes]:
    yield str(count).encode()
    yield f"{count:x}".encode()
    for size in (4, 8):
        yield count.to_bytes(size, "little", signed=True)
        yield count.to_bytes(size, "big", signed=True)
    for number in (count, count << 1):  # as it is, and as signed numbers are packed
        yield row_id(number)
        yield _varint(number)


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first, all but the last one marked."""
    groups = [number >> shift & 0x7F for shift in range(0, max(number.bit_length(), 1), 7)]
    return bytes([*(0x80 | group for group in groups[:-1]), groups[-1]])


def geohash(point: Point, letters: int) -> str:
    """Write a point as a geohash of so many letters."""
    edges = {1: [-90.0, 90.0], 0: [-180.0, 180.0]}
    word, bits = "", 0
    for at in range(letters * 5):
        low, high = edges[at % 2]
        middle = (low + high) / 2
        upper = point[0 if at % 2 else 1] >= middle
        edges[at % 2] = [middle, high] if upper else [low, middle]
        bits = bits << 1 | upper
        if at % 5 == 4:
            word, bits = word + _LETTERS[bits], 0
    return word


def every_form(point: Point) -> Iterator[bytes]:
    """Each way in which a thief could meet the point, as one run of bytes."""
    yield from (word.encode() for word in _words(point))
    yield from (b" ".join(pair) for pair in pairs(point))
    yield from (half for half in chain.from_iterable(pairs(point)) if len(half) >= _SHORT)
