"""Words that lead to a node from anywhere: folded once for one world. Pure."""

from collections.abc import Callable, Collection, Mapping
from itertools import product
from typing import Final

from bot.content.model import Content

Fold = Callable[[str], tuple[str, ...]]
"""Turns a text into words in which different spellings of one thing meet."""

WITH_MORE: Final = "..."
"""Ends a word that leads to its node with more words behind it, too."""


class Signposts:
    """Which words call which node, in all offered languages at once.

    Thousands of labels are folded for it: a world has it once, however many engines it has.
    """

    def __init__(
        self, content: Content, text: Callable[[str, str], str], languages: Collection[str]
    ) -> None:
        """Take the content, and how a text is said in a language; folding waits until it is asked."""
        self._content, self._text, self._languages = content, text, languages
        self._folded: dict[Fold, Mapping[tuple[str, ...], str]] = {}

    def under(self, fold: Fold) -> Mapping[tuple[str, ...], str]:
        """Map the words each node is called by, and each label that leads to one place only.

        Dots behind a word (`WITH_MORE`) are no part of it: folding leaves letters and digits.
        """
        if fold not in self._folded:
            self._folded[fold] = self._places(fold)
        return self._folded[fold]

    def _places(self, fold: Fold) -> Mapping[tuple[str, ...], str]:
        labels: dict[str, set[str]] = {}
        places: dict[tuple[str, ...], set[str]] = {}
        nodes, text = self._content.nodes.values(), self._text
        for node in nodes:
            if not node.cover and not node.staff:  # what is said there leads nowhere from elsewhere
                for choice in node.choices:
                    labels.setdefault(choice.text, set()).add(choice.goto)
        # "Back" stands on hundreds of pages: each label is folded once.
        for (label, led), language in product(labels.items(), self._languages):
            places.setdefault(fold(text(language, label)), set()).update(led)
        for node, language in product(nodes, self._languages):
            for word in text(language, node.called).split(",") if node.called else ():
                places[fold(word)] = {node.id}
        return {words: place for words, (place, *others) in places.items() if words and not others}
