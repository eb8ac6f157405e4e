"""Truths about plans of sessions as they are written: what could not be led is named."""

import pytest

from bot.content.load import ContentProblems
from tests.content.kit import write
from tests.content.test_quizzes import GOOD, QUIZ, SOURCES, item

PLAN = """\
session: tea
number: 1
checked: 2026-11-01
title: A title
about: A line.
age: 12
minutes: 6
goals: [Know.]
quiz: yes-no
steps:
  - {kind: opening, minutes: 1, title: A, text: Do.}
  - {kind: test-before, minutes: 1, title: B, text: Do.}
  - {kind: help, minutes: 1, title: C, text: Do., sources: [who-2024]}
  - {kind: test-after, minutes: 1, title: D, text: Do., notes: Note.}
  - {kind: questions, minutes: 1, title: E, text: Do.}
  - {kind: closing, minutes: 1, title: F, text: Do.}
"""


@pytest.fixture
def told(found, tmp_path):
    """Say what is wrong with a plan, or with several, by the names of their files."""

    def look(**plans):
        write(tmp_path)
        files = {("sources", "book"): SOURCES, ("quizzes", "yes-no"): QUIZ + item(GOOD)}
        files |= {("sessions", name): text for name, text in plans.items()}
        for (folder, name), text in files.items():
            path = tmp_path / "content" / folder / f"{name}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        try:
            return [one for one in found() if one.startswith("sessions/")]
        except ContentProblems as problems:
            return str(problems).splitlines()

    return look


def test_a_sound_plan_has_no_problem(told):
    """A plan with its quiz, its sources and all its minutes is sound."""
    assert told(tea=PLAN) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes: 6", "minutes: 7", "7:10: the steps take 6 minutes (write 'minutes: 6')"),
        ("quiz: yes-no", "quiz: yes-on", "there is no quiz 'yes-on' (did you mean 'yes-no'?)"),
        ("[who-2024]", "[who-2025]", "there is no source 'who-2025' (did you mean 'who-2024'?)"),
        (", sources: [who-2024]", "", "a step of kind 'help' states facts (add 'sources:')"),
        ("kind: opening", "kind: scenario",
         "a session begins with 'opening' and ends with 'closing'"),
        ("kind: test-after", "kind: scenario",
         "a session has once and in this order: test-before, help, test-after, questions"),
        ("kind: help", "kind: halp", "'halp' is not known here"),
        ("session: tea", "session: cup", "this is session 'cup' (the file is called tea.yaml)"),
        ("text: Do., notes", "text: , notes", "a text is wanted here"),
    ],
)  # fmt: skip
def test_what_could_not_be_led_is_named(told, old, new, said):
    """Each fault is told in plain words, with its file, line and column."""
    (problem, *_) = told(tea=PLAN.replace(old, new, 1))
    assert said in problem
    assert problem.removeprefix("content/").startswith("sessions/tea.yaml:")


def test_a_number_belongs_to_one_plan(told):
    """Two plans of one number would share a link."""
    (problem,) = told(tea=PLAN, cup=PLAN.replace("session: tea", "session: cup"))
    assert "1 is the number of session 'cup'" in problem


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: A title", f"title: {'A' * 33}", "in en this has 33 characters, 32 fit"),
        ("text: Do.", f"text: {'A' * 601}", "in en this has 601 characters, 600 fit"),
    ],
)
def test_what_does_not_fit_a_screen_is_named(told, old, new, said):
    """A title stands in a list, and a text is read with one eye."""
    assert any(said in one for one in told(tea=PLAN.replace(old, new, 1)))
