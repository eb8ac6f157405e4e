"""What is drawn on: a picture of few colours, with soft edges, written as a small PNG or PDF.

Each pixel is the number of a colour. Soft edges need the steps between two colours, so whoever
draws says what lies beneath; nothing is guessed afterwards, which costs time and size.
"""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Final

import segno
from PIL import Image, ImageDraw

from bot.errors import PictureError
from bot.pictures.colours import Colour
from bot.pictures.lettering import Lines, font, width
from bot.pictures.pdf import page

_STEPS: Final = 8
"""Shades of an edge: with fewer it looks torn, with more the file grows."""

_FINER: Final = 3
"""How many times finer shapes are drawn before their edges are softened."""

_HALF: Final = 127

_QUIET: Final = 4
"""Modules that stay empty around a QR code (ISO/IEC 18004)."""

_MODULE: Final = 4
"""Pixels of a module at least."""

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels."""

Point = tuple[float, float]


class Canvas:
    """A picture of `width` times `height` pixels, all of the colour `paper` at first."""

    def __init__(self, width: int, height: int, paper: Colour) -> None:
        """Start empty."""
        self.width, self.height = width, height
        self._colours = [paper]
        self._pixels = Image.new("L", (width, height), 0)
        self._pen = ImageDraw.Draw(self._pixels)

    def rectangle(self, box: Box, colour: Colour) -> None:
        """Fill a box with hard edges."""
        left, top, right, bottom = box
        self._pen.rectangle((left, top, right - 1, bottom - 1), self._number(colour))

    def panel(self, box: Box, radius: int, colour: Colour, beneath: Colour) -> None:
        """Fill a box with round corners."""
        left, top, right, bottom = box

        def draw(pen: ImageDraw.ImageDraw, times: int) -> None:
            size = ((right - left) * times - 1, (bottom - top) * times - 1)
            pen.rounded_rectangle((0, 0, *size), radius * times, 255)

        self.shape(box, draw, colour, beneath)

    def shape(
        self,
        box: Box,
        draw: Callable[[ImageDraw.ImageDraw, int], None],
        colour: Colour,
        beneath: Colour,
    ) -> None:
        """Draw anything with soft edges inside a box.

        `draw` gets a pen, and how many times finer than pixels it draws, from the corner of the
        box; what it fills with 255 is coloured.
        """
        left, top, right, bottom = box
        mask = Image.new("L", ((right - left) * _FINER, (bottom - top) * _FINER), 0)
        draw(ImageDraw.Draw(mask), _FINER)
        self._cut(mask.reduce(_FINER), (left, top), colour, beneath)

    def text(
        self,
        at: tuple[int, int],
        lines: Lines,
        ink: Colour,
        beneath: Colour,
        *,
        centre: bool = False,
    ) -> int:
        """Write lines from the point `at`, or around it; return where the next may begin."""
        x, y = at
        for line in lines.lines:
            wide = width(line, lines.size, bold=lines.bold)
            left = round(x - wide / 2) if centre else x
            edge, mask = _letters(line, lines)
            self._lay(mask, (left - edge, y - edge), ink, beneath)
            y += lines.pitch
        return y

    def upward(self, at: tuple[int, int], lines: Lines, ink: Colour, beneath: Colour) -> int:
        """Write lines that are read from below upward, the first one left, each from the height of `at`.

        Returns where the next one may begin, to the right.
        """
        x, y = at
        for line in lines.lines:
            edge, mask = _letters(line, lines)
            turned = mask.transpose(Image.Transpose.ROTATE_90)
            self._lay(turned, (x - edge, y + edge - turned.height), ink, beneath)
            x += lines.pitch
        return x

    def code(self, link: str, box: Box, ink: Colour, paper: Colour, least: int = _MODULE) -> None:
        """Draw a QR code of `link` as large as the box lets it be, in its middle, on `paper`.

        A module has `least` pixels at least.

        Raises:
            PictureError: the link is too long for a code that a phone can read from here.
        """
        left, top, right, bottom = box
        modules = [bytes(row) for row in segno.make_qr(link, error="m").matrix]
        around = len(modules) + 2 * _QUIET
        times = min(right - left, bottom - top) // around
        if times < least:
            raise PictureError("a link is too long for its code")
        x = (left + right - around * times) // 2
        y = (top + bottom - around * times) // 2
        self.rectangle((x, y, x + around * times, y + around * times), paper)
        x, y = x + _QUIET * times, y + _QUIET * times
        for down, row in enumerate(modules):
            for across, dark in enumerate(row):
                if dark:
                    one, two = x + across * times, y + down * times
                    self.rectangle((one, two, one + times, two + times), ink)

    def png(self) -> bytes:
        """Write it down."""
        self._pixels.putpalette(self._palette())
        file = BytesIO()
        self._pixels.save(file, "PNG")
        return file.getvalue()

    def pdf(self, dots: int, *, grey: bool = False) -> bytes:
        """Write it down as one page, at so many `dots` an inch; it holds no date and no name.

        In `grey` no printer mixes its colours for it.
        """
        palette = self._palette()
        if grey:
            palette = (
                Image.frombytes("RGB", (len(self._colours), 1), palette).convert("L").tobytes()
            )
            palette = bytes(shade for shade in palette for _ in range(3))
        return page(self._pixels.tobytes(), self._pixels.size, palette, dots)

    def _palette(self) -> bytes:
        return bytes(part for colour in self._colours for part in colour)

    def _cut(self, mask: Image.Image, at: tuple[int, int], colour: Colour, beneath: Colour) -> None:
        """Lay a colour; where something else lies than was said, its edge is hard, not of a third colour."""
        size = (at[0] + mask.width, at[1] + mask.height)
        bare = self._number(beneath)
        other = self._pixels.crop((*at, *size)).point([255 * (n != bare) for n in range(256)])
        hard = mask.point([255 * (thick > _HALF) for thick in range(256)])
        self._lay(Image.composite(hard, mask, other), at, colour, beneath)

    def _lay(self, mask: Image.Image, at: tuple[int, int], colour: Colour, beneath: Colour) -> None:
        """Lay a colour over another one, as thick at each point as the mask says."""
        numbers = self._shades(colour, beneath)
        thick = [shade * _STEPS // 255 for shade in range(256)]
        colours = mask.point([numbers[step] for step in thick])
        self._pixels.paste(colours, at, mask.point([255 * bool(step) for step in thick]))

    def _shades(self, colour: Colour, beneath: Colour) -> Sequence[int]:
        """Number the steps from one colour to the other."""
        return [
            self._number(_between(beneath, colour, step / _STEPS)) for step in range(_STEPS + 1)
        ]

    def _number(self, colour: Colour) -> int:
        if colour not in self._colours:
            self._colours.append(colour)
        return self._colours.index(colour)


def _letters(line: str, lines: Lines) -> tuple[int, Image.Image]:
    """Write one line for itself; return how much room is around it, and what was written."""
    face, edge = font(lines.size, bold=lines.bold), lines.size // 2
    # Room on all sides, for letters that reach over their own width.
    mask = Image.new("L", (int(face.getlength(line)) + lines.size, lines.pitch + lines.size), 0)
    ImageDraw.Draw(mask).text((edge, edge + lines.size), line, 255, face, anchor="ls")
    return edge, mask


def _between(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (
        round(from_ + (to - from_) * share) for from_, to in zip(one, other, strict=True)
    )
    return red, green, blue
