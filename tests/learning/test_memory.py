"""Truths about what is remembered of a player: what is due, what is learned, how it is written."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.learning.memory import KNOWN, WAITS, Memory, Seen, most_due
from bot.learning.play import Play
from bot.learning.round import AGES, Round

FIRST = date(2027, 1, 15)
NEW = Memory(FIRST, 1)
ANSWERS = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 200), st.booleans()), max_size=60)
"""Days from the first, which item of all, and whether it was answered right."""


def every(quizzes):
    return [(quiz, item) for quiz in quizzes.values() for item in quiz.items]


def after(quizzes, answers):
    """What is remembered after these answers, given day by day."""
    memory, items = NEW, every(quizzes)
    for day, number, right in sorted(answers, key=lambda one: one[0]):
        quiz, item = items[number % len(items)]
        memory = memory.answered(quiz, item, FIRST + timedelta(days=day), right=right)
    return memory


def only(memory):
    (seen,) = memory.seen
    return seen


@pytest.fixture(scope="module")
def hiv(quizzes):
    return quizzes["hiv"]


def test_right_answers_wait_longer_and_longer(hiv):
    """Answered right whenever it is due, an item moves on box by box, and stays in the last one."""
    memory, today, waited = NEW, FIRST, []
    for _ in range(len(WAITS) + 1):
        memory = memory.answered(hiv, hiv.items[0], today, right=True)
        waited.append((only(memory).due - today).days)
        today = only(memory).due
    assert waited == [*WAITS[1:], WAITS[-1], WAITS[-1]]


def test_a_wrong_answer_comes_again_tomorrow(hiv):
    """However well an item was known, answered wrong it lies in the first box."""
    memory, today = NEW, FIRST
    for _ in range(4):
        memory = memory.answered(hiv, hiv.items[0], today, right=True)
        today = only(memory).due
    memory = memory.answered(hiv, hiv.items[0], today, right=False)
    assert (only(memory).box, only(memory).due) == (1, today + timedelta(days=1))


@given(answers=ANSWERS, number=st.integers(0, 200), day=st.integers(0, 90))
def test_a_right_answer_never_brings_an_item_earlier(quizzes, answers, number, day):
    """Whatever was answered before, and whenever, after a right answer nothing is due earlier."""
    memory, items = after(quizzes, answers), every(quizzes)
    quiz, item = items[number % len(items)]
    today = FIRST + timedelta(days=day)
    due = {(one.quiz, one.item): one.due for one in memory.seen}
    now = memory.answered(quiz, item, today, right=True)
    assert all(one.due >= due.get((one.quiz, one.item), today) for one in now.seen)


@settings(deadline=None)
@given(
    before=ANSWERS, today=st.lists(st.tuples(st.integers(0, 5), st.booleans())), chance=st.randoms()
)
def test_the_order_of_answers_within_a_day_counts_for_nothing(quizzes, before, today, chance):
    """The same answers of one day, in any order and any of them twice, leave the same memory."""
    memory = after(quizzes, before)
    again = [*today, *(one for one in today if chance.random() < 0.5)]
    chance.shuffle(again)
    ends = []
    for answers in (today, again):
        end = memory
        for number, right in answers:
            quiz, item = every(quizzes)[number]
            end = end.answered(quiz, item, FIRST + timedelta(days=91), right=right)
        ends.append(end)
    assert ends[0] == ends[1]


@settings(deadline=None)
@given(answers=ANSWERS, age=st.sampled_from(AGES), day=st.integers(0, 200))
def test_nothing_is_asked_before_it_is_due(quizzes, answers, age, day):
    """A round of what is due asks nothing else, at most eight, nothing for older people.

    It holds something whenever anything is due, and goes behind a button as any round does.
    """
    memory, today = after(quizzes, answers), FIRST + timedelta(days=day)
    for quiz in quizzes.values():
        due = memory.due(quiz, age, "kz", today)
        assert all(item.fits(age, "kz") for item in due)
        if not due:
            continue
        play = Play.repeating(quiz, due, age, "kz")
        assert 1 <= len(play.items) <= min(8, len(due))
        assert {item.id for item in play.items} <= {item.id for item in due}
        assert Round.read(play.round.written()) == play.round
        assert play.is_sound


def test_whatever_is_due_comes_sooner_or_later(quizzes):
    """Round after round of what is due, and nothing is due any more; the oldest come first."""
    items = every(quizzes)
    memory = after(quizzes, [(n % 5, n, False) for n in range(len(items))])
    today = FIRST + timedelta(days=30)
    for _ in range(len(items)):
        quiz, left = most_due(memory, quizzes, AGES[-1], "", today)
        if quiz is None:
            break
        due = memory.due(quiz, AGES[-1], "", today)
        days = [next(one.due for one in memory.seen if one in _of(memory, quiz, i)) for i in due]
        assert days == sorted(days)
        for item in Play.repeating(quiz, due, AGES[-1], "").items:
            memory = memory.answered(quiz, item, today, right=True)
        assert most_due(memory, quizzes, AGES[-1], "", today)[1] < left
    assert most_due(memory, quizzes, AGES[-1], "", today) == (None, 0)


def _of(memory, quiz, item):
    """The one record that an answer to this item would replace."""
    now = memory.answered(quiz, item, date(2040, 1, 1), right=False)
    return {*memory.seen} - {*now.seen}


def test_levels_go_from_new_to_learned(hiv):
    """A quiz is new, begun with its first item, and learned once every item is known well enough."""
    assert NEW.level(hiv, "kz") == "new"
    memory, today = NEW, FIRST
    fitting = [item for item in hiv.items if item.fits(AGES[-1], "kz")]
    for _ in range(KNOWN - 1):
        for item in fitting:
            memory = memory.answered(hiv, item, today, right=True)
            before = memory.level(hiv, "kz")
            assert before in ("begun", "learned")
        today += timedelta(days=WAITS[-1])
    assert memory.level(hiv, "kz") == "learned"
    forgot = memory.answered(hiv, fitting[-1], today, right=False)
    assert forgot.level(hiv, "kz") == "begun"


def test_what_is_for_older_people_is_not_missing(quizzes):
    """Who was never asked what is for older people has learned a quiz without it."""
    quiz = next(one for one in quizzes.values() if {12, 16} <= {item.age for item in one.items})
    memory, today = NEW, FIRST
    for _ in range(KNOWN - 1):
        for item in quiz.items:
            if item.age == AGES[0]:
                memory = memory.answered(quiz, item, today, right=True)
        today += timedelta(days=WAITS[-1])
    assert memory.level(quiz, "") == "learned"


def test_every_item_has_a_short_name_of_its_own(quizzes):
    """No two items of the shipped quizzes are taken for each other, and all fit into 2 kB."""
    memory = after(quizzes, [(0, n, False) for n in range(len(every(quizzes)))])
    assert len(memory.seen) == len(every(quizzes))
    assert len(memory.written()) <= 2048


@given(answers=ANSWERS)
def test_what_is_written_is_read_again(quizzes, answers):
    """A memory comes back as it was written."""
    memory = after(quizzes, answers)
    assert Memory.read(FIRST, 1, memory.written()) == memory


@given(written=st.binary(max_size=40))
def test_what_was_not_written_so_is_no_memory(written):
    """Any other bytes are a ValueError, or a memory that would be written in just these bytes."""
    try:
        memory = Memory.read(FIRST, 1, written)
    except ValueError:
        return
    assert memory.written() == written


def test_items_that_have_gone_are_let_go_of(quizzes, hiv):
    """Of an item that is in no quiz any more nothing is remembered, and the others stay."""
    kept = NEW.answered(hiv, hiv.items[0], FIRST, right=True)
    memory = Memory(FIRST, 1, (*kept.seen, Seen(999, 1, 2, FIRST)))
    assert memory.standing(quizzes.values()) == kept
