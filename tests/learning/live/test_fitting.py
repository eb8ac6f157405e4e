"""Truths about what is asked in a group: polls only, for the age of the title, no telling word."""

from datetime import date

import pytest

from bot.content.model import Item
from bot.learning.live.fitting import LEAST, asked_in, fits_a_group, playable

TODAY = date(2026, 11, 22)


def item(**more):
    base = {"id": "x", "age": 12, "level": "easy", "sources": ("s",), "text": "a?", "why": "b"}
    return Item.model_validate(base | more)


FACT = item(fact=True)
ANSWERS = item(answers=({"text": "c", "right": True}, {"text": "d"}))
ORDER = item(order=("e", "f"))
STORY = item(story=({"id": "g", "text": "h", "good": True},))


def anything(_):
    return True


@pytest.mark.parametrize(
    ("one", "fits"), [(FACT, True), (ANSWERS, True), (ORDER, False), (STORY, False)]
)
def test_orders_and_stories_are_no_polls(one, fits):
    """Statements and answers can be polls; steps to order and stories cannot."""
    assert fits_a_group(one, anything) is fits


@pytest.mark.parametrize("telling", ["a?", "b", "c", "d"])
def test_one_telling_word_anywhere_keeps_an_item_out(telling):
    """Question, each answer and the explanation all have to be neutral."""
    assert not fits_a_group(ANSWERS, lambda text: text != telling)


def test_nobody_in_a_group_is_asked_what_is_for_older_people(quizzes):
    """Whatever is drawn, it is for the age that stands beside the title."""
    for quiz in quizzes.values():
        game = playable(quiz, "", TODAY, anything)
        ages = {one.age for one in game.items} if game else set()
        assert ages <= {quiz.age}


def test_a_quiz_with_too_little_left_is_not_offered(quizzes):
    """With fewer than three items that fit there is no game."""
    quiz = quizzes["help"]
    assert playable(quiz, "", TODAY, lambda _: False) is None
    few = quiz.model_copy(update={"items": quiz.items[: LEAST - 1]})
    assert playable(few, "", TODAY, anything) is None


def test_a_game_asks_only_what_is_playable_and_the_same_again(quizzes):
    """Every drawn item is one that fits; a seed draws the same game twice."""
    for seed in (0, 7, 255):
        quiz = playable(quizzes["rights"], "kg", TODAY, anything)
        assert quiz is not None
        drawn = asked_in(quiz, "kg", seed)
        assert drawn == asked_in(quiz, "kg", seed)
        assert 0 < len(drawn) <= quiz.asks
        assert {*drawn} <= {one.id for one in quiz.items}
