"""`lexicon/pickup.yaml`: the plain words that pick-up phrases are drawn from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.content.files import read_file
from bot.content.model.pickup import PickupWords
from bot.content.notes import Notes
from bot.content.tree import Tree
from bot.understanding.normalise import loose_words

FILE: Final = "lexicon/pickup.yaml"
"""Where the words lie in the content folder."""


def read_pickup(content: Path, notes: Notes) -> Mapping[str, tuple[str, ...]]:
    """Read the words by language; where there is no such file nobody can change phones."""
    path = content / FILE
    if not path.is_file():
        return {}
    tree, read = read_file(content, path, PickupWords, notes)
    notes.origin.things["pickup", ""] = (tree, ())
    for language, words in read.words.items() if read else ():
        _sounds(language, words, tree, notes)
    return {str(language): words for language, words in read.words.items()} if read else {}


def _sounds(language: str, words: tuple[str, ...], tree: Tree, notes: Notes) -> None:
    """Note what is more than a word, or cannot be told from another when letters are missing."""
    heard: dict[tuple[str, ...], str] = {}
    for index, word in enumerate(words):
        sound, place = loose_words(word), ("words", language, index)
        if len(sound) != 1:
            notes.note(tree, place, f"'{word}' is not one word", "choose a single plain word")
        elif sound in heard:
            notes.note(tree, place, f"'{word}' may be typed like '{heard[sound]}'", "change one")
        heard.setdefault(sound, word)
