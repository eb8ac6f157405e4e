"""Which items a round asks, and in which order answers stand: by a seed, so that it can be told again."""

from collections.abc import Iterable, Sequence
from hashlib import blake2s
from typing import Final, TypeVar, get_args

from bot.content.model import Age, Item, Level, Quiz

SEEDS: Final = 256
"""How many different rounds of a quiz there are."""
CHECKS: Final = 7
"""How many digests of what was drawn there are."""

_LEVELS: Final = get_args(Level)
_Thing = TypeVar("_Thing")


def drawn(quiz: Quiz, seed: int, age: Age, country: str) -> tuple[Item, ...]:
    """Draw the items of a round: levels in turn, so that each is there as evenly as may be.

    Nobody is asked what is for older people or, as far as it is known, about another country.
    The round then goes from easy to hard. An item that is added or changed moves no other.
    """
    piles: dict[str, list[Item]] = {level: [] for level in _LEVELS}
    for item in quiz.items:
        if item.fits(age, country):
            piles[item.level].append(item)
    chance = f"{quiz.quiz} {seed}"
    for pile in piles.values():
        pile.sort(key=lambda item: _lot(chance, item.id))
    taken: dict[str, list[Item]] = {level: [] for level in _LEVELS}
    left = quiz.asks
    while left and any(piles.values()):
        for level, pile in piles.items():
            if pile and left:
                taken[level].append(pile.pop())
                left -= 1
    return tuple(item for pile in taken.values() for item in pile)


def seed_for(quiz: Quiz, wanted: Sequence[Item], age: Age, country: str) -> int:
    """Find the seed that draws most of the `wanted` items, the first of them before the others."""

    def drawing(seed: int) -> tuple[int, tuple[bool, ...]]:
        there = {item.id for item in drawn(quiz, seed, age, country)}
        found = tuple(item.id in there for item in wanted)
        return sum(found), found

    return max(range(SEEDS), key=drawing)


def check(items: Iterable[Item]) -> int:
    """Give a digest of what was drawn: another one, most times, where the quiz has changed."""
    names = " ".join([f"{item.id} {len(item.answers) or len(item.order)}" for item in items])
    return blake2s(names.encode(), digest_size=1).digest()[0] % CHECKS


def shown(things: Sequence[_Thing], item: Item, seed: int) -> tuple[tuple[int, _Thing], ...]:
    """Give answers or steps in the order they are shown, each with its place in the file."""
    chance = f"{item.id} {seed}"
    places = sorted(range(len(things)), key=lambda at: _lot(chance, str(at)))
    return tuple((at, things[at]) for at in places)


def _lot(chance: str, name: str) -> bytes:
    """Draw a lot for a name: the same chance gives the same one on every machine."""
    return blake2s(f"{chance} {name}".encode(), digest_size=8).digest()
