"""How a tree grows: a trunk that forks and forks again, and places on its twigs to tie ribbons to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2s
from itertools import count
from math import cos, dist, pi, radians, sin
from typing import Final

from bot.pictures.canvas import Point

_LEAST_FORKS, _MORE_FORKS = 4, 3
_TAPER: Final = 0.66
"""How thick the end of a branch is, as a share of its beginning."""

_LEAN: Final = 27.0
"""Degrees by which branches part."""

_TRIES: Final = 6
"""Places looked at for each ribbon, of which the loneliest is taken."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A piece between two forks, from `thick` to `thin` pixels wide."""

    start: Point
    end: Point
    thick: float
    thin: float
    is_twig: bool


def grown_to_fit(
    seed: int, grown: float, room: tuple[float, float], root: Point
) -> tuple[Branch, ...]:
    """Grow the tree of a seed, its foot at `root`, as wide and high as `room` in pixels.

    `grown` says how far it has grown, from 0 to 1; its trunk comes first.
    """
    wild = [*_branches(seed, grown)]
    across = room[0] / 2 / max(abs(one.end[0]) for one in wild)
    up = room[1] / max(one.end[1] for one in wild)

    def brought(point: Point) -> Point:
        return root[0] + point[0] * across, root[1] - point[1] * up

    return tuple(replace(one, start=brought(one.start), end=brought(one.end)) for one in wild)


def _branches(seed: int, grown: float) -> Iterator[Branch]:
    """Grow a trunk upward from 0, 0 that forks, and forks again, each time thinner and shorter."""
    chance = _chance("branch", seed)
    forks = _LEAST_FORKS + round(_MORE_FORKS * grown)

    def grow(start: Point, angle: float, long: float, thick: float, left: int) -> Iterator[Branch]:
        end = start[0] + long * cos(angle), start[1] + long * sin(angle)
        yield Branch(start, end, thick, thick * _TAPER, is_twig=left < _LEAST_FORKS - 1)
        if left:
            for side in (-1, 1):
                turned = angle + side * radians(_LEAN) * (0.7 + 0.6 * next(chance))
                # Branches rise again, as if they looked for light.
                turned += (pi / 2 - turned) * 0.06
                shorter = long * (0.76 + 0.12 * next(chance))
                yield from grow(end, turned, shorter, thick * _TAPER, left - 1)

    yield from grow((0.0, 0.0), pi / 2, 1.0, 24 + 22 * grown, forks)


def places(seed: int, branches: Iterable[Branch], many: int) -> Iterator[Point]:
    """Choose twigs to tie ribbons to: apart from each other while there is room."""
    chance = _chance("ribbon", seed)
    twigs = sorted(((next(chance), one) for one in branches if one.is_twig), key=lambda it: it[0])
    taken: list[Point] = []
    for turn in range(many):
        tries = [_along(twigs[(turn + more) % len(twigs)][1], chance) for more in range(_TRIES)]
        place = max(tries, key=lambda here: min((dist(here, one) for one in taken), default=0.0))
        taken.append(place)
        yield place


def _along(twig: Branch, chance: Iterator[float]) -> Point:
    (x, y), (to_x, to_y) = twig.start, twig.end
    share = 0.35 + 0.6 * next(chance)
    return x + (to_x - x) * share, y + (to_y - y) * share


def _chance(name: str, seed: int) -> Iterator[float]:
    """Draw numbers from 0 to 1, the same for the same seed on every machine."""
    for turn in count():
        drawn = blake2s(f"{name} {seed} {turn}".encode(), digest_size=4).digest()
        yield int.from_bytes(drawn) / 2**32
