"""Whether the catalogues are in step with the English and fit to be shown to a person."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from bot.content.problem import Problem
from bot.language import exceptions, pofile
from bot.language.areas import by_area
from bot.language.letters import strangers
from bot.language.marks import numbers, placeholders, tags, well_nested
from bot.language.plurals import PLURAL_FORMS, form_count
from bot.language.punctuation import slips
from bot.language.tongues import TRANSLATED
from bot.language.uzbek import Spelling

_UPDATE = "run `tirek words update`"
_LONGEST = 60
_Fault = tuple[str, str]


def check(locales: Path, catalog: Catalog) -> list[Problem]:
    """Compare every catalogue with the English texts; report every fault at once, in order.

    Raises:
        CatalogueError: a catalogue or the list of exceptions is missing or broken.
    """
    spelling = Spelling.load(locales / exceptions.FILE)
    divided = by_area(catalog)
    problems: list[Problem] = []
    for language in TRANSLATED:
        there = pofile.areas(locales, language)
        for area in sorted(divided.keys() | there):
            name = pofile.shown(locales, pofile.po_path(locales, language, area))
            if area not in there:
                problems.append(Problem(name, 0, 0, "is missing", _UPDATE))
                continue
            entries, wanted = pofile.read(locales, language, area), divided.get(area, Catalog())
            problems += [
                Problem(name, line, 1, what, hint)
                for line, (what, hint) in _faults(language, entries, wanted, spelling)
            ]
    return sorted(problems)


def _faults(
    language: str, entries: Catalog, template: Catalog, spelling: Spelling
) -> Iterator[tuple[int, _Fault]]:
    declared = dict(entries.mime_headers).get("Plural-Forms", "")
    if declared != PLURAL_FORMS[language]:
        yield 1, ("the Plural-Forms are not those of the language", PLURAL_FORMS[language])
    wanted = {pofile.ids(message) for message in template if message.id}
    found = {pofile.ids(message): message for message in entries if message.id}
    for ids in wanted - found.keys():
        yield 1, (f"no entry for {_quoted(ids[0])}", _UPDATE)
    for ids, message in found.items():
        faults = (
            _entry_faults(language, message, spelling)
            if ids in wanted
            else iter([(f"no longer in the source: {_quoted(ids[0])}", _UPDATE)])
        )
        for fault in faults:
            yield message.lineno or 1, fault


def _entry_faults(language: str, message: Message, spelling: Spelling) -> Iterator[_Fault]:
    ids, forms = pofile.ids(message), pofile.forms(message)
    state = pofile.review_line(message)
    if state and state not in pofile.REVIEWS:
        yield f'unknown review state "{state}"', "write drafted, native or expert"
    if not all(forms):
        yield f"not translated: {_quoted(ids[0])}", ""
    elif message.fuzzy:
        before = f"it was {_quoted(message.previous_id[0])}; " if message.previous_id else ""
        hint = f'{before}mend the translation, then remove the line "#, fuzzy"'
        yield f"stale, the English is now {_quoted(ids[0])}", hint
    else:
        if len(ids) > 1 and len(forms) != form_count(language):
            yield f"{len(forms)} plural forms", f"{language} has {form_count(language)}"
        for number, form in enumerate(forms):
            where = f" in form {number}" if len(ids) > 1 else ""
            for what, hint in text_faults(language, ids, form, spelling):
                yield what + where, hint


def text_faults(
    language: str, ids: tuple[str, ...], text: str, spelling: Spelling
) -> Iterator[_Fault]:
    """Yield what is wrong with a translation of an English text, or of its plural forms."""
    english = ids[-1]
    slots = frozenset[str]().union(*map(placeholders, ids))
    for slot in sorted(slots - placeholders(text)):
        yield f"{{{slot}}} is missing", f"the English is {_quoted(english)}"
    for slot in sorted(placeholders(text) - slots):
        yield f"{{{slot}}} is not in the English", f"the English is {_quoted(english)}"
    if tags(text) != tags(english):
        expected = " ".join(tags(english)) or "no markup"
        yield "the markup differs from the English", f"expected: {expected}"
    elif not well_nested(text):
        yield "the markup is not closed in turn", "close last what was opened first"
    for number in sorted(numbers(english) - numbers(text), key=int):
        yield f"the number {number} is missing", f"the English is {_quoted(english)}"
    yield from slips(english, text)
    yield from strangers(language, english, text, spelling)


def _quoted(text: str) -> str:
    """Quote a text on one line, shortened."""
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= _LONGEST else f'"{line[: _LONGEST - 1]}…"'
