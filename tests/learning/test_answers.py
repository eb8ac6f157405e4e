"""Truths about answers: exactly what the file marks as right scores, and each ending is reached."""

from itertools import permutations, product

import pytest

from bot.content.model import Item
from bot.learning.answers import DONE, FACT, MYTH, asking, scene


def items(quizzes):
    return [item for quiz in quizzes.values() for item in quiz.items]


def played(item, options):
    """Pick these options one after another; give what was picked, once it is an answer."""
    picks, way = 0, asking(item)
    for option in options:
        assert option in way.options(item, picks)
        picks = way.pick(item, picks, option)
        if way.is_answered(item, picks, option):
            return picks
    raise AssertionError(f"{item.id} is not answered by {options}")


def endings(item, at=0, taken=()):
    """Every way through a story, with the scene it ends in."""
    here = item.story[at]
    if not here.ways:
        yield taken, here
    for number, way in enumerate(here.ways, 1):
        there = next(n for n, one in enumerate(item.story) if one.id == way.goto)
        yield from endings(item, there, (*taken, str(number)))


def test_a_statement_is_a_fact_or_a_myth(quizzes):
    """Of each statement exactly one of the two is right."""
    for item in (one for one in items(quizzes) if one.fact is not None):
        for option in (FACT, MYTH):
            right = asking(item).is_right(item, played(item, [option]))
            assert right is (item.fact is (option == FACT))


def test_one_answer_is_right(quizzes):
    """Of each set of answers exactly the marked one scores."""
    for item in (one for one in items(quizzes) if one.answers and not one.several):
        scores = [
            asking(item).is_right(item, played(item, [str(at)]))
            for at in range(1, len(item.answers) + 1)
        ]
        assert scores == [one.right for one in item.answers]
        assert sum(scores) == 1


def test_all_that_fit_are_right_and_nothing_else(quizzes):
    """Of all sets that can be picked exactly the marked one scores, and taps can be taken back."""
    for item in (one for one in items(quizzes) if one.several):
        many = len(item.answers)
        for chosen in product((False, True), repeat=many):
            taps = [str(at) for at, one in enumerate(chosen, 1) if one]
            if taps:
                again = [*taps, taps[0], taps[0], DONE]
                right = asking(item).is_right(item, played(item, again))
                assert right is (chosen == tuple(one.right for one in item.answers))


def test_nothing_picked_is_not_done(quizzes):
    """Where several fit, nobody is done before something is picked, nor after it was let go."""
    for item in (one for one in items(quizzes) if one.several):
        assert DONE not in asking(item).options(item, 0)
        assert DONE not in asking(item).options(item, asking(item).pick(item, 1, "1"))


def test_one_order_is_right(quizzes):
    """Of all orders exactly that of the file scores."""
    for item in (one for one in items(quizzes) if one.order):
        steps = [str(at) for at in range(1, len(item.order) + 1)]
        for order in permutations(steps):
            right = asking(item).is_right(item, played(item, order))
            assert right is (order == tuple(steps))


def test_a_story_scores_by_its_ending(quizzes):
    """Every way through a story ends; good endings score, others do not, and both are reached."""
    for item in (one for one in items(quizzes) if one.story):
        found = set()
        for taken, ending in endings(item):
            picks = played(item, taken)
            assert scene(item, picks) == ending
            assert asking(item).is_right(item, picks) is ending.good
            found.add(ending.good)
        assert found == {True, False}


def test_what_was_skipped_is_not_right(quizzes):
    """Nothing picked never scores, whatever the kind."""
    assert not any(asking(item).is_right(item, 0) for item in items(quizzes))


@pytest.mark.parametrize("picks", [7, 8, 255, 32767])
def test_what_an_older_file_left_is_no_fault(picks):
    """What was picked of an item that has changed since is not right, and not an error."""
    told = {"id": "it", "age": 12, "level": "easy", "sources": ("x",), "text": "?", "why": "."}
    shapes = (
        {"fact": True},
        {"answers": ({"text": "a", "right": True}, {"text": "b"})},
        {"several": True, "answers": tuple({"text": x, "right": x < "c"} for x in "abc")},
        {"order": ("a", "b", "c")},
        {"story": ({"id": "a", "text": ".", "good": False},)},
    )
    for shape in shapes:
        item = Item.model_validate({**told, **shape})
        assert asking(item).is_right(item, picks) is False
        assert isinstance(asking(item).options(item, picks), tuple)
