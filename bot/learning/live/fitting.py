"""Which items of a quiz may be asked where many read along."""

from collections.abc import Callable
from datetime import date

from bot.content.model import Item, Quiz
from bot.learning.draw import drawn

LEAST = 3
"""Items without which a quiz is no game."""


def fits_a_group(item: Item, is_neutral: Callable[[str], bool]) -> bool:
    """Tell whether an item can be a poll, and whether no text of it tells the topic.

    An order and a story are no polls. Its explanation is shown in the group, too, so it counts.
    """
    if item.order or item.story:
        return False
    return all(map(is_neutral, (item.text, item.why, *(one.text for one in item.answers))))


def playable(
    quiz: Quiz, country: str, today: date, is_neutral: Callable[[str], bool]
) -> Quiz | None:
    """Give the quiz as a group may play it, or None where too little of it is left.

    Nobody knows the ages in a group: only items for the age that stands beside the title are asked.
    """
    items = tuple(
        item
        for item in quiz.standing(today).items
        if item.fits(quiz.age, country) and fits_a_group(item, is_neutral)
    )
    return quiz.model_copy(update={"items": items}) if len(items) >= LEAST else None


def asked_in(quiz: Quiz, country: str, seed: int) -> tuple[str, ...]:
    """Draw what a game asks of a `playable` quiz, by its ids, easy ones first."""
    return tuple(item.id for item in drawn(quiz, seed, quiz.age, country))
