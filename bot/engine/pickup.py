"""Pick-up phrases: four plain words under which a conversation goes on from another phone. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence

from bot.understanding.normalise import loose_words

WORDS = 4
"""Words of a phrase: of lists of a hundred, one phrase in a hundred million."""


def list_of(language: str, lists: Collection[str]) -> str:
    """Name the list for `language`: Uzbek in Cyrillic letters is written from the Latin one."""
    base = language.partition("_")[0]
    return base if base in lists else "en"


class PickupBook:
    """The lists of one content; it draws phrases and knows one when it sees it."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """Fold every word once: people type them in any letters."""
        self._words = words
        self._known = frozenset(loose_words(one) for each in words.values() for one in each)

    def draw(self, language: str, chance: Callable[[int], bytes]) -> tuple[str, ...]:
        """Draw four different words of `language`, or English ones where it has no list.

        `chance` gives that many random bytes.
        """
        words = [*self._words.get(list_of(language, self._words), ())]
        drawn = []
        for _ in range(min(WORDS, len(words))):
            at = int.from_bytes(chance(8), "big") % len(words)
            drawn.append(words.pop(at))
        return tuple(drawn)

    def three(self, language: str, digest: bytes) -> tuple[str, ...]:
        """Give the three words of `language` that stand for `digest`, of six bytes at least.

        They are read aloud, from a screen to somebody who knows the same digest: one in a million.
        """
        words = self._words.get(list_of(language, self._words), ())
        parts = (int.from_bytes(digest[at : at + 2], "big") for at in (0, 2, 4))
        return tuple(words[part % len(words)] for part in parts) if words else ()

    def phrase(self, text: str) -> str | None:
        """Write down a phrase as all its spellings have in common; None for any other text."""
        said = loose_words(text) if len(text) <= WORDS * 40 else ()
        if len(said) != WORDS or not all((one,) in self._known for one in said):
            return None
        return " ".join(said)
