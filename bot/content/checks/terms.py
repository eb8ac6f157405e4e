"""What the checks need to know besides the content."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.content.blocks import BlockSpec
from bot.content.lexicon import Lexicon
from bot.content.model import Node

Render = Callable[[str, str, str, str], tuple[str, Iterable[str]]]
"""From node, item, language and country to the text as it is sent and the labels of its buttons."""


def _nothing(_node: Node, _country: str) -> Iterable[str]:
    return ("",)


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
        items: what a node can be about in a country, such as the ids of its lines.
    """

    blocks: Mapping[str, BlockSpec]
    today: date
    needed: frozenset[str] = frozenset()
    countries: tuple[str, ...] = ("kz", "kg", "tj", "uz")
    languages: tuple[str, ...] = ("kk", "ky", "tg", "uz", "uz_Cyrl", "ru", "en")
    lexicon: Lexicon = field(default_factory=Lexicon)
    translate: Callable[[str, str], str] | None = None
    render: Render | None = None
    items: Callable[[Node, str], Iterable[str]] = _nothing
