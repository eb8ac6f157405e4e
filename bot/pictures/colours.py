"""The colours of all drawings: calm, and told apart by who sees colours weakly."""

from typing import Final

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

WHITE: Final[Colour] = (255, 255, 255)
BLACK: Final[Colour] = (0, 0, 0)
PAPER: Final[Colour] = (250, 247, 241)
PANEL: Final[Colour] = (226, 237, 234)
INK: Final[Colour] = (31, 52, 66)
MUTED: Final[Colour] = (76, 94, 104)
TEAL: Final[Colour] = (20, 104, 102)
PALE: Final[Colour] = (201, 217, 213)
BARK: Final[Colour] = (122, 96, 76)
GROUND: Final[Colour] = (190, 205, 183)
GREY: Final[Colour] = (96, 96, 96)
LIGHT: Final[Colour] = (238, 238, 238)

RIBBONS: Final[dict[str, Colour]] = {
    "red": (192, 57, 72),
    "orange": (201, 106, 28),
    "yellow": (173, 128, 10),
    "green": (62, 131, 75),
    "blue": (44, 104, 168),
    "violet": (124, 79, 156),
}
"""What a ribbon can be; each stands out from the paper by 3 to 1 at least (WCAG 1.4.11)."""


def contrast(one: Colour, other: Colour) -> float:
    """Compute the contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
