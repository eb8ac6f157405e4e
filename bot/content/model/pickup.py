"""The plain words that pick-up phrases are drawn from."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from bot.content.model.base import Frozen, Language, Text

FEWEST = 64
"""Words of one list at least: four of them are then more than any visitor can try."""


class PickupWords(Frozen):
    """`lexicon/pickup.yaml`: for each language, words that are easy to keep in mind and to type."""

    words: Annotated[
        Mapping[Language, Annotated[tuple[Text, ...], Field(min_length=FEWEST)]],
        Field(min_length=1),
    ]
