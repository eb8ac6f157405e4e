"""What anybody may type here by chance, and what therefore is no secret of hers. Pure."""

from collections.abc import Sequence
from itertools import product

from bot.engine.blocks.town_quiz import KNOWN
from bot.engine.match import Phrasebook
from bot.engine.world import World
from bot.understanding.normalise import loose_words


class Bywords:
    """Knows them for one world, in all offered languages at once."""

    def __init__(self, world: World, books: Sequence[Phrasebook]) -> None:
        """Fold the buttons of the cover and the towns it asks about, which no word calls from elsewhere."""
        self._books, self._towns = books, world.places
        content, offered = world.content, world.offered
        covering = (node for node in content.nodes.values() if node.cover)
        labels = {choice.text for node in covering for choice in node.choices}
        said = {world.words.text(*one) for one in product(offered.languages, labels)}
        # A name that is an ordinary word as well is no place to whoever listens (Vahdat).
        towns = (one for each in content.places.settlements.values() for one in each)
        known = (town for town in towns if town.population >= KNOWN)
        said.update(name for town in known for name in town.names.values())
        self._buttons = frozenset(map(loose_words, said))

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
            or loose_words(text) in self._buttons
            or self._towns.named(text).status != "none"
        )
