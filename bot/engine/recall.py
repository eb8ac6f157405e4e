"""How a turn asks for what somebody had kept: only where it is needed, for few turns need it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.campaigns.board import Board
from bot.campaigns.subscription import Subscription
from bot.learning.memory import Memory


def _nothing() -> None:
    """Know nothing of anybody."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Looks up what is kept of one person.

    Attributes:
        memory: what she asked to be remembered as a player; called at the quizzes only.
        subscription: what she asked for if she gets news; called at the news only.
        board: the campaigns she may see; called at the campaigns only.
    """

    memory: Callable[[], Memory | None] = _nothing
    subscription: Callable[[], Subscription | None] = _nothing
    board: Callable[[], Board | None] = _nothing


NOTHING = Recall()
"""A person of whom nothing is kept."""
