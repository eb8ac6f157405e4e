"""A certificate to print, with a line for a name: names are written by hand, never typed here."""

from dataclasses import dataclass
from typing import Final

from bot.pictures.canvas import Canvas
from bot.pictures.colours import INK, MUTED, PALE, PAPER, TEAL, WHITE
from bot.pictures.lettering import fitted

WIDE: Final = 1754
HIGH: Final = 1240
"""Pixels of A4 on its side, at 150 dots an inch."""

_MIDDLE: Final = WIDE // 2
_INSIDE: Final = WIDE - 480


@dataclass(frozen=True, slots=True)
class Certificate:
    """The words of a certificate, already translated.

    Attributes:
        title: what it is called; it tells no topic.
        given_to: what stands under the line for the name.
        about: a line above the session: "took part in".
        session: what the session is called.
        date: the day, in words or figures.
        place: what stands under the line for the place.
        network: who gives it.
    """

    title: str
    given_to: str
    about: str
    session: str
    date: str
    place: str
    network: str


def certificate(words: Certificate) -> bytes:
    """Draw it as a PNG of 1754 by 1240 pixels.

    Raises:
        PictureError: a text does not fit.
    """
    canvas = Canvas(WIDE, HIGH, WHITE)
    canvas.rectangle((48, 48, WIDE - 48, HIGH - 48), TEAL)
    canvas.rectangle((54, 54, WIDE - 54, HIGH - 54), WHITE)
    canvas.rectangle((72, 72, WIDE - 72, HIGH - 72), PALE)
    canvas.rectangle((75, 75, WIDE - 75, HIGH - 75), PAPER)
    title = fitted(words.title, _INSIDE, 190, 88, 48, bold=True, even=True)
    canvas.text((_MIDDLE, 250 - title.height // 2), title, TEAL, PAPER, centre=True)
    _line(canvas, (_MIDDLE, 496), 940, words.given_to)
    about = fitted(words.about, _INSIDE, 60, 38, 28)
    canvas.text((_MIDDLE, 604), about, INK, PAPER, centre=True)
    session = fitted(words.session, _INSIDE, 190, 64, 36, bold=True, even=True)
    canvas.text((_MIDDLE, 756 - session.height // 2), session, INK, PAPER, centre=True)
    date = fitted(words.date, 500, 60, 38, 28)
    canvas.text((_MIDDLE - 340, 957 - date.height), date, INK, PAPER, centre=True)
    _line(canvas, (_MIDDLE - 340, 962), 500, "")
    _line(canvas, (_MIDDLE + 340, 962), 500, words.place)
    network = fitted(words.network, _INSIDE, 84, 34, 28)
    canvas.text((_MIDDLE, 1066), network, MUTED, PAPER, centre=True)
    return canvas.png()


def _line(canvas: Canvas, middle: tuple[int, int], wide: int, below: str) -> None:
    """Draw a line to write on; a word below says what."""
    x, y = middle
    canvas.rectangle((x - wide // 2, y, x + wide // 2, y + 3), MUTED)
    if below:
        canvas.text((x, y + 10), fitted(below, wide, 50, 30, 28), MUTED, PAPER, centre=True)
