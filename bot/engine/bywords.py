"""What anybody may type here by chance, and what therefore is no secret of hers. Pure."""

from collections.abc import Sequence
from itertools import product

from bot.engine.match import Phrasebook
from bot.engine.world import World
from bot.understanding.normalise import loose_words


class Bywords:
    """Knows them for one world, in all offered languages at once."""

    def __init__(self, world: World, books: Sequence[Phrasebook]) -> None:
        """Fold the labels of the cover, which no word calls from elsewhere."""
        self._books, self._towns = books, world.places
        covering = (node for node in world.content.nodes.values() if node.cover)
        labels = {choice.text for node in covering for choice in node.choices}
        self._labels = {
            loose_words(world.words.text(language, label))
            for label, language in product(labels, world.offered.languages)
        }

    def holds(self, text: str) -> bool:
        """Tell whether `text` is a word that calls something, or a button or an answer of the quiz."""
        read = ((book, book.read(text)) for book in self._books)
        return (
            any(
                book.place(typed)
                or book.country(typed)
                or book.language(typed)
                or book.is_a_line(typed)
                for book, typed in read
            )
            or loose_words(text) in self._labels
            or self._towns.named(text).status != "none"
        )
