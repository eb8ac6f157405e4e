"""Every screen of a quiz, for whoever proves that all of them can be shown."""

from collections.abc import Iterator
from dataclasses import replace

from bot.content.model import Quiz
from bot.learning.draw import SEEDS
from bot.learning.play import Play
from bot.learning.round import AGES, Round


def tour(quiz: Quiz, country: str) -> Iterator[Round]:
    """Give rounds in which each item that can be met is asked, half answered and told; and ends."""
    unseen = {item.id for item in quiz.items if item.fits(AGES[-1], country)}
    for seed in range(SEEDS):
        play = Play.begun(quiz, AGES[-1], country, bytes([seed]))
        for number, item in enumerate(play.items):
            if item.id in unseen:
                unseen.discard(item.id)
                asked = replace(play, round=replace(play.round, number=number))
                yield from (asked.round, asked.skip().round)
                for at, scene in enumerate(item.story):
                    yield replace(asked.round, picks=at, told=not scene.ways)
                for first in () if item.story else (0, -1):
                    yield from _answered(asked, first)
        if seed == 0:
            every = len(play.items)
            for missed in range(every + 1):
                yield replace(play.round, number=every, missed=(1 << missed) - 1)
        if not unseen:
            return


def _answered(play: Play, first: int) -> Iterator[Round]:
    """Answer an item: its first option or its last, then whatever ends it."""
    option = play.options[first]
    while not play.round.told:
        play = play.pick(option)
        yield play.round
        option = play.options[-1] if play.options else ""
