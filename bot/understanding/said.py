"""What somebody typed, word by word: which words may name a place, and what the others do."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from bot.understanding.endings import inflected, is_local
from bot.understanding.smallwords import ENGLISH, ROLES, Role, sounded
from bot.understanding.spelling import SHORT, Word, read_words
from bot.understanding.units import Unit, unit_of

_LONGEST: Final = 80
_MOST_WORDS: Final = 8
"""A longer text tells a story; it does not answer where somebody is."""
_INFLECTED: Final = 5
"""Letters of a word that is known under an ending too: Россияда."""


@dataclass(frozen=True)
class Said:
    """A text that may name a place, read once.

    Attributes:
        words: its words in order; none of a text of more than 80 letters or 8 words.
        units: for each word, the kind of place it means, if it does.
        roles: for each word, what it does beside a name; None for a word that may be a name.
    """

    words: tuple[Word, ...]
    units: tuple[Unit | None, ...]
    roles: tuple[Role | None, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a text; it is not kept."""
        words = read_words(text) if len(text) <= _LONGEST else ()
        if len(words) > _MOST_WORDS or ROLES.get(_sound(words)) in ("other", "abroad"):
            words = ()
        units = tuple(None if word.glued else unit_of(word.skeleton) for word in words)
        named = any(units)
        roles = [_role(word, named=named) for word in words]
        return cls(words, units, tuple(_on_streets(roles)))

    @cached_property
    def content(self) -> tuple[int, ...]:
        """The words that may be a name or a part of one."""
        return tuple(
            at
            for at, (unit, role) in enumerate(zip(self.units, self.roles, strict=True))
            if unit is None and role in (None, "double", "reply")
        )

    @cached_property
    def span(self) -> tuple[int, int]:
        """From the first word that may be a name up to behind the last."""
        return (self.content[0], self.content[-1] + 1) if self.content else (0, 0)

    @cached_property
    def unit(self) -> Unit | None:
        """The first kind of place that is said."""
        return next((unit for unit in self.units if unit), None)

    @cached_property
    def names_only(self) -> bool:
        """Tell whether nothing is said but where: no word is about something else."""
        return not {"other", "abroad"}.intersection(self.roles)

    @cached_property
    def wholes(self) -> tuple[tuple[Word, ...], ...]:
        """What the whole text may name: all words, those that mean no kind, those of a name."""
        everything = range(len(self.words))
        unkind = [at for at in everything if not self.units[at]]
        tries = [everything, unkind]
        start, end = self.span
        if self.names_only and len(self.content) == end - start:
            tries.append(range(start, end))
        return tuple(
            dict.fromkeys(
                tuple(self.words[at] for at in each) for each in tries if self.may_name(each)
            )
        )

    def may_name(self, here: Sequence[int]) -> bool:
        """Tell whether these words together may be a name: "Алма Ата", but not "в Оше" (Vose)."""
        if not here or self.roles[here[0]] in ("before", "country"):
            return False
        return not set(here).isdisjoint(self.content) or all(self.units[at] for at in here)

    def is_double(self, here: range) -> bool:
        """Tell whether these words are one that is an ordinary word as well."""
        return len(here) == 1 and self.roles[here.start] in ("double", "reply")

    def is_hidden(self, here: range) -> bool:
        """Tell whether such a word stands among others without a sign that a place is meant."""
        led = here.start > 0 and self.roles[here.start - 1] == "before"
        return self.is_double(here) and not led and not self.unit_beside(here, set())

    @cached_property
    def is_reply(self) -> bool:
        """Tell whether all that is said is a word that answers other questions too: "жақсы"."""
        return len(self.content) == 1 and self.roles[self.content[0]] == "reply" and not self.unit

    def is_torn(self, here: range, named: Container[int]) -> bool:
        """Tell whether a hyphen ties these words to one that names nothing: Сопу-Коргон."""
        edges = ((here.start - 1, here.start), (here.stop, here.stop - 1))
        return any(
            self.words[out].glued
            and self.words[edge].glued
            and not unit_of(self.words[out].skeleton)
            for out, edge in edges
            if out in self.content and out not in named
        )

    def unit_beside(self, here: range, taken: set[int]) -> Unit | None:
        """Take the kind of place that is said right before or right after these words."""
        for at in (here.start - 1, here.stop):
            if 0 <= at < len(self.units) and at not in taken and (unit := self.units[at]):
                taken.add(at)
                return unit
        return None


def _on_streets(roles: Sequence[Role | None]) -> Iterator[Role | None]:
    """Take the name of a street for no place: улица Ленина, Абай көшесі."""
    around = (None, *roles, None)
    for last, role, following in zip(around[:-2], roles, around[2:], strict=True):
        is_name = role in (None, "double", "reply") and (
            last == "street" or following == "of_street"
        )
        yield "other" if is_name else role


def _sound(words: tuple[Word, ...]) -> str:
    return "".join(sounded(word.plain) for word in words)


def _role(word: Word, *, named: bool) -> Role | None:
    """Tell what a word does; beside a word for a kind of place, Москва is a village."""
    if not word.glued and (len(word.skeleton) < 2 or word.skeleton.isdecimal()):  # noqa: PLR2004 one letter
        return "around"
    sound = sounded(word.plain)
    role: Role | None = "around" if word.plain in ENGLISH else ROLES.get(sound)
    if role is None:
        role = _inflected(word.plain, sound)
    if word.glued or (named and role in ("abroad", "country")):
        return None
    return role


def _inflected(typed: str, sound: str) -> Role | None:
    """Tell what a word does without its ending: Россияда, but not "in Esik", which is a place."""
    for stem in inflected(typed, sound):
        role, letters = ROLES.get(stem.skeleton), len(stem.skeleton)
        if role in ("abroad", "other") and letters >= _INFLECTED:
            return role
        if role in ("double", "reply") and letters >= SHORT and not is_local(sound):
            return role
    return None
