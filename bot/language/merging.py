"""What a language has, put in step with what there is to say; nothing a translator wrote is lost."""

from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from rapidfuzz import fuzz, process

from bot.language import pofile
from bot.language.areas import SHARED, by_area

_ALIKE: Final = 60
"""Likeness, of 100, from which a vanished text counts as an earlier form of a new one."""


def merge(locales: Path, language: str, template: Catalog) -> dict[str, tuple[str, Catalog]]:
    """Give header and entries of every file of a language, in step with the template.

    Raises:
        CatalogueError: an existing catalogue is broken.
    """
    paths = sorted(pofile.po_path(locales, language, "").parent.glob("*.po"))
    headers = {path.stem: pofile.header(path) for path in paths}
    files = {area: pofile.read(locales, language, area) for area in headers}
    unused = [(area, message) for area, file in files.items() for message in file.obsolete.values()]
    used = [(area, message) for area, file in files.items() for message in file if message.id]
    stood = {pofile.ids(message): area for area, message in (*unused, *used)}
    known = Catalog(locale=language)
    for _, message in (*unused, *used):
        known[message.id] = message
    _bring_in_step(known, template)
    files = {area: Catalog(locale=language) for area in headers} | by_area(known)
    for msgid, message in known.obsolete.items():
        area = stood[pofile.ids(message)]
        home = area if files[area] else SHARED
        files.setdefault(home, Catalog(locale=language)).obsolete[msgid] = message
    fresh = pofile.new_header(language)
    return {area: (headers.get(area, fresh), entries) for area, entries in files.items()}


def _bring_in_step(known: Catalog, template: Catalog) -> None:
    earlier = {pofile.ids(message)[0]: message.previous_id for message in known}
    # Babel would compare each new text with all old ones, those still in use among them.
    known.update(deepcopy(template), no_fuzzy_matching=True, update_creation_date=False)
    _take_over(known, [one for one in known if one.id and not any(pofile.forms(one))])
    for message in known:
        if message.fuzzy and not message.previous_id:
            message.previous_id = earlier.get(pofile.ids(message)[0], [])
        if message.fuzzy:
            # Whoever read it read something else: it starts as a draft again.
            kept = [one for one in message.user_comments if not one.startswith("review:")]
            message.user_comments = kept
        if message.id and not pofile.review_line(message):
            message.user_comments.append(f"review: {pofile.REVIEWS[0]}")


def _take_over(known: Catalog, fresh: Iterable[Message]) -> None:
    """Give a new text the translation of the vanished one it is most like, as stale."""
    vanished = {
        pofile.ids(message)[0]: msgid
        for msgid, message in known.obsolete.items()
        if all(pofile.forms(message))
    }
    for message in fresh:
        found = process.extractOne(
            pofile.ids(message)[0], vanished.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE
        )
        old = known.obsolete[vanished[found[0]]] if found else None
        if old and old.pluralizable == message.pluralizable:
            message.string, message.previous_id = old.string, list(pofile.ids(old))
            message.user_comments = list(old.user_comments)
            message.flags.add("fuzzy")
            del known.obsolete[vanished.pop(pofile.ids(old)[0])]
