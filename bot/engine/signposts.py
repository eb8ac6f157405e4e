"""Words that lead to a node or a line from anywhere: folded once for one world. Pure."""

from collections.abc import Callable, Collection, Mapping
from itertools import product
from typing import Final, NamedTuple

from bot.content.model import Content
from bot.engine.answers import answers

Fold = Callable[[str], tuple[str, ...]]
"""Turns a text into words in which different spellings of one thing meet."""

WITH_MORE: Final = "..."
"""Ends a word that leads to its node with more words behind it, too."""


class Folded(NamedTuple):
    """What words lead to under one way of folding.

    Attributes:
        places: the node of each word that calls one, and of each label that leads to one only. A
            label that is an answer ("No") names no place: it leads nowhere from elsewhere.
        lines: the line of each number or name, by country.
    """

    places: Mapping[tuple[str, ...], str]
    lines: Mapping[tuple[str, tuple[str, ...]], str]


class Signposts:
    """Which words call which node and which line, in all offered languages at once.

    Thousands of texts are folded for it: a world has it once, however many engines it has.
    """

    def __init__(
        self, content: Content, text: Callable[[str, str], str], languages: Collection[str]
    ) -> None:
        """Take the content, and how a text is said in a language; folding waits until it is asked."""
        self._content, self._text, self._languages = content, text, languages
        self._folded: dict[Fold, Folded] = {}

    def under(self, fold: Fold) -> Folded:
        """Give what words lead to when they are folded so."""
        if fold not in self._folded:
            self._folded[fold] = Folded(self._places(fold), self._lines(fold))
        return self._folded[fold]

    def _places(self, fold: Fold) -> Mapping[tuple[str, ...], str]:
        """Map the words each node is called by, and each label that leads to one place only.

        Dots behind a word (`WITH_MORE`) are no part of it: folding leaves letters and digits.
        """
        labels: dict[str, set[str]] = {}
        places: dict[tuple[str, ...], set[str]] = {}
        nodes, text = self._content.nodes.values(), self._text
        erasing = self._content.erasing
        for node in nodes:
            # What is said there leads nowhere from elsewhere.
            if not node.cover and not node.staff and node.id not in erasing:
                for choice in node.choices:
                    labels.setdefault(choice.text, set()).add(choice.goto)
        answered = {
            language: frozenset(word for each in answers(text, language) for word in fold(each))
            for language in self._languages
        }
        # "Back" stands on hundreds of pages: each label is folded once.
        for (label, led), language in product(labels.items(), self._languages):
            words = fold(text(language, label))
            if not answered[language].issuperset(words):
                places.setdefault(words, set()).update(led)
        for node, language in product(nodes, self._languages):
            for word in text(language, node.called).split(",") if node.called else ():
                places[fold(word)] = {node.id}
        return {words: place for words, (place, *others) in places.items() if words and not others}

    def _lines(self, fold: Fold) -> Mapping[tuple[str, tuple[str, ...]], str]:
        """Map each country and number or name to a line; of two with one name the first is meant."""
        found: dict[tuple[str, tuple[str, ...]], str] = {}
        for country, lines in self._content.countries.items():
            for line in lines.hotlines:
                names = {self._text(one, line.name) for one in self._languages}
                for name in (line.number, *names):
                    found.setdefault((country, fold(name)), line.id)
        return found
