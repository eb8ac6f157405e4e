"""Posters for any printer: two speech bubbles, a code that opens the bot, and tabs to tear off.

All of them look alike, so that the drawing gives nothing away, and none has a large dark area,
which copying machines spoil.
"""

from dataclasses import dataclass
from math import ceil
from typing import Final

from PIL import ImageDraw

from bot.errors import PictureError
from bot.pictures.canvas import Box, Canvas
from bot.pictures.colours import BLACK, INK, MUTED, PANEL, TEAL, WHITE, Colour
from bot.pictures.lettering import Lines, broken, fitted

DOTS: Final = 300
"""Dots an inch."""

WIDE: Final = 2480
HIGH: Final = 3508
"""Pixels of A4 at 300 dots an inch."""

TABS: Final = 8
"""Pieces to tear off."""

MODULE: Final = ceil(0.4 / 25.4 * DOTS)
"""Pixels of a module of a code at least: 0.4 mm, which the camera of a cheap phone still parts."""

LARGEST: Final = 112
SMALLEST: Final = 56
"""Pixels of what is said below the title: 56 are 13 points, read from an arm's length."""

LEAST: Final = 22
"""Pixels of the address on a tab, where the bot has the longest of names: 5 points, in the hand."""

_SIZES: Final = range(LARGEST, SMALLEST - 1, -8)
_TITLE: Final = 3
"""How many times larger the title is at most."""
_ADDRESS: Final = 0.8
"""How much smaller the address is than what invites."""

_EDGE: Final = 180
_INSIDE: Final = WIDE - 2 * _EDGE
_TOP: Final = 150
_PAD: Final = 96
"""Between the edge of a bubble and its words."""
_TAIL: Final = 110
_LINE: Final = 14
_ROUND: Final = 96
_APART: Final = 60
"""Between the bubbles and the code at least."""

_MARGIN: Final = 60
"""At the edges of the sheet, where cheap printers print nothing: 5 mm."""
_TAB: Final = 1040
_TAB_WIDE: Final = (WIDE - 2 * _MARGIN) // TABS
_TAB_PAD: Final = 24
_DASH: Final = 24


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of a poster, already translated.

    Attributes:
        title: what stands in the first bubble.
        lines: what stands in the second one, a paragraph each.
        invitation: what stands beside the code.
        address: the short address of the bot, for who types it.
        link: what the code opens.
        tab: what stands on each tab; empty where there are none.
    """

    title: str
    lines: tuple[str, ...]
    invitation: str
    address: str
    link: str
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The words broken into lines that fit, and pixels left over between the three parts."""

    title: Lines
    lines: tuple[Lines, ...]
    invitation: Lines
    address: Lines
    tab: tuple[Lines, ...]
    apart: int


def poster(sheet: Sheet) -> Canvas:
    """Draw it on A4.

    Raises:
        PictureError: a text does not fit, or the link is too long for its codes.
    """
    layout, canvas, code = laid(sheet), Canvas(WIDE, HIGH, WHITE), _code(sheet)
    x, y, right = _EDGE + _PAD, _TOP, WIDE - _EDGE
    below = y + layout.title.height + 2 * _PAD
    _bubble(canvas, (_EDGE, y, right, below), PANEL, _EDGE + 300)
    canvas.text((x, y + _PAD), layout.title, INK, PANEL)
    y = below + _TAIL + layout.apart
    below = y + _height(layout.lines) + 2 * _PAD
    _bubble(canvas, (_EDGE, y, right, below), WHITE, right - 300)
    y += _PAD
    for line in layout.lines:
        y = canvas.text((x, y), line, INK, WHITE) + _between(layout.lines)
    y = below + _TAIL + layout.apart
    canvas.code(sheet.link, (_EDGE, y, _EDGE + code, y + code), BLACK, WHITE, MODULE)
    x = _EDGE + code + _PAD
    space = layout.address.size // 2
    y += (code - layout.invitation.height - space - layout.address.height) // 2
    y = canvas.text((x, y), layout.invitation, INK, WHITE) + space
    canvas.text((x, y), layout.address, MUTED, WHITE)
    if sheet.tab:
        _tabs(canvas, sheet, layout.tab)
    return canvas


def laid(sheet: Sheet) -> Layout:
    """Break the words in the largest letters with which all of it has room.

    Raises:
        PictureError: it has none even in the smallest ones.
    """
    room, tab, code = _room(sheet), _tab(sheet), _code(sheet)
    wide, beside = _INSIDE - 2 * _PAD, _INSIDE - code - _PAD
    for size in _SIZES:
        try:
            large = _TITLE * size
            title = fitted(sheet.title, wide, room // 3, large, size, bold=True, even=True)
            lines = tuple(broken(line, size, wide) for line in sheet.lines)
            invitation = fitted(
                sheet.invitation, beside, code - 2 * size, size, SMALLEST, bold=True
            )
            address = fitted(sheet.address, beside, 2 * size, round(size * _ADDRESS), LEAST)
        except PictureError:
            continue
        left = room - title.height - _height(lines)
        if left >= 2 * _APART:
            return Layout(title, lines, invitation, address, tab, left // 2)
    raise PictureError(f"the poster '{sheet.title}' does not fit on one page")


def _room(sheet: Sheet) -> int:
    """Give the pixels that the words in both bubbles share with the gaps."""
    whole = HIGH - 2 * _TOP - (_TAB if sheet.tab else 0)
    return whole - _code(sheet) - 4 * _PAD - 2 * _TAIL


def _code(sheet: Sheet) -> int:
    """Give the side of the large code: smaller where tabs take its room."""
    return 620 if sheet.tab else 900


def _tab(sheet: Sheet) -> tuple[Lines, ...]:
    """Break what stands on a tab, which is read along its length beside its code."""
    if not sheet.tab:
        return ()
    long = _TAB - _MARGIN - _TAB_WIDE - 2 * _TAB_PAD
    words = fitted(sheet.tab, long, 190, 72, 36, bold=True, even=True)
    return words, fitted(sheet.address, long, 80, 52, LEAST)


def _between(lines: tuple[Lines, ...]) -> int:
    """Give the pixels between two paragraphs."""
    return lines[0].size // 3


def _height(lines: tuple[Lines, ...]) -> int:
    return sum(one.height for one in lines) + _between(lines) * (len(lines) - 1)


def _bubble(canvas: Canvas, box: Box, fill: Colour, tip: int) -> None:
    """Draw a speech bubble with an outline around the box; its tail hangs below at `tip`."""
    left, top, right, bottom = box
    lean = _TAIL if tip < WIDE // 2 else -_TAIL

    def shaped(line: int, pen: ImageDraw.ImageDraw, times: int) -> None:
        wide, high, at = right - left, bottom - top, tip - left
        body = [line, line, wide - line, high - line]
        pen.rounded_rectangle([n * times for n in body], (_ROUND - line) * times, 255)
        tail = [
            (at - _TAIL + line, high - 2 * _LINE),
            (at + _TAIL - line, high - 2 * _LINE),
            (at - lean + (line if lean > 0 else -line), high + _TAIL - 2 * line),
        ]
        pen.polygon([(x * times, y * times) for x, y in tail], 255)

    whole = (left, top, right, bottom + _TAIL)
    canvas.shape(whole, lambda pen, times: shaped(0, pen, times), TEAL, WHITE)
    canvas.shape(whole, lambda pen, times: shaped(_LINE, pen, times), fill, TEAL)


def _tabs(canvas: Canvas, sheet: Sheet, words: tuple[Lines, ...]) -> None:
    """Draw the tabs at the lower edge, with dashes where to cut."""
    top, bottom = HIGH - _TAB, HIGH - _MARGIN
    for x in range(_MARGIN, WIDE - _MARGIN, 2 * _DASH):
        canvas.rectangle((x, top - 3, min(x + _DASH, WIDE - _MARGIN), top), MUTED)
    for number in range(TABS + 1):
        x = _MARGIN + number * _TAB_WIDE
        for y in range(top, HIGH, 2 * _DASH):
            canvas.rectangle((x - 1, y, x + 2, y + _DASH), MUTED)
    for number in range(TABS):
        left = _MARGIN + number * _TAB_WIDE
        code = (left + 4, bottom - _TAB_WIDE + 4, left + _TAB_WIDE - 4, bottom - 4)
        canvas.code(sheet.link, code, BLACK, WHITE, MODULE)
        x = left + (_TAB_WIDE - sum(one.height for one in words)) // 2
        for lines in words:
            x = canvas.upward((x, code[1] - _TAB_PAD), lines, INK, WHITE)
