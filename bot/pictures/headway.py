"""How a campaign went out over time: bars, a curve of the sum, and the times in which nothing goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10
from typing import Final

from PIL import ImageDraw

from bot.pictures.canvas import Box, Canvas, Point
from bot.pictures.colours import INK, LIGHT, MUTED, PALE, PAPER, TEAL, WHITE, Colour
from bot.pictures.lettering import fitted

WIDE: Final = 1754
HIGH: Final = 1240
"""Pixels of A4 on its side, at `DOTS` dots an inch."""

DOTS: Final = 150

_EDGE: Final = 84
_LEFT, _TOP, _RIGHT, _BOTTOM = 268, 322, WIDE - 268, 940
"""Where the time is drawn."""

_SMALLEST: Final = 28

_LEAST: Final = 24
"""Pixels of the letters of the legend where a language needs many of them."""

_CURVE: Final = 6
"""Pixels of the width of the curve."""

_HATCH: Final = 16
"""Pixels from line to line where it was paused."""

_DIGITS: Final = (1, 2, 4, 5, 10)
"""What a scale may end in: its half is a whole number of tens as well."""


@dataclass(frozen=True, slots=True)
class Span:
    """A time in the chart, in quarters of an hour from its left edge; `ends` is the first after it."""

    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Bar:
    """Messages that arrived within some time."""

    span: Span
    many: int


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from 0 to `top`, whose half and end are written as `half` and `end`."""

    top: int
    half: str
    end: str


@dataclass(frozen=True, slots=True)
class Legend:
    """What is what, in words."""

    bars: str
    curve: str
    quiet: str
    paused: str


@dataclass(frozen=True, slots=True)
class Headway:
    """What stands in the chart, already translated.

    Attributes:
        title: what it is.
        facts: what is known of the campaign, in short lines.
        quarters: how many quarters of an hour it is wide.
        bars: what arrived, in order.
        quiet: the usual quiet hours.
        paused: when it was paused.
        hours: the hours written below, each by its place in quarters.
        each: the scale of the bars, on the left.
        all: the scale of the curve, on the right.
        legend: what is what.
        note: how to read the counts.
    """

    title: str
    facts: tuple[str, ...]
    quarters: int
    bars: tuple[Bar, ...]
    quiet: tuple[Span, ...]
    paused: tuple[Span, ...]
    hours: tuple[tuple[int, str], ...]
    each: Scale
    all: Scale
    legend: Legend
    note: str


def top(most: float) -> int:
    """Give the end of a scale on which `most` has room: a round number, 20 at least."""
    size = int(10 ** int(log10(max(most, 20))))
    return next(digit * size for digit in _DIGITS if digit * size >= max(most, 20))


def headway(chart: Headway) -> Canvas:
    """Draw it: 1754 by 1240 pixels, to be written as PNG or PDF.

    Raises:
        PictureError: a text does not fit.
    """
    canvas = Canvas(WIDE, HIGH, WHITE)
    wide = WIDE - 2 * _EDGE
    title = fitted(chart.title, wide, 100, 60, 36, bold=True)
    y = canvas.text((_EDGE, 56), title, INK, WHITE)
    for line in chart.facts:
        y = canvas.text((_EDGE, y + 2), fitted(line, wide, 50, 34, _SMALLEST), MUTED, WHITE)
    canvas.rectangle((_LEFT, _TOP, _RIGHT, _BOTTOM), PAPER)
    for one in chart.quiet:
        canvas.rectangle(_box(chart, one), PALE)
    for one in chart.paused:
        _hatch(canvas, _box(chart, one))
    _scales(canvas, chart)
    for bar in chart.bars:
        if bar.many:
            _bar(canvas, chart, bar)
    _curve(canvas, chart)
    _hours(canvas, chart)
    _legend(canvas, chart.legend)
    note = fitted(chart.note, wide, 76, 30, _SMALLEST)
    canvas.text((_EDGE, HIGH - 40 - note.height), note, MUTED, WHITE)
    return canvas


def _x(chart: Headway, quarter: int) -> int:
    return _LEFT + (_RIGHT - _LEFT) * quarter // chart.quarters


def _box(chart: Headway, span: Span) -> Box:
    left = _x(chart, span.begins)
    return left, _TOP, max(_x(chart, span.ends), left + 2), _BOTTOM


def _y(share: float) -> int:
    return round(_BOTTOM - (_BOTTOM - _TOP) * share)


def _bar(canvas: Canvas, chart: Headway, bar: Bar) -> None:
    """Draw a bar as high as what arrived in a quarter of an hour, where several are told as one."""
    left, _, right, bottom = _box(chart, bar.span)
    each = bar.many / (bar.span.ends - bar.span.begins)
    gap = int(right - left > _CURVE)
    high = min(_y(each / chart.each.top), bottom - 2)  # as thin as it may be, it is there
    canvas.rectangle((left + gap, high, right - gap, bottom), TEAL)


def _curve(canvas: Canvas, chart: Headway) -> None:
    points: list[Point] = [(_x(chart, 0), _y(0))]
    sum_ = 0
    for bar in chart.bars:
        points.append((_x(chart, bar.span.begins), _y(sum_ / chart.all.top)))
        sum_ += bar.many
        points.append((_x(chart, bar.span.ends), _y(sum_ / chart.all.top)))
    _line(canvas, points, 3 * _CURVE, WHITE, PAPER)  # else it would be lost before the bars
    _line(canvas, points, _CURVE, INK, WHITE)


def _line(
    canvas: Canvas, points: Sequence[Point], thick: int, colour: Colour, beneath: Colour
) -> None:
    """Draw a line through some points, softly where nothing else lies beneath."""
    for (x, y), (to_x, to_y) in pairwise(points):
        box = (
            int(min(x, to_x)) - thick,
            int(min(y, to_y)) - thick,
            int(max(x, to_x)) + thick,
            int(max(y, to_y)) + thick,
        )
        ends = ((x - box[0], y - box[1]), (to_x - box[0], to_y - box[1]))

        def draw(pen: ImageDraw.ImageDraw, times: int, ends: tuple[Point, Point] = ends) -> None:
            (from_, to), half = ends, thick / 2 * times
            pen.line([(a * times, b * times) for a, b in ends], 255, thick * times)
            for a, b in (from_, to):
                middle = (a * times, b * times)
                pen.ellipse(
                    (middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half), 255
                )

        canvas.shape(box, draw, colour, beneath)


def _hatch(canvas: Canvas, box: Box) -> None:
    """Draw lines across a box: they are told from quiet hours in grey as well."""
    left, up, right, down = box

    def draw(pen: ImageDraw.ImageDraw, times: int) -> None:
        high = (down - up) * times
        for start in range(-high, (right - left) * times, _HATCH * times):
            pen.line(((start, high), (start + high, 0)), 255, 2 * times)

    canvas.rectangle(box, LIGHT)
    canvas.shape(box, draw, MUTED, LIGHT)


def _scales(canvas: Canvas, chart: Headway) -> None:
    """Draw lines at the half and the end of both scales, with the counts of each beside them."""
    canvas.rectangle((_LEFT, _BOTTOM, _RIGHT, _BOTTOM + 3), INK)
    wide = _LEFT - _EDGE - 14
    for share, each, all_ in (
        (0.5, chart.each.half, chart.all.half),
        (1.0, chart.each.end, chart.all.end),
    ):
        y = _y(share)
        canvas.rectangle((_LEFT, y, _RIGHT, y + 2), MUTED)
        words = fitted(each, wide, 60, 32, _SMALLEST)
        canvas.text((_LEFT - 14 - round(words.width), y - 20), words, TEAL, WHITE)
        canvas.text((_RIGHT + 14, y - 20), fitted(all_, wide, 60, 32, _SMALLEST), INK, WHITE)


def _hours(canvas: Canvas, chart: Headway) -> None:
    for quarter, words in chart.hours:
        x = _x(chart, quarter)
        canvas.rectangle((x - 1, _BOTTOM + 3, x + 2, _BOTTOM + 14), INK)
        lines = fitted(words, 150, 60, 32, _SMALLEST)
        canvas.text((x, _BOTTOM + 18), lines, INK, WHITE, centre=True)


def _legend(canvas: Canvas, legend: Legend) -> None:
    """Say what is what, two in a row: a piece of each, and its words."""
    half = (WIDE - 2 * _EDGE) // 2
    for at, words in enumerate((legend.bars, legend.curve, legend.quiet, legend.paused)):
        x, y = _EDGE + at % 2 * half, 1012 + at // 2 * 56
        box = (x, y + 6, x + 56, y + 36)
        match at:
            case 0:
                canvas.rectangle(box, TEAL)
            case 1:
                _line(canvas, ((x + 4, y + 21), (x + 52, y + 21)), _CURVE, INK, WHITE)
            case 2:
                canvas.rectangle(box, PALE)
            case _:
                _hatch(canvas, box)
        lines = fitted(words, half - 90, 50, 32, _LEAST)
        canvas.text((x + 74, y), lines, INK, WHITE)
