"""How a quiz went, as a square picture to share. It tells no more than the title of the quiz."""

from dataclasses import dataclass
from typing import Final

from bot.errors import PictureError
from bot.pictures.canvas import Canvas
from bot.pictures.colours import INK, MUTED, PALE, PANEL, PAPER, TEAL, WHITE
from bot.pictures.lettering import Lines, broken, fitted

SIDE: Final = 1080
"""Pixels from edge to edge."""

SMALLEST: Final = 28
"""Pixels of the smallest letters: they can be read on a small phone."""

_LEAST: Final = 18
"""Pixels of the letters of a link beside its code, where the bot has the longest of names."""

_EDGE: Final = 84
_WIDE: Final = SIDE - 2 * _EDGE
_FOOT: Final = 738
"""Where the invitation begins."""
_CODE: Final = 246
_GAP: Final = 10


@dataclass(frozen=True, slots=True)
class ResultCard:
    """The words of a result, already translated.

    Attributes:
        name: what the bot is called.
        title: what the quiz is called.
        score: how many were right, in words.
        right: how many were right.
        all: how many were asked.
        words: what is said about it.
        invitation: a line above the link.
        link: where the quiz opens; empty leaves link and invitation out.
    """

    name: str
    title: str
    score: str
    right: int
    all: int
    words: str
    invitation: str
    link: str = ""


def result_card(card: ResultCard) -> bytes:
    """Draw it as a PNG of 1080 by 1080 pixels.

    Raises:
        PictureError: a text does not fit.
    """
    canvas = Canvas(SIDE, SIDE, PAPER)
    canvas.rectangle((0, 0, SIDE, 18), TEAL)
    canvas.text((_EDGE, 66), broken(card.name, 38, _WIDE, bold=True), TEAL, PAPER)
    title = fitted(card.title, _WIDE, 180, 72, 40, bold=True, even=True)
    y = canvas.text((_EDGE, 146), title, INK, PAPER)
    y = canvas.text((_EDGE, y + 34), fitted(card.score, _WIDE, 90, 64, 36, bold=True), TEAL, PAPER)
    y += 20
    _bar(canvas, card, y)
    y += 66
    room = (_FOOT if card.link else SIDE) - 24 - y
    canvas.text((_EDGE, y), fitted(card.words, _WIDE, room, 50, SMALLEST, even=True), INK, PAPER)
    if card.link:
        _foot(canvas, card)
    return canvas.png()


def _bar(canvas: Canvas, card: ResultCard, y: int) -> None:
    """Draw a piece for each question, those answered right first and strong."""
    for at in range(card.all):
        left = _EDGE + at * (_WIDE + _GAP) // card.all
        right = _EDGE + (at + 1) * (_WIDE + _GAP) // card.all - _GAP
        colour = TEAL if at < card.right else PALE
        canvas.panel((left, y, right, y + 26), 13, colour, PAPER)


def _foot(canvas: Canvas, card: ResultCard) -> None:
    box = (_EDGE - 32, _FOOT, SIDE - _EDGE + 32, SIDE - 52)
    canvas.panel(box, 28, PANEL, PAPER)
    code = (box[2] - 22 - _CODE, _FOOT + 22, box[2] - 22, _FOOT + 22 + _CODE)
    canvas.code(card.link, code, INK, WHITE)
    wide = code[0] - 32 - _EDGE
    link = _address(card.link.removeprefix("https://"), wide)
    invitation = fitted(card.invitation, wide, _CODE - link.height - 18, 44, SMALLEST, bold=True)
    y = _FOOT + 22 + (_CODE - invitation.height - 18 - link.height) // 2
    y = canvas.text((_EDGE, y), invitation, INK, PANEL)
    canvas.text((_EDGE, y + 18), link, MUTED, PANEL)


def _address(link: str, wide: int) -> Lines:
    """Write the link in one line, or in two where the bot has a long name."""
    try:
        return fitted(link, wide, 90, 34, SMALLEST)
    except PictureError:
        return fitted(link.replace("?", " ?"), wide, 90, SMALLEST, _LEAST)
