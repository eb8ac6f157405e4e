"""What typed words choose: a number, a label, a word that leads somewhere, a language's name."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from bot.content.model import Content
from bot.engine.screen import Page
from bot.engine.world import Words
from bot.language.tongues import NAMES
from bot.understanding.normalise import in_cyrillic, plain, words

_LONGEST_LABEL = 80
_LONGEST_COUNT = 3
"""Digits of a number that counts options; 100 buttons are the most a message may have."""


def option_called(page: Page, text: str) -> str | None:
    """Find the option whose whole label is `text`."""
    typed = words(text) if len(text) <= _LONGEST_LABEL else ()
    found = {label.text: label.id for label in page.labels if _label_words(label.text) == typed}
    return found[_spelt_alike(text, found)] if typed and found else None


def option_meant(page: Page, text: str) -> str | None:
    """Find the option that `text` means: some words of one label, or its number from 1.

    Some of the words suffice only when they fit exactly one label. A label's own number
    ("102") wins over counting.
    """
    typed = words(text) if len(text) <= _LONGEST_LABEL else ()
    if not typed:
        return None
    labels = [(label.id, _label_words(f"{label.text} {label.also}")) for label in page.labels]
    some = [id_ for id_, label in labels if all(word in label for word in typed)]
    if len(some) == 1:
        return some[0]
    if (
        len(typed) == 1
        and typed[0].isascii()
        and typed[0].isdigit()
        and len(typed[0]) <= _LONGEST_COUNT
    ):
        number = int(typed[0])
        if 1 <= number <= len(labels):
            return labels[number - 1][0]
    return None


def places_called(content: Content, catalogues: Words, languages: Iterable[str]) -> dict[str, str]:
    """Map every phrase that leads somewhere from anywhere, in every language, to its node.

    These are the words a node is called by, and the label of every choice that leads to one
    place only. All languages at once, because people mix them in one message.
    """
    places: dict[str, set[str]] = {}
    for node, language in product(content.nodes.values(), languages):
        for choice in node.choices:
            label = plain(catalogues.text(language, choice.text))
            places.setdefault(label, set()).add(choice.goto)
    for node, language in product(content.nodes.values(), languages):
        for word in catalogues.text(language, node.called).split(",") if node.called else ():
            places[plain(word)] = {node.id}
    return {words: place for words, (place, *others) in places.items() if words and not others}


def lines_called(
    content: Content, catalogues: Words, languages: Iterable[str]
) -> dict[tuple[str, str], str]:
    """Map each country and the number or name of one of its lines, in any language, to the line.

    Where two lines share a name the first is meant, as in the lists.
    """
    found: dict[tuple[str, str], str] = {}
    for country, lines in content.countries.items():
        for line in lines.hotlines:
            names = {catalogues.text(language, line.name) for language in languages}
            for name in (line.number, *names):
                found.setdefault((country, plain(name)), line.id)
    return found


def language_named(languages: Iterable[str], text: str) -> str | None:
    """Find the language that `text` names by its native name, in whatever letters."""
    typed = words(text) if len(text) <= _LONGEST_LABEL else ()
    named = {NAMES[one]: one for one in languages if _label_words(NAMES[one]) == typed}
    return named[_spelt_alike(text, named)] if named else None


def _spelt_alike(text: str, names: Iterable[str]) -> str:
    """Pick the name in the letters of `text`: Oʻzbekcha and Ўзбекча have one skeleton."""
    return min(names, key=lambda name: in_cyrillic(name) != in_cyrillic(text))


@lru_cache(maxsize=8192)
def _label_words(label: str) -> tuple[str, ...]:
    """Remember the words of our own labels; what a person types is never remembered."""
    return words(label)
