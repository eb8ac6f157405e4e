"""Which items a round asks, and in which order answers stand: by a seed, so that it can be told again."""

from collections.abc import Sequence
from hashlib import blake2s
from typing import Final, TypeVar

from bot.content.model import Age, Item, Quiz

SEEDS: Final = 256
"""How many different rounds of a quiz there are."""

_LEVELS: Final = ("easy", "middle", "hard")
_Thing = TypeVar("_Thing")


def drawn(quiz: Quiz, seed: int, age: Age, country: str) -> tuple[Item, ...]:
    """Draw the items of a round: levels in turn, so that each is there as evenly as may be.

    Nobody is asked what is for older people or, as far as it is known, about another country.
    The round then goes from easy to hard.
    """
    fit = [
        one
        for one in quiz.items
        if one.age <= age and (not country or one.country in (None, country))
    ]
    piles = [
        _shuffled([one for one in fit if one.level == level], f"{quiz.quiz} {seed}")
        for level in _LEVELS
    ]
    taken: list[Item] = []
    while len(taken) < quiz.asks and any(piles):
        for pile in piles:
            if pile and len(taken) < quiz.asks:
                taken.append(pile.pop())
    return tuple(sorted(taken, key=lambda one: _LEVELS.index(one.level)))


def shown(things: Sequence[_Thing], item: Item, seed: int) -> tuple[tuple[int, _Thing], ...]:
    """Give answers or steps in the order they are shown, each with its place in the file."""
    places = _shuffled([*range(len(things))], f"{item.id} {seed}")
    return tuple((at, things[at]) for at in places)


def _shuffled(things: Sequence[_Thing], chance: str) -> list[_Thing]:
    """Shuffle by a digest: the same chance gives the same order on every machine."""

    def order(place: int) -> bytes:
        return blake2s(f"{chance} {place}".encode(), digest_size=8).digest()

    return [things[at] for at in sorted(range(len(things)), key=order)]
