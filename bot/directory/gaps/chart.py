"""The map of dots: where the regions lie, how much is shown of each, names that do not overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, hypot, pi, radians, sin, sqrt

from bot.content.model import Place
from bot.counting.table import SumTable

WIDTH, HEIGHT = 734, 470
"""The room it takes, in units of the page."""

_EDGE = 40
_LARGEST = 21
_DOT = 1.8
_SIZE = 8
_BIT = 4
_COVERED, _CROSSED = 1000, 25
"""How much farther off a name may stand, not to cover another or be crossed by a line."""

_LETTER = 0.56
"""How wide a letter is on average, as a share of its height."""

_DIRECTIONS = 16
_REACHES = (3, 8, 14, 22, 32, 44, 58, 74, 92, 112)
"""How far from its circle a name may stand, the nearest first."""


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def outside(self) -> float:
        """How much of it is off the map, in units."""
        return max(0, -self.left, self.right - WIDTH) + max(0, -self.top, self.bottom - HEIGHT)


@dataclass(slots=True)
class _Room:
    """What is on the map already."""

    circles: list[_Box]
    names: list[_Box]
    lines: list[_Box]

    def covered(self, box: _Box, line: Sequence[_Box]) -> float:
        """How bad it is to put a name here: worst on a circle or a name, bad across a line."""
        hidden = sum(box.meets(other) for other in (*self.circles, *self.names))
        crossed = sum(any(bit.meets(other) for bit in line) for other in self.names)
        crossed += any(box.meets(bit) for bit in self.lines)
        return _COVERED * hidden + _CROSSED * crossed


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a name may stand, and how bad that is: its distance, and far more if it covers.

    `end` is where a line from its circle meets it, `line` the room of that line, bit by bit.
    """

    box: _Box
    cost: float
    end: tuple[float, float]
    line: tuple[_Box, ...]


def chart(table: SumTable, regions: Sequence[Place]) -> str:
    """Draw a circle for every region with a sum that is shown, a dot for every other one."""
    spots = _spots(regions)
    largest = max((row.shown for row in table.rows), default=0)
    radius = {row.id: _LARGEST * sqrt(row.shown / largest) for row in table.rows}
    drawn = []
    for region in sorted(regions, key=lambda one: -radius.get(one.id, 0)):
        x, y = spots[region.id]
        if region.id in radius:
            look = 'fill="#777" fill-opacity="0.45" stroke="#333" stroke-width="0.7"'
        else:
            look = 'fill="#888"'
        drawn.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius.get(region.id, _DOT):.1f}" {look}/>'
        )
    return "".join([*drawn, *_names(regions, spots, radius)])


def _spots(regions: Sequence[Place]) -> dict[str, tuple[float, float]]:
    """Where each region lies on the map: degrees, east-west ones shortened by the latitude."""
    if not regions:
        return {}
    middle = (min(one.lat for one in regions) + max(one.lat for one in regions)) / 2
    flat = {one.id: (one.lon * cos(radians(middle)), -one.lat) for one in regions}
    lefts, tops = (sorted(spot[axis] for spot in flat.values()) for axis in (0, 1))
    scale = min(
        (room - 2 * _EDGE) / ((there[-1] - there[0]) or 1)
        for room, there in ((WIDTH, lefts), (HEIGHT, tops))
    )
    indent = (WIDTH - scale * (lefts[-1] - lefts[0])) / 2
    return {
        id_: (indent + scale * (x - lefts[0]), _EDGE + scale * (y - tops[0]))
        for id_, (x, y) in flat.items()
    }


def _names(
    regions: Sequence[Place], spots: dict[str, tuple[float, float]], radius: dict[str, float]
) -> Iterator[str]:
    """A name for each circle, the largest placed first, led to by a line if it stands far off.

    A dot has a name where one finds room close by.
    """
    circles = [
        _Box(x - r, y - r, x + r, y + r)
        for id_, (x, y) in spots.items()
        for r in (radius.get(id_, _DOT),)
    ]
    room = _Room(circles, [], [])
    for region in sorted(regions, key=lambda one: (-radius.get(one.id, 0), one.id)):
        words = region.names["en"]
        x, y = spots[region.id]
        free = _free(x, y, radius.get(region.id, _DOT), len(words), room)
        if region.id not in radius and free.cost > _REACHES[3]:
            continue  # the sentence below the table names it; here it would only be in the way
        box = free.box
        room.names.append(box)
        if free.line:
            room.lines += free.line
            yield (
                f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{free.end[0]:.1f}" y2="{free.end[1]:.1f}" '
                f'stroke="#666" stroke-width="0.5"/>'
            )
        ink = "#000" if region.id in radius else "#666"
        # At the near side, for letters may be narrower than the room kept for them.
        side, at = "middle", (box.left + box.right) / 2
        if box.left >= x:
            side, at = "start", box.left
        elif box.right <= x:
            side, at = "end", box.right
        yield (
            f'<text x="{at:.1f}" y="{box.bottom - 2:.1f}" font-size="{_SIZE}" fill="{ink}" '
            f'text-anchor="{side}">{escape(words)}</text>'
        )


def _free(x: float, y: float, radius: float, letters: int, room: _Room) -> _Spot:
    """The nearest spot for a name that covers nothing, or the one that covers least."""
    half, high = letters * _SIZE * _LETTER / 2, _SIZE / 2 + 1
    found = []
    for reach in _REACHES:
        for step in range(_DIRECTIONS):
            angle = 2 * pi * step / _DIRECTIONS
            across = x + (radius + reach + half) * cos(angle)
            down = y + (radius + reach + high) * sin(angle)
            box = _Box(across - half, down - high, across + half, down + high)
            end = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
            line = tuple(_bits(x, y, *end)) if reach > _REACHES[1] else ()
            cost = reach + room.covered(box, line)
            if cost == reach and not box.outside():
                return _Spot(box, reach, end, line)
            found.append(_Spot(box, cost + _COVERED * box.outside(), end, line))
    return min(found, key=lambda spot: spot.cost)


def _bits(x: float, y: float, to_x: float, to_y: float) -> Iterator[_Box]:
    """The room of a line in small squares, for nothing to be written over it."""
    count = int(hypot(to_x - x, to_y - y) / _BIT) + 1
    for n in range(count):
        across, down = x + (to_x - x) * n / count, y + (to_y - y) * n / count
        yield _Box(across - 1, down - 1, across + 1, down + 1)
