"""Codes that a group opens with the cameras of its phones: to hold up, or to print and hang up."""

from dataclasses import dataclass
from typing import Final

from bot.pictures.canvas import Canvas
from bot.pictures.colours import BLACK, INK, MUTED, PALE, WHITE
from bot.pictures.lettering import fitted

WIDE: Final = 1080
HIGH: Final = 1920
"""Pixels: a phone held upright, so that each code is as wide there as it can be."""

SMALLEST: Final = 28

_LEAST: Final = 18
"""Pixels of the letters of a link where the bot has a name of the widest letters."""

_EDGE: Final = 64
_WIDE: Final = WIDE - 2 * _EDGE
_MIDDLE: Final = WIDE // 2
_TOP: Final = 260
"""Where the first code begins."""

_EACH: Final = 830
"""From the beginning of a code to that of the next."""

_CODE: Final = 680


@dataclass(frozen=True, slots=True)
class Code:
    """What a code opens, and the few words under it, already translated."""

    words: str
    link: str


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """The words of the sheet, already translated.

    Attributes:
        title: what the session is called.
        how: a line that says what to do with a code.
        codes: two at most, from top to bottom.
    """

    title: str
    how: str
    codes: tuple[Code, ...]


def code_sheet(sheet: CodeSheet) -> bytes:
    """Draw it as a PNG of 1080 by 1920 pixels, on white, which costs a printer nothing.

    Raises:
        PictureError: a text does not fit, or a link is too long for its code.
    """
    canvas = Canvas(WIDE, HIGH, WHITE)
    title = fitted(sheet.title, _WIDE, 120, 56, 36, bold=True, even=True)
    y = canvas.text((_MIDDLE, 48), title, INK, WHITE, centre=True)
    canvas.text(
        (_MIDDLE, y + 8), fitted(sheet.how, _WIDE, 84, 34, SMALLEST), MUTED, WHITE, centre=True
    )
    for at, code in enumerate(sheet.codes):
        _place(canvas, code, _TOP + at * _EACH)
    return canvas.png()


def _place(canvas: Canvas, code: Code, top: int) -> None:
    """Draw a line, a code below it, and below that what it is for and where it leads."""
    canvas.rectangle((_EDGE, top, WIDE - _EDGE, top + 3), PALE)
    left, y = (WIDE - _CODE) // 2, top + 12
    canvas.code(code.link, (left, y, left + _CODE, y + _CODE), BLACK, WHITE)
    words = fitted(code.words, _WIDE, 80, 56, 36, bold=True)
    y = canvas.text((_MIDDLE, y + _CODE), words, INK, WHITE, centre=True)
    link = fitted(code.link.removeprefix("https://"), _WIDE, 50, 34, _LEAST)
    canvas.text((_MIDDLE, y), link, MUTED, WHITE, centre=True)
