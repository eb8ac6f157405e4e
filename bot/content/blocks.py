"""What the content must know of a block: its options, where it leads, what it asks or shows.

The blocks themselves live in the engine and are handed in, so that the content knows no engine.
"""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

Goto = Literal["required", "optional", "none"]
"""Whether a node with the block must, may or must not say where the block leads."""


@dataclass(frozen=True, slots=True)
class BlockSpec:
    """The face a block shows to authors.

    Attributes:
        name: the word after `block:`.
        options: the typed form of `with:`; frozen, and strict about unknown keys.
        goto: whether the node says `goto:`, the way on after the block has done its work.
        asks: the fact of the session the block fills (`"country"`), or empty.
        help: whether the block shows numbers a person can call.
        values: the `{placeholders}` the block fills in the texts of its node.
        opens: the blocks whose nodes its own buttons lead to, besides `goto`.
        back: whether the block leads back to where the person came from.
        remembers: whether it works with what a player asked to be remembered.
        news: whether it works with what somebody asked for who gets news.
        board: whether it works with the campaigns that somebody may see.
        playful: whether people play there and look for no help: only from there a way may lead to
            the news.
    """

    name: str
    options: type[BaseModel]
    goto: Goto = "none"
    asks: str = ""
    help: bool = False
    values: frozenset[str] = frozenset()
    opens: frozenset[str] = frozenset()
    back: bool = False
    remembers: bool = False
    news: bool = False
    board: bool = False
    playful: bool = False
