"""Every screen of a quiz, for whoever proves that all of them can be shown."""

from collections.abc import Iterator
from dataclasses import replace

from bot.content.model import Quiz
from bot.learning.draw import SEEDS
from bot.learning.play import Play
from bot.learning.round import AGES, Round


def tour(quiz: Quiz, country: str) -> Iterator[Round]:
    """Give rounds in which each item that can be met is asked and told, and one at its end."""
    fit = [item for item in quiz.items if not country or item.country in (None, country)]
    unseen = {item.id for item in fit}
    for seed in range(SEEDS):
        play = Play.begun(quiz, AGES[-1], country, bytes([seed]))
        for number, item in enumerate(play.items):
            if item.id in unseen:
                unseen.discard(item.id)
                asked = replace(play.round, number=number)
                yield asked
                yield replace(asked, told=True)
                for at, scene in enumerate(item.story):
                    yield replace(asked, picks=at, told=not scene.ways)
        if seed == 0:
            yield replace(play.round, number=len(play.items))
        if not unseen:
            return
