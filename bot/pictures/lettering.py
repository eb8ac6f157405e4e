"""Letters: the fonts, lines broken where they are full, sizes that shrink until a text fits."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

from bot.errors import PictureError

_FONTS: Final = Path(__file__).parent / "fonts"
_LEADING: Final = 1.3
"""From line to line, in sizes of the letters: Cyrillic capitals with breves still have room."""

_SMALLER: Final = 2
"""Pixels by which a text shrinks at a time."""

_NARROWER: Final = 0.95


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Open a font at `size` pixels; it is read once."""
    return ImageFont.truetype(_FONTS / f"NotoSans-{'Bold' if bold else 'Regular'}.ttf", size)


@dataclass(frozen=True, slots=True)
class Lines:
    """A text broken into lines that all are narrow enough.

    Attributes:
        lines: the lines from top to bottom.
        size: the size of the letters in pixels.
        bold: whether they are bold.
    """

    lines: tuple[str, ...]
    size: int
    bold: bool = False

    @property
    def pitch(self) -> int:
        """Pixels from line to line."""
        return round(self.size * _LEADING)

    @property
    def height(self) -> int:
        """Pixels from above the first line to below the last."""
        return self.pitch * len(self.lines)

    @property
    def width(self) -> float:
        """Pixels of the longest line."""
        return max((width(line, self.size, bold=self.bold) for line in self.lines), default=0.0)


def width(text: str, size: int, *, bold: bool = False) -> float:
    """Measure one line in pixels."""
    return font(size, bold=bold).getlength(text)


def broken(text: str, size: int, wide: float, *, bold: bool = False) -> Lines:
    """Break a text into lines of at most `wide` pixels, at its spaces.

    Raises:
        PictureError: a single word is wider.
    """
    return Lines(tuple(_lines(text, size, wide, bold=bold)), size, bold)


def _lines(text: str, size: int, wide: float, *, bold: bool) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold=bold) <= wide:
            line = longer
            continue
        if not line or width(word, size, bold=bold) > wide:
            raise PictureError("a word is too long for its line")
        yield line
        line = word
    if line:
        yield line


def fitted(
    text: str,
    wide: float,
    high: float,
    largest: int,
    least: int,
    *,
    bold: bool = False,
    even: bool = False,
) -> Lines:
    """Break a text into a box of pixels, in the largest letters that fit.

    `even` makes its lines about as long as each other, as a heading wants them.

    Raises:
        PictureError: it does not fit even at `least` pixels.
    """
    for size in range(largest, least - 1, -_SMALLER):
        try:
            lines = broken(text, size, wide, bold=bold)
        except PictureError:
            continue
        if lines.height <= high:
            return _evened(text, lines, wide) if even else lines
    raise PictureError(f"a text of {len(text)} letters does not fit at {least} pixels")


def _evened(text: str, lines: Lines, wide: float) -> Lines:
    """Break a text anew, as narrow as it can be without one more line."""
    narrower = lines
    while len(narrower.lines) == len(lines.lines) > 1:
        lines, wide = narrower, wide * _NARROWER
        try:
            narrower = broken(text, lines.size, wide, bold=lines.bold)
        except PictureError:
            break
    return lines
