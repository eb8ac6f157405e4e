"""The wishing tree: a ribbon for what people wished, country by country, colour by colour.

It grows with the number of wishes and looks the same whenever it is drawn from the same seed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot, log1p
from typing import Final

from PIL import ImageDraw

from bot.pictures.canvas import Box, Canvas, Point
from bot.pictures.colours import BARK, GROUND, INK, MUTED, PALE, PAPER, Colour
from bot.pictures.growth import Branch, grown_to_fit, places
from bot.pictures.lettering import Lines, fitted

WIDE: Final = 1080
HIGH: Final = 1350
"""Pixels; the legend grows upward from the lower edge."""

SMALLEST: Final = 28
MOST: Final = 150
"""Ribbons at most: with more they hide each other."""

FULL: Final = 20_000
"""Wishes with which the tree has all its ribbons and branches."""

_EDGE: Final = 60
_ROW: Final = 52
_IN_A_ROW: Final = 3
"""Names of colours beside each other."""
_NAME: Final = 300
"""Pixels for the name of a country in the legend."""

_SAPLING: Final = 0.55
"""The size of the smallest tree, as a share of the room there is."""

_OWN: Final = 3
"""How many times larger the ribbon in front is."""

_SOIL: Final = 60


@dataclass(frozen=True, slots=True)
class Hue:
    """A colour that stands out from the paper by 3 to 1 at least (WCAG 1.4.11), and its name."""

    colour: Colour
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
        own: the colour of a ribbon that hangs in front of all, large; it takes no part in counts.
    """

    title: str
    hues: tuple[Hue, ...]
    countries: tuple[Country, ...]
    few: str
    note: str
    seed: int = 0
    own: Colour | None = None


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
    """Draw the tree between two heights, with its ribbons."""
    grown = _growth(sum(many or 0 for one in wishes.countries for many in one.counts))
    share, high = _SAPLING + (1 - _SAPLING) * grown, bottom - top
    room = (WIDE - 2 * _EDGE) * share, (high - _SOIL) * share
    branches = grown_to_fit(wishes.seed, grown, room, (WIDE / 2, high - _SOIL / 2))
    box = (0, top, WIDE, bottom)

    def soil(pen: ImageDraw.ImageDraw, times: int) -> None:
        pen.ellipse([n * times for n in (190, high - _SOIL, WIDE - 190, high - 2)], 255)

    def wood(pen: ImageDraw.ImageDraw, times: int) -> None:
        for one in branches:
            _limb(pen, times, one)

    canvas.shape(box, soil, GROUND, PAPER)
    canvas.shape(box, wood, BARK, PAPER)
    _tie(canvas, box, wishes, branches)


def _tie(canvas: Canvas, box: Box, wishes: WishingTree, branches: Sequence[Branch]) -> None:
    """Tie the ribbons, colour by colour, and her own in front of all."""
    drawn = ribbons(wishes)
    ends_of_twigs = places(wishes.seed, branches, sum(drawn))
    for hue, many in zip(wishes.hues, drawn, strict=True):
        ends = [next(ends_of_twigs) for _ in range(many)]

        def tied(pen: ImageDraw.ImageDraw, times: int, ends: Iterable[Point] = ends) -> None:
            for x, y in ends:
                _ribbon(pen, times, x, y)

        canvas.shape(box, tied, hue.colour, PAPER)
    if wishes.own is not None:
        x, y = branches[0].end

        def in_front(pen: ImageDraw.ImageDraw, times: int) -> None:
            _ribbon(pen, times * _OWN, x / _OWN, y / _OWN)

        canvas.shape(box, in_front, wishes.own, PAPER)


def _limb(pen: ImageDraw.ImageDraw, times: int, one: Branch) -> None:
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
            count = fitted(words, wide, _ROW, 30, SMALLEST)
            canvas.text((middle, y + 6), count, ink, PAPER, centre=True)
    canvas.text((_EDGE, y + _ROW + 10), note, MUTED, PAPER)


def _rows(wishes: WishingTree) -> int:
    """Count the rows in which the names of the colours stand."""
    return -(-len(wishes.hues) // _IN_A_ROW)


def _sign(canvas: Canvas, hue: Hue, middle: int, y: int) -> None:
    """Draw one ribbon that stands for its colour."""

    def draw(pen: ImageDraw.ImageDraw, times: int) -> None:
        _ribbon(pen, times, 20, 8)

    canvas.shape((middle - 20, y + 4, middle + 20, y + 44), draw, hue.colour, PAPER)
