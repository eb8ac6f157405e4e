"""The work of translators: collect the texts, bring the catalogues in step, see how far it is.

Each entry carries how far it was reviewed in a comment line, `# review: drafted`, `native`
(a native reader agreed) or `expert` (somebody who works with survivors agreed).
"""

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog

from bot.language import pofile
from bot.language.proof import check
from bot.language.sources import extract
from bot.language.tongues import TRANSLATED

__all__ = ["Row", "check", "extract", "report", "update"]


@dataclass(frozen=True, slots=True)
class Row:
    """How far a language is, in numbers of texts; the last three count translated ones only."""

    language: str
    translated: int
    stale: int
    missing: int
    drafted: int
    native: int
    expert: int


def update(locales: Path, catalog: Catalog) -> None:
    """Write the template and bring every catalogue in step with it.

    Translations, comments and headers are kept. A text whose English changed a little keeps
    its translation as stale, with the earlier English beside it; what is no longer used moves
    to the end of the file and comes back if the text does. A second run changes nothing.

    Raises:
        CatalogueError: an existing catalogue is broken; nothing has been written then.
    """
    merged = {language: _merged(locales, language, catalog) for language in TRANSLATED}
    pofile.write(locales / pofile.TEMPLATE, pofile.new_header("en"), catalog)
    for language, (header, entries) in merged.items():
        pofile.write(pofile.po_path(locales, language), header, entries)


def report(locales: Path) -> tuple[Row, ...]:
    """Count, for each language with a catalogue, what is translated and how far reviewed.

    Raises:
        CatalogueError: a catalogue is missing or broken.
    """
    return tuple(_row(language, pofile.read(locales, language)) for language in TRANSLATED)


def _merged(locales: Path, language: str, template: Catalog) -> tuple[str, Catalog]:
    path = pofile.po_path(locales, language)
    if not path.exists():
        header, known = pofile.new_header(language), Catalog(locale=language)
    else:
        known = pofile.read(locales, language)
        header = path.read_text("utf-8").partition("\n\n")[0]
    for message in known.obsolete.values():
        known[message.id] = message
    known.obsolete.clear()
    earlier = {pofile.ids(message)[0]: message.previous_id for message in known}
    known.update(deepcopy(template), update_creation_date=False)
    for message in known:
        if message.fuzzy and not message.previous_id:
            message.previous_id = earlier.get(pofile.ids(message)[0], [])
        if message.fuzzy:
            # Whoever read it read something else: it starts as a draft again.
            kept = [one for one in message.user_comments if not one.startswith("review:")]
            message.user_comments = kept
        if message.id and not pofile.review_line(message):
            message.user_comments.append(f"review: {pofile.REVIEWS[0]}")
    return header, known


def _row(language: str, catalog: Catalog) -> Row:
    counts = dict.fromkeys(("translated", "stale", "missing", *pofile.REVIEWS), 0)
    for message in catalog:
        if not message.id:
            continue
        if not all(pofile.forms(message)):
            counts["missing"] += 1
        elif message.fuzzy:
            counts["stale"] += 1
        else:
            counts["translated"] += 1
            counts[pofile.review(message)] += 1
    return Row(language, **counts)
