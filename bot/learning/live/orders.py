"""What somebody who leads a game may order, and what becomes of it."""

from dataclasses import dataclass

from bot.learning.live.game import LIFE, Game, hurried, stopped


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin a game in the group `chat_id`; the other fields as in `Game`."""

    chat_id: int
    language: str
    quiz: str
    items: tuple[str, ...]
    seconds: int
    seed: int
    salt: bytes


@dataclass(frozen=True, slots=True)
class Hurry:
    """Close the question that is open in the group, or ask the next one at once."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Stop:
    """End the game in the group."""

    chat_id: int


Order = Begin | Hurry | Stop


def obeyed(game: Game | None, order: Order, now: float) -> Game | None:
    """Give the game of the group after an order at `now`; there is one at a time."""
    match order:
        case Begin() if game is None:
            return Game(
                chat_id=order.chat_id,
                language=order.language,
                quiz=order.quiz,
                items=order.items,
                seconds=order.seconds,
                seed=order.seed,
                salt=order.salt,
                ends=int(now) + LIFE,
            )
        case Hurry() if game is not None:
            return hurried(game, now)
        case Stop() if game is not None:
            return stopped(game)
    return game
