"""What the bot says, in every language: catalogues merged once, then one look-up a text.

A translation that is missing, stale (fuzzy) or has lost a placeholder is never shown; the next
language of the chain stands in, and the gap is listed openly.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from html import escape
from pathlib import Path
from typing import Self

from bot.building import at_once
from bot.errors import CatalogueError
from bot.language import exceptions, formats
from bot.language.entries import entries
from bot.language.marks import PLACEHOLDER, placeholders
from bot.language.names import name_for
from bot.language.plurals import form_count, plural_form
from bot.language.say import Names, Say, Value, Verbatim
from bot.language.tongues import CHAIN, LANGUAGES, TRANSLATED
from bot.language.uzbek import Spelling


@dataclass(slots=True)
class _Shelf:
    """One language's own translations, sorted into usable and not."""

    texts: dict[str, str] = field(default_factory=dict)
    plurals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


class Catalogues:
    """All languages, ready to speak; never changed after loading.

    Without shelves every language speaks English, the source.
    """

    def __init__(
        self, shelves: Mapping[str, _Shelf] | None = None, spelling: Spelling | None = None
    ) -> None:
        """Merge each language with what stands in for it."""
        self._spelling = spelling or Spelling(exceptions.Exceptions())
        self._shelves = {
            language: (shelves or {}).get(language, _Shelf()) for language in LANGUAGES
        }
        self._texts: dict[str, dict[str, str]] = {}
        self._plurals: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {}
        for language in LANGUAGES:
            texts = self._texts[language] = {}
            plurals = self._plurals[language] = {}
            for tongue in (*reversed(CHAIN[language]), language):
                shelf = self._shelves[tongue]
                texts.update(shelf.texts)
                plurals.update({one: (tongue, forms) for one, forms in shelf.plurals.items()})

    @classmethod
    @at_once()
    def load(cls, folder: Path) -> Self:
        """Read `locales/`: catalogues for each language, Uzbek Cyrillic made from Uzbek Latin.

        Raises:
            CatalogueError: a file is missing or broken; the text begins with `file:line:col`.
        """
        spelling = Spelling.load(folder / exceptions.FILE)
        shelves = {language: _sorted_shelf(folder, language) for language in TRANSLATED}
        shelves["uz_Cyrl"] = _respelled(shelves["uz"], spelling)
        return cls(shelves, spelling)

    def text(self, language: str, msgid: str) -> str:
        """Translate a text, its placeholders unfilled; English that nobody knows stays as it is."""
        return self._texts[language].get(msgid, msgid)

    def has(self, language: str, msgid: str) -> bool:
        """Tell whether a text stands in this very language, so that no other one stands in."""
        return language == "en" or msgid in self._shelves[language].texts

    def say(self, language: str, say: Say) -> str:
        """Translate a text and fill its placeholders, ready for HTML.

        A `str` is escaped and otherwise left alone, a `Say` is translated, of `Names` the reader's
        is taken, `Verbatim` stays as it is, an `int` is written
        as a number, a `date` as dd.MM.yyyy, a `time` as HH:mm, a tuple as a list with "and".
        A placeholder without a value stays visible.
        """
        text = self.text(language, say.text)
        if not say.values:
            return text

        def fill(found: re.Match[str]) -> str:
            name = found[1]
            return self._shown(language, say.values[name]) if name in say.values else found[0]

        return PLACEHOLDER.sub(fill, text)

    def plural(self, language: str, singular: str, plural: str, n: int) -> str:
        """Translate a text that depends on a number, which fills the placeholder `{n}`."""
        tongue, forms = self._plurals[language].get(singular, ("en", (singular, plural)))
        return forms[plural_form(tongue, n)].replace("{n}", formats.number(language, n))

    def stale(self, language: str) -> tuple[str, ...]:
        """List the texts whose English has changed since they were translated."""
        return tuple(self._shelves[language].stale)

    def missing(self, language: str) -> tuple[str, ...]:
        """List the texts that stand in the catalogue without a translation."""
        return tuple(self._shelves[language].missing)

    def broken(self, language: str) -> tuple[str, ...]:
        """List the texts whose translation has other placeholders than the English.

        For Uzbek Cyrillic, also those that cannot be made from Latin without harm.
        """
        return tuple(self._shelves[language].broken)

    def _shown(self, language: str, value: Value) -> str:
        match value:
            case Say():
                return self.say(language, value)
            case Verbatim():
                return value.html
            case Names():
                return escape(name_for(language, value.spelt, self._spelling), quote=False)
            case str():
                return escape(value, quote=False)
            case int():
                return formats.number(language, value)
            case date():
                return formats.short_date(value)
            case time():
                return formats.clock(value)
            case tuple():
                return formats.and_list(language, [self._shown(language, one) for one in value])


def _sorted_shelf(folder: Path, language: str) -> _Shelf:
    shelf = _Shelf()
    for ids, forms, fuzzy in entries(folder, language):
        singular = ids[0]
        if not all(forms):
            shelf.missing.append(singular)
        elif fuzzy:
            shelf.stale.append(singular)
        elif not _same_slots(ids, forms):
            shelf.broken.append(singular)
        elif len(ids) == 1:
            shelf.texts[singular] = forms[0]
        elif len(forms) == form_count(language):
            shelf.plurals[singular] = forms
        else:
            shelf.broken.append(singular)
    return shelf


def _same_slots(ids: tuple[str, ...], forms: tuple[str, ...]) -> bool:
    wanted = frozenset[str]().union(*map(placeholders, ids))
    return all(placeholders(form) == wanted for form in forms)


def _respelled(latin: _Shelf, spelling: Spelling) -> _Shelf:
    """Make the Cyrillic shelf; a text that cannot be respelled safely falls back like a gap."""
    shelf = _Shelf(stale=latin.stale, missing=latin.missing, broken=list(latin.broken))
    for msgid, text in latin.texts.items():
        try:
            shelf.texts[msgid] = spelling.to_cyrillic(text)
        except CatalogueError:
            shelf.broken.append(msgid)
    for msgid, forms in latin.plurals.items():
        try:
            shelf.plurals[msgid] = tuple(map(spelling.to_cyrillic, forms))
        except CatalogueError:
            shelf.broken.append(msgid)
    return shelf
