"""The wishing tree: a ribbon for what people wished, country by country, colour by colour.

It grows with the number of wishes and looks the same whenever it is drawn from the same seed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2s
from itertools import count
from math import cos, dist, hypot, log1p, pi, radians, sin
from typing import Final

from PIL import ImageDraw

from bot.pictures.canvas import Canvas, Point
from bot.pictures.colours import BARK, GROUND, INK, MUTED, PALE, PAPER, RIBBONS
from bot.pictures.lettering import Lines, fitted

WIDE: Final = 1080
HIGH: Final = 1350
"""Pixels; the legend grows upward from the lower edge."""

SMALLEST: Final = 28
MOST: Final = 150
"""Ribbons at most: with more they hide each other."""

FULL: Final = 20_000
"""Wishes with which the tree has all its ribbons and branches."""

MOST_COUNTRIES: Final = 6

_EDGE: Final = 60
_ROW: Final = 52
_IN_A_ROW: Final = 3
"""Names of colours beside each other."""
_NAME: Final = 300
"""Pixels for the name of a country in the legend."""

_LEAST_FORKS, _MORE_FORKS = 4, 3
_TAPER: Final = 0.66
"""How thick the end of a branch is, as a share of its beginning."""

_SAPLING: Final = 0.55
"""The size of the smallest tree, as a share of the room there is."""

_TRIES: Final = 6
"""Places looked at for each ribbon, of which the loneliest is taken."""

_SOIL: Final = 60
_LEAN: Final = 27.0
"""Degrees by which branches part."""


@dataclass(frozen=True, slots=True)
class Hue:
    """A colour, one of `RIBBONS`, and what wishes in it are about."""

    colour: str
    name: str


@dataclass(frozen=True, slots=True)
class Country:
    """The name of a country, and a count for each hue, rounded; None for too few to be told."""

    name: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class WishingTree:
    """The words of the tree, already translated, and its counts.

    Attributes:
        title: what stands above it.
        hues: two to six colours, in the order of the legend.
        countries: one to six, each with a count for every hue.
        few: what stands for a count that is not told, in a cell of the legend: "<20".
        note: a line that says what this means, and that counts are rounded.
        seed: by which the tree grows.
    """

    title: str
    hues: tuple[Hue, ...]
    countries: tuple[Country, ...]
    few: str
    note: str
    seed: int = 0


@dataclass(frozen=True, slots=True)
class _Branch:
    start: Point
    end: Point
    thick: float
    thin: float
    is_twig: bool


def tree(wishes: WishingTree) -> bytes:
    """Draw it as a PNG of 1080 by 1350 pixels.

    Raises:
        PictureError: a text does not fit.
    """
    canvas = Canvas(WIDE, HIGH, PAPER)
    title = fitted(wishes.title, WIDE - 2 * _EDGE, 130, 56, 36, bold=True, even=True)
    canvas.text((WIDE // 2, 40), title, INK, PAPER, centre=True)
    note = fitted(wishes.note, WIDE - 2 * _EDGE, 3 * _ROW, 30, SMALLEST)
    rows = _rows(wishes) + 1 + len(wishes.countries)
    bottom = HIGH - _ROW * rows - note.height - 70
    _grow(canvas, wishes, title.height + 60, bottom)
    _legend(canvas, wishes, note, bottom + 22)
    return canvas.png()


def ribbons(wishes: WishingTree) -> tuple[int, ...]:
    """Count the ribbons of each hue: more for more wishes, ever more slowly, about `MOST` in all."""
    told = [sum(one.counts[at] or 0 for one in wishes.countries) for at in range(len(wishes.hues))]
    total = sum(told)
    some = round(MOST * _growth(total))
    return tuple(min(each, max(1, some * each // total)) if each else 0 for each in told)


def _growth(total: int) -> float:
    """Say how far the tree has grown, from 0 to 1."""
    return min(1.0, log1p(total) / log1p(FULL))


def _grow(canvas: Canvas, wishes: WishingTree, top: int, bottom: int) -> None:
    drawn = ribbons(wishes)
    grown = _growth(sum(count_ or 0 for one in wishes.countries for count_ in one.counts))
    share = _SAPLING + (1 - _SAPLING) * grown
    room = (WIDE - 2 * _EDGE) * share, (bottom - top - _SOIL) * share
    branches = _fitting(wishes.seed, grown, room, (WIDE / 2, bottom - top - _SOIL / 2))
    box = (0, top, WIDE, bottom)

    def soil(pen: ImageDraw.ImageDraw, times: int) -> None:
        low = bottom - top
        pen.ellipse([n * times for n in (190, low - _SOIL, WIDE - 190, low - 2)], 255)

    def wood(pen: ImageDraw.ImageDraw, times: int) -> None:
        for one in branches:
            _limb(pen, times, one)

    canvas.shape(box, soil, GROUND, PAPER)
    canvas.shape(box, wood, BARK, PAPER)
    places = _places(wishes.seed, branches, sum(drawn))
    for hue, many in zip(wishes.hues, drawn, strict=True):
        ends = [next(places) for _ in range(many)]

        def tied(pen: ImageDraw.ImageDraw, times: int, ends: Iterable[Point] = ends) -> None:
            for x, y in ends:
                _ribbon(pen, times, x, y)

        canvas.shape(box, tied, RIBBONS[hue.colour], PAPER)


def _fitting(
    seed: int, grown: float, room: tuple[float, float], root: Point
) -> tuple[_Branch, ...]:
    """Grow a tree and bring it to the size there is, its foot at `root`."""
    wild = [*_branches(seed, grown)]
    across = room[0] / 2 / max(abs(one.end[0]) for one in wild)
    up = room[1] / max(one.end[1] for one in wild)

    def brought(point: Point) -> Point:
        return root[0] + point[0] * across, root[1] - point[1] * up

    return tuple(replace(one, start=brought(one.start), end=brought(one.end)) for one in wild)


def _branches(seed: int, grown: float) -> Iterator[_Branch]:
    """Grow a trunk upward from 0, 0 that forks, and forks again, each time thinner and shorter."""
    chance = _chance("branch", seed)
    forks = _LEAST_FORKS + round(_MORE_FORKS * grown)

    def grow(start: Point, angle: float, long: float, thick: float, left: int) -> Iterator[_Branch]:
        end = start[0] + long * cos(angle), start[1] + long * sin(angle)
        yield _Branch(start, end, thick, thick * _TAPER, is_twig=left < _LEAST_FORKS - 1)
        if left:
            for side in (-1, 1):
                turned = angle + side * radians(_LEAN) * (0.7 + 0.6 * next(chance))
                # Branches rise again, as if they looked for light.
                turned += (pi / 2 - turned) * 0.06
                shorter = long * (0.76 + 0.12 * next(chance))
                yield from grow(end, turned, shorter, thick * _TAPER, left - 1)

    yield from grow((0.0, 0.0), pi / 2, 1.0, 24 + 22 * grown, forks)


def _limb(pen: ImageDraw.ImageDraw, times: int, one: _Branch) -> None:
    """Draw a branch that grows thinner, round at its end."""
    (x, y), (to_x, to_y) = one.start, one.end
    long = hypot(to_x - x, to_y - y) or 1.0
    across, down = (y - to_y) / long / 2, (to_x - x) / long / 2
    sides = [(x + side * across * one.thick, y + side * down * one.thick) for side in (1, -1)]
    ends = [(to_x + side * across * one.thin, to_y + side * down * one.thin) for side in (-1, 1)]
    pen.polygon([(right * times, below * times) for right, below in (*sides, *ends)], 255)
    half = one.thin / 2
    round_ = (to_x - half, to_y - half, to_x + half, to_y + half)
    pen.ellipse([edge * times for edge in round_], 255)


def _places(seed: int, branches: Iterable[_Branch], many: int) -> Iterator[Point]:
    """Choose twigs to tie ribbons to: apart from each other while there is room."""
    chance = _chance("ribbon", seed)
    twigs = sorted(((next(chance), one) for one in branches if one.is_twig), key=lambda it: it[0])
    taken: list[Point] = []
    for turn in range(many):
        tries = [_along(twigs[(turn + more) % len(twigs)][1], chance) for more in range(_TRIES)]
        place = max(tries, key=lambda here: min((dist(here, one) for one in taken), default=0.0))
        taken.append(place)
        yield place


def _along(twig: _Branch, chance: Iterator[float]) -> Point:
    (x, y), (to_x, to_y) = twig.start, twig.end
    share = 0.35 + 0.6 * next(chance)
    return x + (to_x - x) * share, y + (to_y - y) * share


def _ribbon(pen: ImageDraw.ImageDraw, times: int, x: float, y: float) -> None:
    """Tie a knot with two tails that hang down."""

    def at(*points: Point) -> list[Point]:
        return [((x + across) * times, (y + down) * times) for across, down in points]

    pen.polygon(at((-3, 0), (3, 0), (-2, 30), (-7, 24), (-11, 28)), 255)
    pen.polygon(at((-3, 0), (3, 0), (13, 22), (7, 20), (5, 26)), 255)
    pen.ellipse(at((-5, -5), (5, 5)), 255)


def _legend(canvas: Canvas, wishes: WishingTree, note: Lines, y: int) -> None:
    """Name the colours, then set out counts; a cell without a number says why below."""
    apart = (WIDE - 2 * _EDGE) // _IN_A_ROW
    for at, hue in enumerate(wishes.hues):
        down, across = divmod(at, _IN_A_ROW)
        x, top = _EDGE + across * apart, y + down * _ROW
        _sign(canvas, hue, x + 14, top)
        name = fitted(hue.name, apart - 56, _ROW, 30, SMALLEST)
        canvas.text((x + 40, top + 4), name, INK, PAPER)
    y += _rows(wishes) * _ROW + 6
    wide = (WIDE - 2 * _EDGE - _NAME) // len(wishes.hues)
    middles = [_EDGE + _NAME + at * wide + wide // 2 for at in range(len(wishes.hues))]
    for middle, hue in zip(middles, wishes.hues, strict=True):
        _sign(canvas, hue, middle, y)
    for country in wishes.countries:
        y += _ROW
        canvas.rectangle((_EDGE, y - 2, WIDE - _EDGE, y), PALE)
        canvas.text((_EDGE, y + 6), fitted(country.name, _NAME, _ROW, 30, SMALLEST), INK, PAPER)
        for middle, told in zip(middles, country.counts, strict=True):
            words = wishes.few if told is None else f"{told:,}".replace(",", "\u202f")
            ink = MUTED if told is None else INK
            count_ = fitted(words, wide, _ROW, 30, SMALLEST)
            canvas.text((middle, y + 6), count_, ink, PAPER, centre=True)
    canvas.text((_EDGE, y + _ROW + 10), note, MUTED, PAPER)


def _rows(wishes: WishingTree) -> int:
    """Count the rows in which the names of the colours stand."""
    return -(-len(wishes.hues) // _IN_A_ROW)


def _sign(canvas: Canvas, hue: Hue, middle: int, y: int) -> None:
    """Draw one ribbon that stands for its colour."""

    def draw(pen: ImageDraw.ImageDraw, times: int) -> None:
        _ribbon(pen, times, 20, 8)

    canvas.shape((middle - 20, y + 4, middle + 20, y + 44), draw, RIBBONS[hue.colour], PAPER)


def _chance(name: str, seed: int) -> Iterator[float]:
    """Draw numbers from 0 to 1, the same for the same seed on every machine."""
    for turn in count():
        drawn = blake2s(f"{name} {seed} {turn}".encode(), digest_size=4).digest()
        yield int.from_bytes(drawn) / 2**32
