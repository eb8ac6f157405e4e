"""Truths about posters: a code that a phone can read, words that have room, a sheet any printer prints."""

import re
import zlib
from dataclasses import replace
from io import BytesIO
from itertools import pairwise, product
from typing import Any

import pytest
import segno
from PIL import Image

from bot.errors import PictureError
from bot.pictures.canvas import Canvas
from bot.pictures.colours import contrast
from bot.pictures.poster import DOTS, HIGH, MODULE, SMALLEST, TABS, WIDE, Sheet, laid, poster
from tests.conftest import LANGUAGES

MILLIMETRE = DOTS / 25.4
UNPRINTED = round(5 * MILLIMETRE)
HEAVIEST = 1_000_000
QUIET = 4
PICTURE = (
    rb"/Width (\d+) /Height (\d+).*?<([0-9a-f]+)>\] /Filter /FlateDecode[^>]*>>\nstream\n"
    rb"(.*?)\nendstream"
)

POSTER = Sheet(
    title="Кто моет посуду?",
    lines=("Короткая викторина для телефона.", "Без оценок.", "Имя не нужно."),
    invitation="Наведите сюда камеру телефона. Откроется в Telegram.",
    address="t.me/tirek_bot",
    link="https://t.me/tirek_bot?start=p2jr_ru",
)
STRIP = replace(POSTER, tab="Викторина в Telegram")
NAME = "t.me/" + "w" * 32


def named_long(sheet):
    """The same sheet of a bot with the longest of names, and the longest words behind it."""
    return replace(sheet, address=NAME, link=f"https://{NAME}?start=p999zz_uz_Cyrl")


SHEETS = {
    "poster": POSTER,
    "strip": STRIP,
    "poster of a long name": named_long(POSTER),
    "strip of a long name": named_long(STRIP),
}
each = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)


@pytest.fixture
def codes(monkeypatch):
    """Where codes are drawn on a sheet: the box, and the paper that was asked for."""
    seen, genuine = [], Canvas.code

    def code(self, link, box, ink, paper, least):
        seen.append((link, box))
        return genuine(self, link, box, ink, paper, least)

    monkeypatch.setattr(Canvas, "code", code)
    return seen


@pytest.fixture
def written(monkeypatch):
    """What is written on a sheet, along it or upward: the box of each text, and its colours."""
    seen, along, upward = [], Canvas.text, Canvas.upward

    def text(self, at, lines, ink, beneath):
        right, bottom = at[0] + lines.width, at[1] + lines.height
        seen.append(((at[0], at[1], right, bottom), lines, ink, beneath))
        return along(self, at, lines, ink, beneath)

    def turned(self, at, lines, ink, beneath):
        top, right = at[1] - lines.width, at[0] + lines.height
        seen.append(((at[0], top, right, at[1]), lines, ink, beneath))
        return upward(self, at, lines, ink, beneath)

    monkeypatch.setattr(Canvas, "text", text)
    monkeypatch.setattr(Canvas, "upward", turned)
    return seen


def grey(canvas):
    return Image.open(BytesIO(canvas.png())).convert("L")


def photographed(pdf):
    """The one picture inside a PDF, as grey as its palette is."""
    found = re.search(PICTURE, pdf, re.DOTALL)
    assert found is not None
    size, colours = (int(found[1]), int(found[2])), bytes.fromhex(found[3].decode())
    image = Image.frombytes("P", size, zlib.decompress(found[4]))
    image.putpalette(colours)
    shades = {colours[at : at + 3] for at in range(0, len(colours), 3)}
    return image.convert("L" if all(len({*shade}) == 1 for shade in shades) else "RGB")


def modules(image, link, box):
    """Read a code as a camera does: the shade of each module in its middle, and how large it is."""
    wanted = [list(row) for row in segno.make_qr(link, error="m").matrix]
    around = len(wanted) + 2 * QUIET
    left, top, right, bottom = box
    size = min(right - left, bottom - top) // around
    x, y = (left + right - around * size) // 2, (top + bottom - around * size) // 2
    read = [
        [
            image.getpixel((x + n * size + size // 2, y + m * size + size // 2))
            for n in range(around)
        ]
        for m in range(around)
    ]
    return wanted, read, size


@each
@pytest.mark.parametrize("printed", ["png", "pdf"])
def test_every_code_is_read_back(sheet, printed, codes):
    """Each module is dark or light as the standard's encoder says, with four light ones around."""
    canvas = poster(sheet)
    image = grey(canvas) if printed == "png" else photographed(canvas.pdf(DOTS, grey=True))
    assert len(codes) == 1 + TABS * bool(sheet.tab)
    for link, box in codes:
        assert link == sheet.link
        wanted, read, _ = modules(image, link, box)
        for y, x in product(range(len(read)), repeat=2):
            inside = QUIET <= y < len(read) - QUIET and QUIET <= x < len(read) - QUIET
            dark = inside and wanted[y - QUIET][x - QUIET]
            assert (read[y][x] < 64) if dark else (read[y][x] > 192)


@each
def test_a_module_has_four_tenths_of_a_millimetre(sheet, codes):
    """Cameras of cheap phones part modules of 0.4 mm; the large code has 1.5 mm, to be read from afar."""
    image = grey(poster(sheet))
    sizes = [modules(image, *code)[2] / MILLIMETRE for code in codes]
    assert min(sizes) >= 0.4
    assert max(sizes) >= (1.0 if sheet.tab else 1.5)


def test_a_link_too_long_for_a_tab_is_refused():
    """A code whose modules would be too small is an error, not a blur."""
    with pytest.raises(PictureError):
        poster(replace(STRIP, link="https://t.me/" + "w" * 200))
    assert MODULE / MILLIMETRE >= 0.4 > (MODULE - 1) / MILLIMETRE


@each
def test_a_sheet_is_a4_and_light(sheet):
    """PNG and PDF hold one page of A4 at 300 dots an inch and have a megabyte at most."""
    canvas = poster(sheet)
    png, pdf = canvas.png(), canvas.pdf(DOTS, grey=True)
    assert Image.open(BytesIO(png)).size == photographed(pdf).size == (WIDE, HIGH)
    assert pytest.approx(WIDE / MILLIMETRE, abs=0.1) == 210
    assert pytest.approx(HIGH / MILLIMETRE, abs=0.1) == 297
    assert max(len(png), len(pdf)) <= HEAVIEST
    assert b"Date" not in pdf
    assert photographed(pdf).mode == "L"


def shade(colour):
    """The grey that a printer makes of a colour."""
    grey_ = Image.new("RGB", (1, 1), colour).convert("L").tobytes()[0]
    return grey_, grey_, grey_


@each
def test_it_can_be_read_in_grey(sheet, written):
    """All words have a contrast of 4.5 to 1 in grey, too; little of the sheet is dark."""
    image = grey(poster(sheet))
    for _, _, ink, beneath in written:
        assert contrast(shade(ink), shade(beneath)) >= 4.5
    assert sum(image.histogram()[:128]) < 0.12 * WIDE * HIGH


@each
def test_everything_has_room(sheet, written, codes):
    """No words lie on each other, on a code or where printers print nothing."""
    poster(sheet)
    boxes = [box for box, *_ in written] + [box for _, box in codes]
    for at, (left, top, right, bottom) in enumerate(boxes):
        assert left >= UNPRINTED
        assert top >= UNPRINTED
        assert right <= WIDE - UNPRINTED + 1
        assert bottom <= HIGH - UNPRINTED + 1
        for other in boxes[:at]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart


def test_a_strip_has_eight_tabs_that_are_alike(written, codes):
    """On each tab stand its words and the short address, and its code opens the same as the sheet's."""
    poster(STRIP)
    upright = [lines.lines for box, lines, *_ in written if box[3] > HIGH * 2 / 3]
    assert len(upright) == 2 * TABS
    assert {" ".join(one) for one in upright} == {STRIP.tab, STRIP.address}
    assert {link for link, _ in codes} == {STRIP.link}
    lefts = sorted(box[0] for _, box in codes if box[1] > HIGH * 2 / 3)
    assert len(lefts) == TABS
    assert len({two - one for one, two in pairwise(lefts)}) == 1


@each
def test_the_same_words_give_the_same_sheet(sheet):
    """The drawing knows nothing but the words: not whether they are open or neutral, nor the day."""
    one, other = poster(sheet), poster(replace(sheet))
    assert (one.png(), one.pdf(DOTS, grey=True)) == (other.png(), other.pdf(DOTS, grey=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_shipped_posters_fit_for_the_longest_name(world, language):
    """In every language each of them fits, whatever the bot is called."""
    for one in world.content.outreach.posters.values():
        assert (
            laid(worded(one, lambda text: world.words.text(language, text))).lines[0].size
            >= SMALLEST
        )


def test_the_source_has_room_for_longer_languages(world):
    """In English each of them fits, even if a translation is longer by half."""
    for one in world.content.outreach.posters.values():
        assert laid(worded(one, longer)).lines[0].size >= SMALLEST


def worded(one, said):
    """The sheet of a poster for a bot with the longest of names."""
    return replace(
        SHEETS["strip of a long name" if one.tab else "poster of a long name"],
        title=said(one.title),
        lines=tuple(map(said, one.lines)),
        invitation=said(one.invitation),
        tab=said(one.tab) if one.tab else "",
    )


def longer(text):
    """The same words, and the first half of them again."""
    words = text.split()
    return " ".join((*words, *words[: len(words) // 2 + 1]))


@pytest.mark.parametrize("text", ["word " * 200, "w" * 90])
@pytest.mark.parametrize("key", ["title", "lines", "invitation", "tab"])
def test_what_does_not_fit_is_named(key, text):
    """Too many words, or one too long, are an error an author can act on."""
    long: dict[str, Any] = {key: (text,) if key == "lines" else text}
    with pytest.raises(PictureError):
        laid(replace(STRIP, **long))
