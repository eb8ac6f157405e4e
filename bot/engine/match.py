"""What typed words choose: a number, a label, a word that leads somewhere, a country, a line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from bot.engine.answers import denials
from bot.engine.blocks.countries import NAMES as COUNTRIES
from bot.engine.blocks.hotlines import Hotlines
from bot.engine.blocks.numbers import Numbers
from bot.engine.screen import Page
from bot.engine.signposts import WITH_MORE, Fold
from bot.engine.world import World
from bot.language.tongues import NAMES as LANGUAGES
from bot.understanding.normalise import in_cyrillic, words

_LONGEST_LABEL = 100
"""Letters of what stands beside a button and may be typed: an answer of a quiz has so many."""
_LONGEST_COUNT = 3
"""Digits of a number that counts options; 100 buttons are the most a message may have."""

_REMEMBERED = 1024

_FEW = 4
"""Words of a message that may clear the chat by its first word."""

_STEM = 4
"""Letters that two forms of one word share at least."""

_CALL = 2
"""Words of a text in which every single word may call its node."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed, folded once. It lives for one turn."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Exit:
    """The words that clear the chat by themselves, and those that do with a few behind them."""

    whole: frozenset[tuple[str, ...]]
    beginnings: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Spelt:
    """A label in its folded words; `further` are those of its further name, `more` of both."""

    id: str
    text: str
    words: tuple[str, ...]
    further: tuple[str, ...]
    more: frozenset[str]


class Phrasebook:
    """Every phrase of one world under one way of folding, in all offered languages at once.

    All languages, because people mix them in one message.
    """

    def __init__(self, world: World, fold: Fold) -> None:
        """Fold every phrase once."""
        self._fold = fold
        self._pages: dict[int, tuple[Page, tuple[_Spelt, ...]]] = {}
        self._languages = [
            (LANGUAGES[one], fold(LANGUAGES[one]), one) for one in world.offered.languages
        ]
        self._places, self._lines = world.signposts.under(fold)
        self._exits = _exits(world)
        self._pressing = _pressing(world, self._places)
        nodes = world.content.nodes.values()
        self._fateful = {node.id for node in nodes if node.leaves} | {*world.content.erasing}
        self._line_words = {words for _, words in self._lines}
        self._denials = {
            fold(one)
            for language in world.offered.languages
            for one in denials(world.words.text, language)
        }
        self._countries = {
            fold(world.words.say(language, COUNTRIES[country])): country
            for country, language in product(world.offered.countries, world.offered.languages)
        }

    def read(self, text: str) -> Typed:
        """Fold what was typed; what is longer than any label has no words here."""
        return Typed(text, self._fold(text) if len(text) <= _LONGEST_LABEL else ())

    def option_called(self, page: Page, typed: Typed) -> str | None:
        """Find the option whose whole label, or whole further name, was typed."""
        found = {
            one.text: one.id
            for one in self._labels(page)
            if typed.words in (one.words, one.further)
        }
        return found[_spelt_alike(typed.text, found)] if typed.words and found else None

    def option_meant(self, page: Page, typed: Typed) -> str | None:
        """Find the option that was meant: some words of one label, or its number from 1.

        Some of the words suffice only when they fit exactly one label. A number that stands on a
        label ("102") wins over counting; one in a name that is not shown there does not.
        """
        if not typed.words:
            return None
        labels = self._labels(page)
        number = typed.words[0]
        counts = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_COUNT
        counts = counts and len(typed.words) == 1
        named = ({*one.words} if counts else one.more for one in labels)
        some = [
            one.id for one, name in zip(labels, named, strict=True) if name.issuperset(typed.words)
        ]
        if len(some) == 1:
            return some[0]
        if counts:
            # Where buttons count themselves, a number among theirs means none but its own button.
            own = [int(one.text) for one in labels if one.text.isdecimal()]
            counted = max((n for n in own if n <= len(labels)), default=0)
            return labels[int(number) - 1].id if counted < int(number) <= len(labels) else None
        return None

    def place(self, typed: Typed) -> str | None:
        """Find the node that was called by a word of its own, or by a label that leads to it.

        A word that clears the chat must be spelt as it is: "yep" is no "ёп". Only on a Cyrillic
        keyboard, which may lack its letters, are other spellings taken for it.
        """
        place = self._places.get(typed.words)
        exit_ = self._exits.get(place or "")
        sure = exit_ is None or in_cyrillic(typed.text) or words(typed.text) in exit_.whole
        return place if sure else None

    def place_among(self, text: str) -> str | None:
        """Find the node that is called by some words of `text` side by side, the most of them first.

        Among more than two words only what presses is called: by a few of them in whatever form
        ("delete" is "deleting" then), by one alone if it leads to numbers.
        """
        few = len(words(text)) <= _CALL
        for part in _parts(text):
            typed = self.read(part)
            place = self.place(typed)
            alone = len(typed.words) == 1
            presses = typed.words in self._pressing and not (alone and place in self._fateful)
            if place is not None and (few or presses):
                return place
            if not alone and (place := self._pressed(typed.words)) is not None:
                return place
        return None

    def line_among(self, text: str) -> Typed | None:
        """Find the number or the name of a line, of any country, among the words of `text`."""
        parts = map(self.read, _parts(text))
        return next((typed for typed in parts if self.is_a_line(typed)), None)

    def _pressed(self, said: tuple[str, ...]) -> str | None:
        """Find the pressing node whose words have the stems of these."""
        for known, place in self._pressing.items():
            if len(known) == len(said) and all(map(_is_one_word, known, said)):
                return place
        return None

    def exit(self, typed: Typed) -> str | None:
        """Find the node that clears the chat in a few words that are, or begin with, a word for it.

        "Stop stop" does, and so does "stop he is coming".
        """
        said = words(typed.text) if typed.words else ()
        for place, known in self._exits.items():
            begins = len(said) <= _FEW and said[:1] in known.beginnings
            if begins or (said and all((one,) in known.whole for one in said)):
                return place
        return None

    def denies(self, typed: Typed) -> bool:
        """Tell whether this only says that something else was meant: "no", "not that"."""
        return bool(typed.words) and typed.words in self._denials

    def language(self, typed: Typed) -> str | None:
        """Find the language named by its native name, in whatever letters."""
        if not typed.words:
            return None
        named = {name: one for name, words, one in self._languages if words == typed.words}
        return named[_spelt_alike(typed.text, named)] if named else None

    def country(self, typed: Typed) -> str | None:
        """Find the country named in any language."""
        return self._countries.get(typed.words)

    def line(self, country: str, typed: Typed) -> str | None:
        """Find the line of `country` called by its number or its name in any language."""
        return self._lines.get((country, typed.words))

    def is_a_line(self, typed: Typed) -> bool:
        """Tell whether this is the number or name of a line in any country."""
        return typed.words in self._line_words

    def _labels(self, page: Page) -> tuple[_Spelt, ...]:
        if page.fleeting:
            return self._spelt(page)
        known = self._pages.get(id(page))
        if known is None:
            if len(self._pages) >= _REMEMBERED:
                self._pages.clear()
            # The page itself is kept beside its words, so that its identity stays its own.
            known = self._pages[id(page)] = (page, self._spelt(page))
        return known[1]

    def _spelt(self, page: Page) -> tuple[_Spelt, ...]:
        labels = ((one, self._fold(one.text), self._fold(one.also)) for one in page.labels)
        return tuple(
            _Spelt(one.id, one.text, name, further, frozenset((*name, *further)))
            for one, name, further in labels
        )


def _exits(world: World) -> dict[str, _Exit]:
    """Read the words of each node that clears the chat, exactly as they are spelt."""
    text = world.words.text
    exits: dict[str, _Exit] = {}
    for node in world.content.nodes.values():
        if node.leaves and node.called:
            each = [
                one.strip()
                for language in world.offered.languages
                for one in text(language, node.called).split(",")
            ]
            more = [one.removesuffix(WITH_MORE) for one in each if one.endswith(WITH_MORE)]
            exits[node.id] = _Exit(frozenset(map(words, each)), frozenset(map(words, more)))
    return exits


def _pressing(world: World, places: Mapping[tuple[str, ...], str]) -> dict[tuple[str, ...], str]:
    """Choose the words that call numbers, clear the chat or delete what is kept."""
    nodes, listing = world.content.nodes, (Numbers.spec.name, Hotlines.spec.name)
    pressing = {node.id for node in nodes.values() if node.leaves or node.block in listing}
    pressing |= {*world.content.erasing}
    return {spelt: place for spelt, place in places.items() if place in pressing}


def _parts(text: str) -> Iterator[str]:
    """Cut `text` into runs of its words, the longest first; the first is the whole of it."""
    pieces = text.split()
    for length in range(len(pieces), 0, -1):
        for start in range(len(pieces) - length + 1):
            yield " ".join(pieces[start : start + length])


def _is_one_word(one: str, other: str) -> bool:
    """Tell whether two words are forms of one: the shorter begins the longer."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _STEM and long.startswith(short))


def _spelt_alike(text: str, names: Iterable[str]) -> str:
    """Pick the name in the letters of `text`: Oʻzbekcha and Ўзбекча have one skeleton."""
    return min(names, key=lambda name: in_cyrillic(name) != in_cyrillic(text))
