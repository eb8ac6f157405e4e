"""The plan of a session on one sheet, for a cheap printer: black, grey, and nothing else."""

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import Final

from bot.errors import PictureError
from bot.pictures.canvas import Canvas
from bot.pictures.code_sheet import Code
from bot.pictures.colours import BLACK, GREY, LIGHT, WHITE, Colour
from bot.pictures.lettering import Lines, broken, fitted

DOTS: Final = 150
"""Dots an inch."""

WIDE: Final = 1240
HIGH: Final = 1754
"""Pixels of A4 at 150 dots an inch."""

LARGEST: Final = 30
SMALLEST: Final = 20
"""Pixels of the text: 20 are 10 points on paper."""

_EDGE: Final = 90
_INSIDE: Final = WIDE - 2 * _EDGE
_CODE: Final = 210
_INDENT: Final = 54
_MINUTES: Final = 130
_TITLE: Final = 122
_BETWEEN: Final = 6

_SMALL: Final = 180
"""Pixels of a code in the corner: the longest link we make is a code of 45 modules with its
margin, of 4 pixels each."""

_CELL: Final = 200
_CORNER: Final = _TITLE + _SMALL + 60
"""Where the words under the codes in the corner end, two lines of them."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done, how long it takes in words, and a note for who leads; the last two or ""."""

    text: str
    minutes: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SessionPage:
    """The words of a plan, already translated.

    Attributes:
        name: what the bot is called.
        title: what the session is called.
        facts: for whom and how long: "From 14 years", "45 minutes".
        goals_head, goals: what it is for.
        steps_head, steps: what is done, in order.
        help_head, help: where help is, a line each.
        invitation: a line beside the code.
        link: what the code opens; empty leaves both out.
        codes: more codes, in the upper corner, where the title and the goals leave room.
    """

    name: str
    title: str
    facts: tuple[str, ...]
    goals_head: str
    goals: tuple[str, ...]
    steps_head: str
    steps: tuple[Step, ...]
    help_head: str
    help: tuple[str, ...]
    invitation: str = ""
    link: str = ""
    codes: tuple[Code, ...] = ()


def session_page(plan: SessionPage) -> bytes:
    """Draw it as a PNG of 1240 by 1754 pixels.

    Raises:
        PictureError: it does not fit on one sheet in letters of 20 pixels.
    """
    return _drawn(plan).png()


def session_pdf(plan: SessionPage) -> bytes:
    """Write it as a PDF of one A4 sheet; raises as `session_page`."""
    return _drawn(plan).pdf(DOTS)


def _drawn(plan: SessionPage) -> Canvas:
    """Draw it in the largest letters with which all of it has room.

    Smaller letters need less of it, so a few sizes are tried instead of all.
    """
    sizes = range(LARGEST, SMALLEST - 1, -1)
    at = bisect_left(sizes, True, key=lambda size: _laid(plan, size) is not None)
    laid = _laid(plan, sizes[at]) if at < len(sizes) else None
    if laid is None:
        raise PictureError(f"the session '{plan.title}' does not fit on one page")
    return _printed(plan, *laid)


@dataclass(slots=True)
class _Sheet:
    """Lines with their places and colours: measured for many sizes, drawn once."""

    placed: list[tuple[tuple[int, int], Lines, Colour]] = field(default_factory=list)

    def text(self, at: tuple[int, int], lines: Lines, ink: Colour) -> int:
        self.placed.append((at, lines, ink))
        return at[1] + lines.height


@dataclass(frozen=True, slots=True)
class _Box:
    """What stands in the box of help, and its pixels from top to bottom."""

    texts: tuple[Lines, ...]
    height: int

    @property
    def within(self) -> int:
        return sum(text.height + _BETWEEN for text in self.texts)


def _laid(plan: SessionPage, size: int) -> tuple[_Sheet, _Box] | None:
    """Lay out all of it in letters of one size; None where there is no room."""
    try:
        sheet, box = _Sheet(), _box(plan, size)
        end = _body(sheet, plan, size)
    except PictureError:
        return None
    return (sheet, box) if end <= HIGH - _EDGE - box.height - 24 else None


def _body(sheet: _Sheet, plan: SessionPage, size: int) -> int:
    """Place everything above the box of help; return where it ends."""
    less = _CELL * len(plan.codes)
    beside = _INSIDE - less
    sheet.text((_EDGE, 70), broken(plan.name, 24, _INSIDE, bold=True), GREY)
    title = fitted(plan.title, beside, 140, 2 * size, size, bold=True, even=True)
    y = sheet.text((_EDGE, _TITLE), title, BLACK)
    y = sheet.text((_EDGE, y + 4), broken(" · ".join(plan.facts), size, beside), GREY)
    y = _head(sheet, plan.goals_head, size, y + size, less)
    for goal in plan.goals:
        y = _marked(sheet, "–", goal, size, y, less) + size // 4
    y = max(y + size // 2, _CORNER if plan.codes else 0)
    y = _head(sheet, plan.steps_head, size, y)
    for number, step in enumerate(plan.steps, 1):
        y = _step(sheet, number, step, size, y) + size // 2
    return y


def _head(sheet: _Sheet, text: str, size: int, y: int, less: int = 0) -> int:
    lines = broken(text, size + 4, _INSIDE - less, bold=True)
    return sheet.text((_EDGE, y), lines, BLACK) + size // 4


def _marked(sheet: _Sheet, mark: str, text: str, size: int, y: int, less: int = 0) -> int:
    """Place a text behind a mark that stands in the margin, `less` pixels narrower."""
    sheet.text((_EDGE, y), Lines((mark,), size, bold=True), BLACK)
    return sheet.text((_EDGE + _INDENT, y), broken(text, size, _INSIDE - _INDENT - less), BLACK)


def _step(sheet: _Sheet, number: int, step: Step, size: int, y: int) -> int:
    less = _MINUTES if step.minutes else 0
    end = _marked(sheet, f"{number}.", step.text, size, y, less)
    if step.minutes:
        lines = fitted(step.minutes, _MINUTES - 16, 2 * size, size, SMALLEST, bold=True)
        sheet.text((round(WIDE - _EDGE - lines.width), y), lines, BLACK)
    if step.note:
        note = broken(step.note, max(SMALLEST, size - 3), _INSIDE - _INDENT - less)
        end = sheet.text((_EDGE + _INDENT, end + 2), note, GREY)
    return end


def _box(plan: SessionPage, size: int) -> _Box:
    wide = _INSIDE - 56 - (_CODE + 40 if plan.link else 0)
    texts = [broken(plan.help_head, size + 2, wide, bold=True)]
    texts += [broken(line, size, wide) for line in plan.help]
    if plan.link and plan.invitation:
        texts.append(broken(plan.invitation, max(SMALLEST, size - 3), wide))
    box = _Box(tuple(texts), 0)
    return replace(box, height=max(box.within, _CODE if plan.link else 0) + 44)


def _printed(plan: SessionPage, sheet: _Sheet, box: _Box) -> Canvas:
    canvas = Canvas(WIDE, HIGH, WHITE)
    canvas.rectangle((_EDGE, 104, WIDE - _EDGE, 107), BLACK)
    for at, lines, ink in sheet.placed:
        canvas.text(at, lines, ink, WHITE)
    _corner(canvas, plan.codes)
    top = HIGH - _EDGE - box.height
    canvas.rectangle((_EDGE, top, WIDE - _EDGE, HIGH - _EDGE), LIGHT)
    y = top + (box.height - box.within) // 2
    for text in box.texts:
        y = canvas.text((_EDGE + 28, y), text, BLACK, LIGHT) + _BETWEEN
    if plan.link:
        right, middle = WIDE - _EDGE - 22, top + box.height // 2
        code = (right - _CODE, middle - _CODE // 2, right, middle + _CODE // 2)
        canvas.code(plan.link, code, BLACK, WHITE)
    return canvas


def _corner(canvas: Canvas, codes: tuple[Code, ...]) -> None:
    """Draw codes side by side in the upper corner, each over its words."""
    for at, code in enumerate(reversed(codes)):
        right, low = WIDE - _EDGE - at * _CELL, _TITLE + _SMALL
        canvas.code(code.link, (right - _SMALL, _TITLE, right, low), BLACK, WHITE)
        words = fitted(code.words, _SMALL, _CORNER - low, SMALLEST, SMALLEST)
        canvas.text((right - _SMALL // 2, low), words, BLACK, WHITE, centre=True)
