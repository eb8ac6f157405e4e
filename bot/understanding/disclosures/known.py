"""What is known of a word of a message: found by how it begins, ready to be used as it is."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.understanding.disclosures.tails import Tails


class Meaning(NamedTuple):
    """What an entry of the lexicon says.

    Attributes:
        concept: the concept, or "" for what means nothing here.
        language: the language of the entry; "" for all.
        negated: whether it says the concept negated.
        tongues: the bits of the languages in which it holds.
    """

    concept: str
    language: str
    negated: bool
    tongues: int


class Anchored(NamedTuple):
    """A phrase that is looked up by a word.

    Attributes:
        at: its position among the phrases.
        tongues: the bits of the languages in which it holds.
        beside: a piece that must be in the message, too,
        others: or else one of these.
    """

    at: int
    tongues: int
    beside: int
    others: tuple[int, ...]


class Asked(NamedTuple):
    """What is asked of a word besides its beginning: endings, native letters, how it ends.

    Attributes:
        strict: the endings that may follow in the skeleton.
        loose: the same in the loose form.
        plain: the native letters that it has, or begins with; "" for any.
        ends: the skeleton of how it ends; "" for anyhow.
        alone: whether nothing may follow its native letters.
    """

    strict: Tails | None
    loose: Tails | None
    plain: str
    ends: str
    alone: bool


@dataclass(slots=True, eq=False)
class Known:
    """What is known of a word by how it begins: that of all pieces that begin so.

    A piece is a word of the lexicon, by its number.

    Attributes:
        tongues: the bits of the languages that have one of the pieces.
        says: what the pieces mean alone.
        pieces: those that stand in phrases.
        anchored: the phrases that are looked up by one of them.
        choices: where more is asked than the beginning: what is asked, None for nothing, and what
            is known then. All else is empty there.
    """

    tongues: int = 0
    says: tuple[Meaning, ...] = ()
    pieces: tuple[int, ...] = ()
    anchored: tuple[Anchored, ...] = ()
    choices: tuple[tuple[Asked | None, "Known"], ...] = ()


Matches = dict[Known, int]
"""All that is known of a word, each with its match.

A match is twice the letters of the word that were found, and one more if an ending negates it.
"""
