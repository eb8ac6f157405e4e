"""The texts of catalogues as they are needed to speak: read at every start, so read quickly.

`bot.language.pofile` reads everything that a catalogue may hold, and says what is wrong with it.
Here a file is taken in one stride as long as all in it stands as `pofile.write` writes it, which
takes a tenth of the time; any other file is read there.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from babel.messages.pofile import unescape

from bot.language import pofile
from bot.language.plurals import form_count

_LINE: Final = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
_TEXT: Final = rf"{_LINE}(?:\n{_LINE})*"
_FUZZY: Final = "#, fuzzy\n"
_NOTES: Final = rf"(?:#(?:[:|]? [^\n]*)?\n|{_FUZZY})*"
_ENTRY: Final = re.compile(
    rf"({_NOTES})msgid ({_TEXT})\n"
    rf"(?:msgstr ({_TEXT})|msgid_plural ({_TEXT})((?:\nmsgstr\[\d\] {_TEXT})+))\n?"
)
_FORM: Final = re.compile(rf"\nmsgstr\[(\d)\] ({_TEXT})")
_OLD_TEXT: Final = rf"{_LINE}(?:\n#~ {_LINE})*"
_OLD: Final = re.compile(rf"{_NOTES}#~ msgid {_OLD_TEXT}\n#~ msgstr {_OLD_TEXT}\n?")
_HEAD: Final = 'msgid ""\n'
_HEAD_NOTES: Final = re.compile(r"(?:# [^\n]*\n)*")


class Entry(NamedTuple):
    """An entry of a catalogue.

    Attributes:
        ids: the English: the text, or singular and plural.
        forms: the translation: one text, or as many as there are forms; empty where it is missing.
        fuzzy: whether the English has changed since.
    """

    ids: tuple[str, ...]
    forms: tuple[str, ...]
    fuzzy: bool


def entries(folder: Path, language: str) -> Iterator[Entry]:
    """Yield the entries of every catalogue of a language in `locales/`.

    Raises:
        CatalogueError: there is none, or one is broken; the text begins with `file:line:col`.
    """
    for area in pofile.areas(folder, language):
        found = usual(pofile.po_path(folder, language, area), language)
        yield from _any(folder, language, area) if found is None else found


def usual(path: Path, language: str) -> list[Entry] | None:
    """Read a catalogue that stands as `pofile.write` writes it; None if a line is otherwise."""
    try:
        header, *blocks = path.read_bytes().decode("utf-8").split("\n\n")
    except (OSError, UnicodeDecodeError):
        return None
    notes, _, fields = header.rstrip("\n").partition(_HEAD)
    if not _HEAD_NOTES.fullmatch(notes) or fields != _fields(language):
        return None
    found = []
    for block in blocks:
        if parts := _ENTRY.fullmatch(block):
            found.append(_entry(*parts.groups("")))
        elif not _OLD.fullmatch(block):
            return None
    firsts, count = {entry.ids[0] for entry in found}, form_count(language)
    if len(firsts) < len(found) or "" in firsts:
        return None
    if any(len(entry.forms) != count for entry in found if len(entry.ids) > 1):
        return None
    return found


def _any(folder: Path, language: str, area: str) -> Iterator[Entry]:
    for message in pofile.read(folder, language, area):
        if message.id:
            yield Entry(pofile.ids(message), pofile.forms(message), message.fuzzy)


def _fields(language: str) -> str:
    return pofile.new_header(language).rstrip("\n").partition(_HEAD)[2]


def _entry(notes: str, singular: str, text: str, plural: str, numbered: str) -> Entry:
    fuzzy = _FUZZY in notes
    if text:
        return Entry((_plain(singular),), (_plain(text),), fuzzy)
    forms = _FORM.findall(numbered)
    counted = [number for number, _ in forms] == [*map(str, range(len(forms)))]
    texts = tuple([_plain(form) for _, form in forms]) if counted else ()
    return Entry((_plain(singular), _plain(plural)), texts, fuzzy)


def _plain(lines: str) -> str:
    return unescape(lines.replace('"\n"', ""))
