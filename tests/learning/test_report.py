"""Truths about what is published of answers: sums alone, small ones hidden, shares that are true."""

import csv
import io
from contextlib import redirect_stdout
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from bot.commands.learning import _write
from bot.counting.tally import Count, Kind
from bot.counting.weeks import Period
from bot.learning.play import RIGHT, SKIPPED, WRONG
from bot.learning.report import cells, plot, summed

NOW = datetime(2026, 4, 29, 12, tzinfo=UTC).timestamp()
PERIOD = Period.before(NOW, 12)
OUTCOMES = (RIGHT, WRONG, SKIPPED)
SVG = "{http://www.w3.org/2000/svg}"
numbers = st.integers(-30, 2_000)


def counted(row, numbers, week=PERIOD.first):
    """Counts of one question, right, wrong and skipped."""
    return [Count(week, row, name, one) for name, one in zip(OUTCOMES, numbers, strict=True)]


def report(quiz, *, answer=(0, 0, 0), before=(0, 0, 0), after=(0, 0, 0), week=PERIOD.first):
    row = f"{quiz.quiz}/{quiz.items[0].id}"
    counts = {
        Kind.ANSWER: counted(row, answer, week),
        Kind.BEFORE: counted(row, before, week),
        Kind.AFTER: counted(row, after, week),
    }
    return summed(counts, [quiz], PERIOD)


@given(st.tuples(numbers, numbers, numbers))
def test_small_sums_are_hidden_and_others_rounded(quizzes, answer):
    """A sum below the floor is not shown at all; any other one is, to the nearest ten."""
    lines = report(quizzes["consent"], answer=answer).lines
    assert bool(lines) is any(one >= PERIOD.floor for one in answer)
    for line in lines:
        for shown, one in zip((line.right, line.wrong, line.skipped), answer, strict=True):
            assert (shown is None) is (one < PERIOD.floor)
            assert shown is None or (shown % 10 == 0 and abs(shown - one) <= 5)


@given(st.integers(0, 2_000), st.integers(0, 2_000))
def test_a_share_is_true_whatever_is_hidden(quizzes, right, wrong):
    """The true share lies between the least and the most, but for what rounding to tens moves."""
    for line in report(quizzes["consent"], answer=(right, wrong, 0)).lines:
        if line.share is None:
            assert max(right, wrong) < PERIOD.floor
            continue
        truth, off = 100 * right / (right + wrong), 100 * 5 / (right + wrong) + 1
        assert line.share.least - off <= truth <= line.share.most + off
        known = right >= PERIOD.floor and wrong >= PERIOD.floor
        assert (line.share.least == line.share.most) is known


def test_other_weeks_take_no_part(quizzes):
    """What was counted before or after the weeks of the report is not in it."""
    for week in (PERIOD.first - 7, PERIOD.first + 7 * PERIOD.weeks):
        assert report(quizzes["consent"], answer=(900, 900, 900), week=week).lines == ()


def test_what_a_session_changed_needs_both_sides(quizzes):
    """A question asked before and after shows what changed; one asked once shows nothing of it."""
    (shift,) = report(quizzes["consent"], before=(30, 90, 0), after=(100, 40, 0)).shifts
    assert (str(shift.before), str(shift.after)) == ("25 %", "71 %")
    assert report(quizzes["consent"], before=(30, 90, 0)).shifts == ()


def test_the_hardest_question_stands_first(quizzes):
    """Of one quiz, what fewest answered right is what an author looks at first."""
    quiz = quizzes["consent"]
    rows = [f"{quiz.quiz}/{item.id}" for item in quiz.items[:3]]
    hard = dict(zip(rows, ((90, 30, 0), (30, 90, 0), (60, 60, 0)), strict=True))
    counts = [one for row, numbers in hard.items() for one in counted(row, numbers)]
    lines = summed({Kind.ANSWER: counts}, [quiz], PERIOD).lines
    assert [f"{one.quiz}/{one.item}" for one in lines] == [rows[1], rows[2], rows[0]]


def test_every_cell_is_begun(quizzes):
    """A report asks the store for each question three outcomes, so that none tells by absence."""
    asked = cells(quizzes.values())
    assert len(asked) == len({*asked}) == 3 * sum(len(one.items) for one in quizzes.values())


def test_the_table_and_the_page_say_the_same(quizzes):
    """Each share of the CSV stands on the page; questions nobody saw are only counted."""
    made = report(quizzes["consent"], answer=(40, 60, 0), before=(30, 90, 0), after=(100, 40, 0))
    with redirect_stdout(io.StringIO()) as out:
        _write(made)
    rows = [*csv.DictReader(io.StringIO(out.getvalue()))]
    assert [row["asked"] for row in rows] == ["answer", "before", "after"]
    words = " ".join(one.text or "" for one in ET.fromstring(plot(made)).iter(f"{SVG}text"))
    assert all(row["share of right"] in words for row in rows)
    assert made.hidden == len(quizzes["consent"].items) - 1
    assert f"{made.hidden} questions" in words


def test_a_page_without_answers_is_a_page(quizzes):
    """Before anybody has played there is a page, which says so."""
    made = summed({}, [*quizzes.values()], PERIOD)
    assert made.lines == ()
    assert "Too few answers" in plot(made)
