"""A picture as a page to print: its pixels as they are, for a JPEG of letters is four times larger."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

_POINTS: Final = 72
"""Units of a PDF in an inch (ISO 32000)."""

_PAGE: Final = (
    "/Type /Page /Parent 2 0 R /MediaBox [0 0 {across:g} {down:g}]"
    " /Contents 4 0 R /Resources << /XObject << /Picture 5 0 R >> >>"
)
_IMAGE: Final = (
    "/Type /XObject /Subtype /Image /Width {wide} /Height {high} /BitsPerComponent 8"
    " /ColorSpace [/Indexed /DeviceRGB {last} <{colours}>] /Filter /FlateDecode"
)


def page(pixels: bytes, size: tuple[int, int], palette: bytes, dots: int) -> bytes:
    """Write a PDF of one page that a picture fills; it holds no date, no name and no title.

    `pixels` are numbers of colours, a byte each, row by row; `size` says how many there are across
    and down, `palette` is red, green and blue of each colour, and `dots` are pixels an inch.
    """
    wide, high = size
    across, down = wide * _POINTS / dots, high * _POINTS / dots
    image = _IMAGE.format(wide=wide, high=high, last=len(palette) // 3 - 1, colours=palette.hex())
    return _file(
        (
            _object("/Type /Catalog /Pages 2 0 R"),
            _object("/Type /Pages /Kids [3 0 R] /Count 1"),
            _object(_PAGE.format(across=across, down=down)),
            _object("", f"{across:g} 0 0 {down:g} 0 0 cm /Picture Do".encode()),
            _object(image, zlib.compress(pixels)),
        )
    )


def _object(facts: str, stream: bytes | None = None) -> bytes:
    if stream is None:
        return f"<< {facts} >>".encode()
    head = f"<< {facts} /Length {len(stream)} >>".encode()
    return b"%b\nstream\n%b\nendstream" % (head, stream)


def _file(objects: Iterable[bytes]) -> bytes:
    """Number the objects from 1 and say at which byte each of them begins."""
    body, begins = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, one in enumerate(objects, 1):
        begins.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    return bytes(body) + b"".join(_table(begins, len(body)))


def _table(begins: list[int], here: int) -> Iterator[bytes]:
    yield b"xref\n0 %d\n0000000000 65535 f \n" % (len(begins) + 1)
    for begin in begins:
        yield b"%010d 00000 n \n" % begin
    yield b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(begins) + 1)
    yield b"startxref\n%d\n%%%%EOF\n" % here
