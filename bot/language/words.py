"""The work of translators: collect the texts, bring the catalogues in step, see how far it is.

Each entry carries how far it was reviewed in a comment line, `# review: drafted`, `native`
(a native reader agreed) or `expert` (somebody who works with survivors agreed).
"""

from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog

from bot.language import pofile
from bot.language.areas import by_area
from bot.language.merging import merge
from bot.language.proof import check
from bot.language.sources import extract
from bot.language.tongues import TRANSLATED

__all__ = ["Row", "check", "extract", "report", "update"]


@dataclass(frozen=True, slots=True)
class Row:
    """How far a language is in an area, in numbers of texts; the last three count sound ones.

    `words` counts those of the translations, not of the English.
    """

    area: str
    language: str
    words: int
    stale: int
    missing: int
    drafted: int
    native: int
    expert: int


def update(locales: Path, catalog: Catalog) -> None:
    """Write the templates and bring every catalogue in step with them.

    Translations, comments and headers are kept, also when a text moves to another area. A text
    whose English changed a little keeps its translation as stale, with the earlier English beside
    it; what is no longer used moves to the end of its file and comes back if the text does. A
    second run changes nothing.

    Raises:
        CatalogueError: an existing catalogue is broken; nothing has been written then.
    """
    merged = {language: merge(locales, language, catalog) for language in TRANSLATED}
    templates = by_area(catalog)
    for area, texts in templates.items():
        pofile.write(pofile.pot_path(locales, area), pofile.new_header("en"), texts)
    for path in set(locales.glob("*.pot")) - {pofile.pot_path(locales, area) for area in templates}:
        path.unlink()
    for language, files in merged.items():
        for area, (header, entries) in files.items():
            path = pofile.po_path(locales, language, area)
            if entries or entries.obsolete:
                pofile.write(path, header, entries)
            else:
                path.unlink(missing_ok=True)


def report(locales: Path) -> tuple[Row, ...]:
    """Count, for each area and language, what is translated and how far reviewed.

    Raises:
        CatalogueError: a catalogue is missing or broken.
    """
    rows = [
        _row(area, language, entries)
        for language in TRANSLATED
        for area, entries in pofile.read_all(locales, language).items()
    ]
    return tuple(sorted(rows, key=lambda row: row.area))


def _row(area: str, language: str, catalog: Catalog) -> Row:
    counts = dict.fromkeys(("words", "stale", "missing", *pofile.REVIEWS), 0)
    for message in catalog:
        if not message.id:
            continue
        if not all(pofile.forms(message)):
            counts["missing"] += 1
        elif message.fuzzy:
            counts["stale"] += 1
        else:
            counts["words"] += len(pofile.forms(message)[0].split())
            counts[pofile.review(message)] += 1
    return Row(area, language, **counts)
