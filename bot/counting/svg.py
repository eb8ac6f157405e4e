"""A page of a report as SVG: words, and what is drawn between them.

Written by hand: a plotting library would bring a hundred times the code for a page of circles,
bars and squares.
"""

from collections.abc import Iterable, Iterator
from html import escape

_WRAP = 135
"""Letters that fit a line of notes."""


def page(title: str, width: float, height: float, body: Iterable[str]) -> str:
    """Put a white page around what is drawn; `title` is read out to who cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" role="img">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{width}" height="{height}" fill="#fff"/>' + "\n".join(body) + "</svg>\n"
    )


def written(
    x: float,
    y: float,
    words: str,
    size: int,
    weight: str = "normal",
    *,
    shade: str = "#000",
    anchor: str = "start",
) -> str:
    """Write words on the page."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" '
        f'fill="{shade}" text-anchor="{anchor}">{escape(words)}</text>'
    )


def footed(x: float, y: float, notes: Iterable[str]) -> tuple[list[str], float]:
    """Write notes below `y`; return them, and where the page ends."""
    body = []
    for line in (line for note in notes for line in _wrapped(note)):
        y += 14
        body.append(written(x, y, line, 10, shade="#333"))
    return body, y + 30


def _wrapped(sentence: str) -> Iterator[str]:
    """Break a sentence of the notes into lines."""
    line = ""
    for word in sentence.split():
        if len(line) + len(word) > _WRAP:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line
