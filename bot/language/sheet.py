"""A page for a reviewer: the English, the Russian and the translation side by side, to be mended.

It is one file that needs no network. What she decides comes back as another (`bot.language.review`).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from babel.messages.catalog import Catalog

from bot.language.areas import SHARED, area_of, area_of_file
from bot.language.tongues import NAMES

_PAGE: Final = Path(__file__).parent / "sheet.html"
_VERDICTS: Final = {"good": "Good / верно", "doubt": "Doubt / сомнение"}
_WIDTH: Final = 48
"""Letters in a line of the box for a translation, about."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text on the sheet.

    Attributes:
        english: the source.
        translation: how it stands in the catalogue now.
        beside: other versions that help to judge it, such as the Russian one.
    """

    english: str
    translation: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """The texts of one page, in reading order; without a title where texts belong to no page."""

    title: str
    lines: Sequence[Line]


def screens_of(
    area: str,
    english: Catalog,
    pages: Mapping[str, Sequence[tuple[int, str]]],
    lines: Callable[[str], Line],
) -> list[Screen]:
    """Put the texts of an area in the order of its pages, shared ones wherever they stand.

    Args:
        area: one of `bot.language.areas`.
        english: every text with the places where it stands. Texts with plural forms are left to
            the catalogues: a sheet has one box for each text.
        pages: for each file the pages in it, each with the line where it begins.
        lines: how a text is shown.
    """
    shared = area == SHARED
    places = sorted(
        (file, line, message.id)
        for message in english
        if isinstance(message.id, str) and message.id and (area_of(message) == SHARED or not shared)
        for file, line in (message.locations[:1] if shared else message.locations)
        if shared or area_of_file(file) == area
    )
    screens: dict[str, dict[str, Line]] = {}
    for file, line, msgid in places:
        begun = pages.get(file, ())
        title = "" if shared else next((name for at, name in reversed(begun) if at <= line), "")
        screens.setdefault(title, {})[msgid] = lines(msgid)
    return [Screen(title, tuple(found.values())) for title, found in screens.items()]


def sheet(language: str, area: str, screens: Iterable[Screen]) -> str:
    """Lay out the sheet; a text that stands on several screens is asked about once."""
    texts: dict[str, dict[str, str]] = {}
    rows = "\n".join(_rows(screens, texts))
    data = {"language": language, "area": area, "texts": list(texts.values())}
    data["made"] = sha256(json.dumps(data["texts"]).encode()).hexdigest()[:12]
    # `<` would end the script, and JSON may write it otherwise.
    told = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    lang = language.replace("_", "-")
    page = Template(_PAGE.read_text("utf-8"))
    return page.substitute(
        lang=lang, name=NAMES[language], area=escape(area), rows=rows, sheet=told
    )


def _rows(screens: Iterable[Screen], texts: dict[str, dict[str, str]]) -> Iterator[str]:
    for screen in screens:
        if screen.title:
            yield f"<h2>{escape(screen.title)}</h2>"
        for line in screen.lines:
            beside = "".join(f"<small>{escape(one)}</small>" for one in line.beside)
            english = f"<div lang=en>{escape(line.english)}{beside}</div>"
            if line.english in texts:
                yield f'<div class="row again">{english}<div>{escape(line.translation)}</div></div>'
                continue
            at = len(texts)
            texts[line.english] = {"english": line.english, "text": line.translation}
            yield f'<div class="row" data-at="{at}">{english}{_box(line)}{_verdict(at)}</div>'


def _box(line: Line) -> str:
    high = max(1, -(-len(line.translation) // _WIDTH))
    return f'<div><textarea rows="{high}">{escape(line.translation)}</textarea></div>'


def _verdict(at: int) -> str:
    radios = "".join(
        f'<label><input type="radio" name="v{at}" value="{value}" style="width:auto"> {said}</label>'
        for value, said in _VERDICTS.items()
    )
    return f'<div>{radios}<input type="text" placeholder="Note / заметка"></div>'
