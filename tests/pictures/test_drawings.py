"""What holds for every drawing: its size, its weight, its letters, its colours."""

from dataclasses import replace
from io import BytesIO

import pytest
import segno
from PIL import Image

from bot.errors import PictureError
from bot.pictures.canvas import Canvas
from bot.pictures.colours import PAPER, RIBBONS, contrast
from bot.pictures.lettering import broken, fitted, width
from bot.pictures.result_card import ResultCard, result_card
from bot.pictures.session_page import session_page, session_pdf
from tests.pictures.conftest import ALL, CARD, LINK, PAGE
from tests.pictures.conftest import TREE as WISHES

HEAVIEST = 150_000


@pytest.fixture
def written(monkeypatch):
    """Everything that is written on a canvas: its lines, its colour and what lies beneath."""
    seen, write = [], Canvas.text

    def text(self, at, lines, ink, beneath, **how):
        seen.append((self, at, lines, ink, beneath, how.get("centre", False)))
        return write(self, at, lines, ink, beneath, **how)

    monkeypatch.setattr(Canvas, "text", text)
    return seen


def test_a_drawing_is_a_small_png_of_its_size(drawing):
    """Each is a PNG of as many pixels as it says and at most 150 kB."""
    draw, words, size = drawing
    png = draw(words)
    image = Image.open(BytesIO(png))
    assert (image.format, image.size) == ("PNG", size)
    assert len(png) <= HEAVIEST
    assert len(image.getcolors(256) or []) > 2


def test_the_same_words_give_the_same_picture(drawing):
    """Nothing but its words decides how a picture looks."""
    draw, words, _ = drawing
    assert draw(words) == draw(replace(words))


def test_text_stands_out_from_what_lies_beneath(drawing, written):
    """All text has a contrast of 4.5 to 1 at least, as WCAG AA asks for."""
    draw, words, _ = drawing
    draw(words)
    assert written
    assert min(contrast(ink, beneath) for _, _, _, ink, beneath, _ in written) >= 4.5


def test_text_lies_on_what_was_said(drawing, monkeypatch):
    """Before a line is written, the colour beneath it is the one its edges are softened with."""
    draw, words, _ = drawing
    write = Canvas.text

    def text(self, at, lines, ink, beneath, *, centre=False):
        left = at[0] - lines.width / 2 if centre else at[0]
        box = [round(n) for n in (left, at[1], left + lines.width, at[1] + lines.height)]
        under = self._pixels.crop(box).getcolors(256)
        assert [self._colours[number] for _, number in under] == [beneath]
        return write(self, at, lines, ink, beneath, centre=centre)

    monkeypatch.setattr(Canvas, "text", text)
    draw(words)


def test_nothing_is_written_over_the_edge(drawing, written):
    """Every line ends before the edge of the picture."""
    draw, words, (wide, high) = drawing
    draw(words)
    for _, (x, y), lines, _, _, centre in written:
        left = x - lines.width / 2 if centre else x
        assert left >= 40
        assert left + lines.width <= wide - 40
        assert y >= 0
        assert y + lines.height <= high


@pytest.mark.parametrize("name", ["card", "tree"])
def test_a_small_phone_can_be_read(name, written):
    """What is read on a phone has letters of 28 pixels at least, of 1,080 across."""
    draw, words, _ = ALL[name]
    if isinstance(words, ResultCard):
        words = replace(words, link="https://t.me/tirek_help_bot?start=q14_kk")
    draw(words)
    assert min(lines.size for _, _, lines, _, _, _ in written) >= 28


def test_ribbons_stand_out():
    """A ribbon stands out from the paper by 3 to 1, as WCAG asks of what is no text."""
    assert min(contrast(colour, PAPER) for colour in RIBBONS.values()) >= 3


def test_contrast_is_that_of_the_standard():
    """Black on white is 21 to 1, a colour on itself 1 to 1; #767676 on white is the known edge."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast(PAPER, PAPER) == 1
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def test_without_a_link_nothing_invites():
    """Where the bot does not know its own address, the card has neither link nor code."""
    assert result_card(replace(CARD, link="")) != result_card(CARD)


@pytest.mark.parametrize("text", ["word " * 400, "w" * 90])
def test_what_does_not_fit_is_named(text):
    """Too many words, or one too long, are an error an author can act on."""
    with pytest.raises(PictureError):
        result_card(replace(CARD, words=text))
    with pytest.raises(PictureError):
        session_page(replace(PAGE, goals=(text,) * 9))


def test_lines_are_no_wider_than_they_may_be():
    """Every broken line fits, and together they say the whole text."""
    text = "Ҳар ким адашади ва бу табиий ҳол, қайта уриниб кўринг"
    lines = broken(text, 40, 300)
    assert len(lines.lines) > 2
    assert all(width(line, 40) <= 300 for line in lines.lines)
    assert " ".join(lines.lines) == text


def test_a_text_shrinks_until_it_fits():
    """A longer text stands in smaller letters in the same box."""
    short, long = (fitted("many words " * n, 400, 200, 60, 10) for n in (2, 12))
    assert long.size < short.size <= 60
    assert long.height <= 200


def test_a_full_sheet_is_one_page_still():
    """As steps are added the letters shrink; what fits is printed, as a picture and as a PDF."""
    full = replace(PAGE, steps=PAGE.steps * 2, goals=PAGE.goals * 4)
    assert len(session_page(full)) <= HEAVIEST
    pdf = session_pdf(full)
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1


def test_a_pdf_says_nothing_about_when_it_was_made():
    """A PDF holds neither a date nor the name of a file."""
    pdf = session_pdf(PAGE)
    assert b"Date" not in pdf
    assert b"/Title" not in pdf


def test_a_code_says_its_link():
    """Each module of a code is where the standard's own encoder puts it, with room around it."""
    canvas = Canvas(400, 400, PAPER)
    canvas.code(LINK, (0, 0, 400, 400), (0, 0, 0), (255, 255, 255))
    image = Image.open(BytesIO(canvas.png())).convert("L")
    modules = [list(row) for row in segno.make_qr(LINK, error="m").matrix]
    around = len(modules) + 8
    times = 400 // around
    edge = (400 - around * times) // 2
    for y in range(around):
        for x in range(around):
            inside = 4 <= y < around - 4 and 4 <= x < around - 4
            dark = inside and modules[y - 4][x - 4]
            pixel = image.getpixel((edge + x * times + times // 2, edge + y * times + times // 2))
            assert (pixel == 0) is bool(dark)


def test_a_link_too_long_for_a_phone_is_refused():
    """A code whose modules are too small to be read is an error, not a blur."""
    canvas = Canvas(100, 100, PAPER)
    with pytest.raises(PictureError):
        canvas.code(LINK, (0, 0, 100, 100), (0, 0, 0), PAPER)


def test_a_count_that_is_not_told_says_so(written):
    """In the legend each hidden count is replaced by the same few signs, never by a number."""
    hidden = tuple(replace(one, counts=(*one.counts[:2], None)) for one in WISHES.countries)
    draw, _, _ = ALL["tree"]
    draw(replace(WISHES, countries=hidden))
    assert sum(lines.lines == ("<20",) for _, _, lines, _, _, _ in written) == 7
