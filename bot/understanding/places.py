"""Which place somebody names, in whatever letters, words and endings."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from bot.content.model import Gazetteer
from bot.understanding.called import called, nearly_called
from bot.understanding.names import LOOSE, Match, Names
from bot.understanding.said import Said
from bot.understanding.spelling import readings
from bot.understanding.units import Unit
from bot.understanding.verdict import NOTHING, Found, Hit, ask, decide, inside_others, settle

__all__ = ["Found", "PlaceBook"]

_WINDOW: Final = 3
"""Words of the longest name looked for among other words."""
_LEAST_LOOSE: Final = 5
_LEAST_LOOSE_INSIDE: Final = 6
"""Letters of a name that may be spelt loosely, as an answer and among other words."""
_MOST_BESIDE: Final = 2
"""Words beside a loosely spelt name that may be names too; more of them tell a story."""

_LONGEST_NAME: Final = 40
"""Letters of the longest name with a word for what it is."""


class PlaceBook:
    """Finds places by what people type; made once and asked often. It remembers no text."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Take the places; their names are indexed when they are first needed (0.1 s)."""
        self._gazetteer = gazetteer

    def prepare(self) -> None:
        """Index every name now, so that nobody waits for it."""
        _ = self._names

    @cached_property
    def _names(self) -> Names:
        return Names(self._gazetteer)

    def find(self, text: str, country: str | None = None) -> Found:
        """Find the place that `text` names, or nearly names, among other words too.

        With a `country` only places of that country are found. A text of more than 80 letters or
        8 words names nothing, and what may be a reply (жақсы) is never sure to be a place. Any text
        may be asked about.
        """
        heard = _heard(text)
        for said in heard:
            if hits := self._hits(said, country):
                found = settle([*hits, *self._beside(said, hits, country)])
                if _is_torn(said, hits):
                    return ask(self._nearly(said, country), found)
                return ask(found) if said.is_reply else found
        each = (self._nearly(said, country) for said in heard)
        return next((found for found in each if found.places), NOTHING)

    def named(self, text: str, country: str | None = None) -> Found:
        """Find the place if `text` names one without a slip and says nothing else.

        A word that is an ordinary one as well (кеңеш, победа) names nothing here by itself, and a
        text longer than any name says something else.
        """
        if len(text) > _LONGEST_NAME:
            return NOTHING
        each = (self._only(said, country) for said in _heard(text))
        return next((found for found in each if found.places), NOTHING)

    def _only(self, said: Said, country: str | None) -> Found:
        hits = [
            hit._replace(matches=close)
            for hit in self._named(said, country)
            if (close := [one for one in hit.matches if one.tier < LOOSE])
            and (hit.unit or not said.is_double(range(*said.span)))
        ]
        covered = {at for hit in hits for at in range(hit.start, hit.end)}
        if not hits or not said.names_only or not covered.issuperset(said.content):
            return NOTHING
        return settle(hits)

    def _named(self, said: Said, country: str | None) -> list[Hit]:
        whole = self._whole(said, country)
        return [whole] if whole else []

    def _hits(self, said: Said, country: str | None) -> list[Hit]:
        whole = self._whole(said, country)
        return [whole] if whole else self._inside(said, country)

    def _whole(self, said: Said, country: str | None) -> Hit | None:
        """Take the text for a name: all of it, and without what is only said around a name."""
        matches: dict[tuple[str, Unit | None], Match] = {}
        for words in said.wholes:
            for one in called(self._names, words, country, loose=_LEAST_LOOSE):
                matches.setdefault((one.place.id, one.unit), one)
        unit = said.unit if said.content else None
        everything = range(len(said.words))
        return _hit([*matches.values()], unit, said, everything) if matches else None

    def _inside(self, said: Said, country: str | None) -> list[Hit]:
        """Find names among other words, the longest first; none of them with a slip."""
        spans: dict[int, tuple[int, list[Match]]] = {}
        free = set(range(len(said.words)))
        for size in range(min(_WINDOW, len(said.words)), 0, -1):
            for start in range(len(said.words) - size + 1):
                here = range(start, start + size)
                if not free.issuperset(here) or not said.may_name(here) or said.is_hidden(here):
                    continue
                words = said.words[start : here.stop]
                found = called(self._names, words, country, loose=_LEAST_LOOSE_INSIDE)
                if len(said.content) - size > _MOST_BESIDE:
                    found = [one for one in found if one.tier < LOOSE]
                if found:
                    spans[start] = (here.stop, found)
                    free.difference_update(here)
        taken: set[int] = set()
        return [
            _hit(found, said.unit_beside(here, taken), said, here)
            for start, (end, found) in sorted(spans.items())
            if (here := range(start, end))
        ]

    def _nearly(self, said: Said, country: str | None) -> Found:
        """Find a name with a slip or two, where nothing else is said."""
        here = range(*said.span)
        if all(said.units):  # a name with a slip may look like a word for a kind: Шарра
            here = range(len(said.words))
        elif len(said.content) != len(here):
            return NOTHING
        matches = self._like(said, here, country)
        return decide(_hit(matches, said.unit, said, here))

    def _beside(self, said: Said, hits: Sequence[Hit], country: str | None) -> list[Hit]:
        """Find a name with a slip or two in an area that was named without one."""
        named = {at for hit in hits for at in range(hit.start, hit.end)}
        left = [at for at in said.content if at not in named]
        here = range(left[0], left[-1] + 1) if left else range(0)
        if len(left) != len(here):
            return []
        hit = _hit(self._like(said, here, country), None, said, here)
        inside = inside_others(hit, hits)
        return [hit._replace(matches=inside)] if inside else []

    def _like(self, said: Said, here: range, country: str | None) -> list[Match]:
        if not here or len(here) > _WINDOW or said.is_double(here) or not said.names_only:
            return []
        return nearly_called(self._names, said.words[here.start : here.stop], country)


def _hit(matches: list[Match], unit: Unit | None, said: Said, here: range) -> Hit:
    letters = sum(len(word.plain) for word in said.words[here.start : here.stop])
    return Hit(matches, unit, here.start, here.stop, letters)


def _is_torn(said: Said, hits: Sequence[Hit]) -> bool:
    named = {at for hit in hits for at in range(hit.start, hit.end)}
    return any(said.is_torn(range(hit.start, hit.end), named) for hit in hits)


def _heard(text: str) -> list[Said]:
    """Read a text as it stands; a short one about a place only, also as it may be meant."""
    first, *others = readings(text)
    said = Said.of(first)
    short = said.names_only and len(said.content) <= _WINDOW
    return [said, *map(Said.of, others if short else ())]
