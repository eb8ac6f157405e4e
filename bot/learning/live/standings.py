"""Who is ahead."""

from collections import Counter
from dataclasses import dataclass

from bot.learning.live.game import Game


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of the table: `number` tells apart people of one name, 1 for the first of them."""

    place: int
    name: str
    number: int
    points: int


def standings(game: Game, most: int) -> tuple[Standing, ...]:
    """List the best `most` players: by points, then by the time their right answers took."""
    joined = sorted(game.players.items(), key=lambda one: (one[1].since, one[0]))
    seen: Counter[str] = Counter()
    numbers: dict[str, int] = {}
    for known_as, player in joined:
        seen[player.name] += 1
        numbers[known_as] = seen[player.name]
    best = sorted(joined, key=lambda one: (-one[1].points, one[1].spent, one[1].since, one[0]))
    return tuple(
        Standing(place, player.name, numbers[known_as], player.points)
        for place, (known_as, player) in enumerate(best[:most], 1)
    )
