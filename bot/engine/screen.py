"""A screen before any language: what it says and what can be chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.language.say import Say

ADDRESS: Final = "t.me/…"
"""Stands for the bot's own address, which only a channel knows and puts in its place."""


@dataclass(frozen=True, slots=True)
class Option:
    """A way on: its id within the screen and its label.

    Where `copies` or `url` is given the tap copies that text or opens that page, and nothing
    comes back to us; typing its number or words shows the screen again. `also` are more words
    that choose it, where the label is too short to hold them.
    """

    id: str
    label: Say
    copies: str = ""
    url: str = ""
    also: Say | None = None


def in_rows(options: Sequence[Option], wide: int) -> tuple[tuple[Option, ...], ...]:
    """Lay options out side by side, so many in a row."""
    return tuple(tuple(options[at : at + wide]) for at in range(0, len(options), wide))


@dataclass(frozen=True, slots=True)
class Screen:
    """Paragraphs of lines from top to bottom, then rows of options.

    `sensitive` asks the channel for silence, protection and a short life; `live` to follow it.
    """

    paragraphs: tuple[tuple[Say, ...], ...]
    rows: tuple[tuple[Option, ...], ...]
    sensitive: bool = False
    live: bool = False

    @property
    def options(self) -> tuple[Option, ...]:
        """Every option in reading order: what a typed number counts through."""
        return tuple(option for row in self.rows for option in row)


@dataclass(frozen=True, slots=True)
class Label:
    """An option as a person reads it, in her language; the other fields as in `Option`."""

    id: str
    text: str
    copies: str = ""
    url: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A screen in one language: HTML text and rows of labels, ready for any channel.

    `place` and `item` say which screen it is; pages are remembered and shared, so a channel may
    hang what it has prepared for a page on the page's identity, unless it is `fleeting`: such a
    page hardly two people see. What it shows changes by itself where it is `live`.
    """

    place: str
    item: str
    text: str
    rows: tuple[tuple[Label, ...], ...]
    sensitive: bool
    fleeting: bool = False
    live: bool = False

    @property
    def labels(self) -> tuple[Label, ...]:
        """Every label in reading order: what a typed number counts through."""
        return tuple(label for row in self.rows for label in row)


@dataclass(frozen=True, slots=True)
class CardPage:
    """A number to keep, in one language: a phone-book card where `e164` is known, else text.

    `name` is neutral on purpose: it may end up in a phone book that somebody else opens.
    """

    place: str
    item: str
    text: str
    name: str
    e164: str
    remove: Label


@dataclass(frozen=True, slots=True)
class VenuePage:
    """A public address on a map, in one language; `lat` and `lon` in degrees."""

    place: str
    item: str
    title: str
    address: str
    lat: float
    lon: float
    remove: Label


@dataclass(frozen=True, slots=True)
class RecordingPage:
    """A sound or a film, in one language: `file` is its name in the folder of media.

    Nothing is written beside it, and players show no title: `is_film` decides how it is sent.
    """

    place: str
    item: str
    file: str
    is_film: bool
    remove: Label


@dataclass(frozen=True, slots=True)
class PicturePage:
    """A picture to share or a sheet to print, in one language, with a caption in HTML.

    `draw` makes it as PNG out of the bot's own address, or "" where that is not known; it equals
    another one that would draw the same. It takes
    long enough to hold up everybody else, so a channel calls it apart and keeps nothing of it.
    `is_pdf` decides how it is sent: then it is a PDF, and a file instead of a photo.
    """

    place: str
    item: str
    file_name: str
    draw: Callable[[str], bytes]
    caption: str
    remove: Label
    is_pdf: bool = False


@dataclass(frozen=True, slots=True)
class NewsPage:
    """A message of a campaign, in one language: HTML text, a button that opens a page, a way to leave.

    `leave` is the label of the button that ends the news; it works for as long as the message stands.
    With a `picture`, which is the id of a file that Telegram keeps, the text stands below it.
    """

    text: str
    button: Label | None
    leave: str
    picture: str = ""
