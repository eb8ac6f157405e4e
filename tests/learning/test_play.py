"""Truths about a round from its beginning to its end."""

import random
from itertools import product

from bot.content.model import Item
from bot.learning.play import Play
from bot.learning.round import AGES, Round


def right_way(play):
    """What to pick of the present item so that it scores."""
    item = play.item
    if item.fact is not None:
        return ["fact" if item.fact else "myth"]
    if item.order:
        return [str(at) for at in range(1, len(item.order))]
    if item.story:
        return good_way(item, 0)
    right = [str(at) for at, one in enumerate(item.answers, 1) if one.right]
    return [*right, "done"] if item.several else right


def good_way(item, at):
    here = item.story[at]
    if not here.ways:
        return [] if here.good else None
    for number, way in enumerate(here.ways, 1):
        on = good_way(item, next(n for n, one in enumerate(item.story) if one.id == way.goto))
        if on is not None:
            return [str(number), *on]
    return None


def by_chance(play, chance):
    """Play to the end, taking anything; every step survives being written down.

    Gives the round at its end, and the items that were not answered right.
    """
    missed: list[Item] = []
    for _ in range(200):
        written = Round.read(play.round.written())
        assert written is not None
        play = Play(play.quiz, written)
        if play.is_over:
            return play, missed
        if play.round.told:
            missed += [] if play.is_right else [play.item]
            play = play.go_on()
        elif chance.random() < 0.1:
            play = play.skip()
        else:
            play = play.pick(chance.choice(play.options))
    raise AssertionError(f"{play.quiz.quiz} does not end")


def test_random_play_always_ends(quizzes):
    """Whoever taps anything comes to the end of any quiz, and each item is right or missed."""
    chance = random.Random(7)
    for quiz, age, country in product(quizzes.values(), AGES, ("", "kz", "kg", "tj", "uz")):
        if age >= quiz.age:
            for _ in range(10):
                begun = Play.begun(quiz, age, country, chance.randbytes(1))
                play, missed = by_chance(begun, chance)
                assert len(play.items) == quiz.asks
                assert play.right == quiz.asks - len(missed)
                assert play.band in quiz.bands


def test_all_right_is_the_highest_band(quizzes):
    """Whoever answers all of them right has missed nothing and hears the last band."""
    for quiz in quizzes.values():
        play = Play.begun(quiz, 16, "kz", b"\x05")
        while not play.is_over:
            for option in right_way(play):
                play = play.pick(option)
            assert play.round.told
            assert play.is_right
            play = play.go_on()
        assert play.right == len(play.items)
        assert play.band == quiz.bands[-1]


def test_the_missed_ones_are_asked_again(quizzes):
    """A second try asks exactly what was missed, in the same order, until nothing is left."""
    for quiz in quizzes.values():
        play, missed = by_chance(Play.begun(quiz, 16, "uz", b"\x09"), random.Random(1))
        assert missed
        again = play.again()
        assert list(again.items) == missed
        while not again.is_over:
            for option in right_way(again):
                again = again.pick(option)
            again = again.go_on()
        assert again.round.missed == 0


def test_who_skips_everything_is_told_everything(quizzes):
    """Skipping tells the answer, counts nothing, and ends with the first band."""
    for quiz in quizzes.values():
        play = Play.begun(quiz, 16, "", b"\x00")
        while not play.is_over:
            play = play.skip()
            assert not play.is_right
            play = play.go_on()
        assert play.right == 0
        assert play.band == quiz.bands[0]
