"""What holds for every drawing: its size, its weight, its letters, its colours."""

import re
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from bot.content.checks.quizzes import TITLE, WHY
from bot.errors import PictureError
from bot.pictures.canvas import Canvas
from bot.pictures.colours import PAPER, contrast
from bot.pictures.lettering import broken, fitted, width
from bot.pictures.result_card import ResultCard, result_card
from bot.pictures.session_page import session_page, session_pdf
from tests.pictures.conftest import ALL, CARD, PAGE
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


@pytest.mark.parametrize("name", ["card", "tree", "codes"])
def test_a_small_phone_can_be_read(name, written):
    """What is read on a phone has letters of 28 pixels at least, of 1,080 across."""
    draw, words, _ = ALL[name]
    if isinstance(words, ResultCard):
        words = replace(words, link="https://t.me/tirek_help_bot?start=q14_kk")
    draw(words)
    assert min(lines.size for _, _, lines, _, _, _ in written) >= 28


def test_contrast_is_that_of_the_standard():
    """Black on white is 21 to 1, a colour on itself 1 to 1; #767676 on white is the known edge."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast(PAPER, PAPER) == 1
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def test_without_a_link_nothing_invites():
    """Where the bot does not know its own address, the card has neither link nor code."""
    assert result_card(replace(CARD, link="")) != result_card(CARD)


def test_the_longest_words_that_content_may_hold_fit():
    """A title in two full lines and a band of 200 wide letters have room on a card (content check)."""
    title = ("Широкие щёки " * 3)[:TITLE]
    words = ("Широкими буквами " * 20)[:WHY].strip()
    assert result_card(replace(CARD, title=title, words=words))


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


def test_a_pdf_holds_the_very_picture():
    """Its one image has the pixels of the PNG, on a page of A4, in fewer bytes than a photo may have."""
    pdf = session_pdf(PAGE)
    head, stream = pdf.split(b"/Filter /FlateDecode", 1)
    palette = bytes.fromhex(head.rsplit(b"<", 1)[1].split(b">")[0].decode())
    numbers = zlib.decompress(stream.split(b"stream\n", 1)[1].split(b"\nendstream")[0])
    image = Image.frombytes("P", (1240, 1754), numbers)
    image.putpalette(palette)
    png = Image.open(BytesIO(session_page(PAGE)))
    assert ImageChops.difference(image.convert("RGB"), png.convert("RGB")).getbbox() is None
    (box,) = re.findall(rb"/MediaBox \[0 0 (\S+) (\S+)\]", pdf)
    assert [float(side) for side in box] == pytest.approx([595.28, 841.89], abs=0.1)
    assert len(pdf) <= HEAVIEST


def test_a_pdf_says_where_each_of_its_parts_begins():
    """Readers jump by the table at the end: each entry leads to the object of its number."""
    pdf = session_pdf(PAGE)
    (table,) = map(int, re.findall(rb"startxref\n(\d+)\n%%EOF\n$", pdf))
    assert pdf[table:].startswith(b"xref\n0 6\n")
    begins = [int(one) for one in re.findall(rb"(\d{10}) 00000 n \n", pdf[table:])]
    assert len(begins) == 5
    for number, begin in enumerate(begins, 1):
        assert pdf[begin:].startswith(b"%d 0 obj\n" % number)
    for told, stream in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", pdf, re.DOTALL):
        assert int(told) == len(stream)


def test_a_pdf_says_nothing_about_when_it_was_made():
    """A PDF holds neither a date nor the name of a file."""
    pdf = session_pdf(PAGE)
    assert b"Date" not in pdf
    assert b"/Title" not in pdf


def test_a_count_that_is_not_told_says_so(written):
    """In the legend each hidden count is replaced by the same few signs, never by a number."""
    hidden = tuple(replace(one, counts=(*one.counts[:2], None)) for one in WISHES.countries)
    draw, _, _ = ALL["tree"]
    draw(replace(WISHES, countries=hidden))
    assert sum(lines.lines == ("<20",) for _, _, lines, _, _, _ in written) == 7
