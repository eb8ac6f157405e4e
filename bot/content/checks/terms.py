"""What the checks need to know besides the content."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.content.blocks import BlockSpec
from bot.content.lexicon import Lexicon
from bot.content.model import Node


@dataclass(frozen=True, slots=True)
class About:
    """What a screen may be about: an item, the place she named, what she answered or told.

    `remembered` is somebody who asked that her progress in quizzes is remembered, `subscribed` one who
    gets news.
    """

    item: str = ""
    town: str = ""
    said: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    remembered: bool = False
    subscribed: bool = False


Render = Callable[[str, About, str, str], tuple[str, Iterable[str]]]
"""From node, what it is about, language and country to its text as sent and its labels."""


def _nothing(_node: Node, _country: str) -> Iterable[About]:
    return (About(),)


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything a proof is relative to.

    Attributes:
        blocks: the blocks content may call, by name.
        today: the day for which shelf lives are counted.
        needed: the blocks without which no conversation can be held.
        countries: the countries a person can choose.
        languages: the languages a person can choose.
        lexicon: words that give a person away, and words we do not say.
        translate: from language and English text to its translation along the fallback chain.
        render: see `Render`; without it nothing rendered is checked.
        items: what a node can be about in a country, such as its lines, or lists near a place.
    """

    blocks: Mapping[str, BlockSpec]
    today: date
    needed: frozenset[str] = frozenset()
    countries: tuple[str, ...] = ("kz", "kg", "tj", "uz")
    languages: tuple[str, ...] = ("kk", "ky", "tg", "uz", "uz_Cyrl", "ru", "en")
    lexicon: Lexicon = field(default_factory=Lexicon)
    translate: Callable[[str, str], str] | None = None
    render: Render | None = None
    items: Callable[[Node, str], Iterable[About]] = _nothing

    def said(self, language: str, text: str) -> str:
        """Say an English text in a language; as it is where nothing translates."""
        return self.translate(language, text) if self.translate else text
