"""Codes: each says its link, wherever it stands, large enough for a phone."""

from io import BytesIO

import pytest
import segno
from PIL import Image

from bot.errors import PictureError
from bot.pictures.canvas import Canvas
from bot.pictures.code_sheet import code_sheet
from bot.pictures.colours import PAPER
from bot.pictures.session_page import session_page
from tests.pictures.conftest import CODES, LINK, PAGE

QUIET = 4
"""Modules around a code that stay empty."""


@pytest.fixture
def coded(monkeypatch):
    """Where codes are drawn, and what each should say."""
    seen, draw = [], Canvas.code

    def code(self, link, box, ink, paper):
        seen.append((link, box))
        return draw(self, link, box, ink, paper)

    monkeypatch.setattr(Canvas, "code", code)
    return seen


def module(image, link, box):
    """Compare a code with the standard's own encoder, module by module; give pixels of a module."""
    left, top, right, bottom = box
    modules = [list(row) for row in segno.make_qr(link, error="m").matrix]
    around = len(modules) + 2 * QUIET
    times = min(right - left, bottom - top) // around
    x, y = (left + right - around * times) // 2, (top + bottom - around * times) // 2
    for down in range(around):
        for across in range(around):
            inside = all(QUIET <= at < around - QUIET for at in (down, across))
            dark = inside and modules[down - QUIET][across - QUIET]
            middle = x + across * times + times // 2, y + down * times + times // 2
            assert (image.getpixel(middle) == 0) is bool(dark)
    return times


def test_a_code_says_its_link():
    """Each module of a code is where the standard's own encoder puts it, with room around it."""
    canvas = Canvas(400, 400, PAPER)
    canvas.code(LINK, (0, 0, 400, 400), (0, 0, 0), (255, 255, 255))
    assert module(Image.open(BytesIO(canvas.png())).convert("L"), LINK, (0, 0, 400, 400)) >= 4


def test_a_link_too_long_for_a_phone_is_refused():
    """A code whose modules are too small to be read is an error, not a blur."""
    canvas = Canvas(100, 100, PAPER)
    with pytest.raises(PictureError):
        canvas.code(LINK, (0, 0, 100, 100), (0, 0, 0), PAPER)


def test_both_codes_of_a_sheet_can_be_held_up(coded):
    """Each says its own link; drawn over nothing, and more than half as wide as the phone."""
    image = Image.open(BytesIO(code_sheet(CODES))).convert("L")
    assert [link for link, _ in coded] == [one.link for one in CODES.codes]
    for link, box in coded:
        times = module(image, link, box)
        wide = times * (len(segno.make_qr(link, error="m").matrix) + 2 * QUIET)
        assert wide > image.width / 2
    (_, first), (_, second) = coded
    assert first[3] < second[1]


def test_the_codes_of_a_page_say_their_links(coded):
    """Three stand on a page: the two in its corner and that of the plan, none over another."""
    image = Image.open(BytesIO(session_page(PAGE))).convert("L")
    assert {link for link, _ in coded} == {PAGE.link, *(one.link for one in PAGE.codes)}
    for link, box in coded:
        assert module(image, link, box) >= 4
    after, before = (next(box for link, box in coded if mark in link) for mark in ("q14a", "q14b"))
    assert before[2] < after[0]
