"""Truths about quizzes as they are written: what cannot be answered or is too long is named."""

from pathlib import Path

import pytest
import yaml

from bot.content.load import ContentProblems
from tests.content.kit import write

SOURCES = "sources:\n  who-2024: {by: WHO, title: A guide, date: '2024', confidence: high}\n"
QUIZ = """\
quiz: yes-no
number: 1
checked: 2026-11-01
title: A title
about: A line.
topic: help
age: 12
asks: 1
bands: [{from: 0, text: Well.}, {from: 50, text: Better.}]
items:
"""
GOOD = "fact: true"


def item(*lines, name="one", age=12):
    own = (
        f"id: {name}",
        f"age: {age}",
        "level: easy",
        "sources: [who-2024]",
        "text: So?",
        "why: So.",
    )
    return "  - " + "\n    ".join((*own, *lines)) + "\n"


@pytest.fixture
def told(found, tmp_path):
    """Say what is wrong with a quiz of these items."""

    def look(*items, quiz=QUIZ, name="yes-no"):
        write(tmp_path)
        for folder, file, text in (
            ("sources", "book.yaml", SOURCES),
            ("quizzes", f"{name}.yaml", quiz + "".join(items)),
        ):
            path = tmp_path / "content" / folder / file
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        try:
            return [one for one in found() if one.startswith("quizzes/")]
        except ContentProblems as problems:
            return str(problems).splitlines()

    return look


def test_a_sound_quiz_has_no_problem(told):
    """A statement, answers of which one or several are right, an order and a story are sound."""
    assert told(
        item("fact: false"),
        item("answers: [{text: A}, {text: B, right: true}]", name="two"),
        item(
            "answers: [{text: A, right: true}, {text: B, right: true}, {text: C}]",
            "several: true",
            name="three",
        ),
        item("order: [A, B, C]", name="four"),
        item(
            "story:",
            "  - {id: s, text: ., ways: [{text: a, goto: e}, {text: b, goto: f}]}",
            "  - {id: e, text: ., good: true}",
            "  - {id: f, text: ., good: false}",
            name="five",
        ),
    ) == []  # fmt: skip


STORY = "story: [{id: s, text: ., ways: ["


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "item 'one' asks 0 things (one of fact, answers, order, story)"),
        ((GOOD, "order: [A, B]"), "item 'one' asks 2 things (one of fact, answers, order, story)"),
        (("answers: [{text: A}, {text: B}]",),
         "0 answers are right (exactly one, or 'several: true')"),
        (("answers: [{text: A, right: true}, {text: B, right: true}]",),
         "2 answers are right (exactly one, or 'several: true')"),
        (("answers: [{text: A, right: true}, {text: B, right: true}]", "several: true"),
         "several answers are right, and one at least is not"),
        (("answers: [{text: A, right: true}]",), "one is no choice (give two at least)"),
        (("answers: [{text: A, right: true}, {text: a}]",), "two of these are the same"),
        (("order: [A, a]",), "two of these are the same"),
        ((STORY + "{text: a, goto: x}, {text: b, goto: e}]}, {id: e, text: ., good: true}]",),
         "'x' is no scene below this one (a story only goes on, never back)"),
        ((STORY + "{text: a, goto: s}, {text: b, goto: e}]}, {id: e, text: ., good: true}]",),
         "'s' is no scene below this one (a story only goes on, never back)"),
        ((STORY + "{text: a, goto: e}]}, {id: e, text: ., good: true}]",),
         "one way is no choice (give two at least)"),
        ((STORY + "{text: a, goto: e}, {text: b, goto: e}]}, {id: e, text: ., good: true}]",),
         "a story ends well or could be better (give both kinds of ending)"),
        ((STORY + "{text: a, goto: e}, {text: b, goto: e}]}, {id: e, text: ., good: true}, "
          "{id: f, text: ., good: false}]",),
         "nothing leads to scene 'f'"),
        (("story: [{id: s, text: .}]",), "scene 's' has ways on or is an ending ('ways:' or 'good:')"),
        (("story: [{id: s, text: ., good: true}, {id: s, text: ., good: false}]",),
         "two scenes have the same id"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_named(told, lines, said):
    """Each item asks one thing, exactly the marked answers are right, each story can be told."""
    assert any(one.partition(": ")[2] == said for one in told(item(*lines)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("from: 0", "from: 10"), "bands rise from 0 (begin with 'from: 0' and go up)"),
        (("from: 50", "from: 0"), "bands rise from 0 (begin with 'from: 0' and go up)"),
        (("asks: 1", "asks: 2"),
         "who is 12 in kz has 1 items, and a round asks 2 (add items that fit, or ask fewer)"),
        (("\nage: 12", "\nage: 14"), "its youngest item is for 12 (write 'age: 12')"),
        (("title: A title", f"title: {'a' * 33}"), "in ru this has 33 characters, 32 fit"),
        (("about: A line.", f"about: {'a' * 201}"), "in ru this has 201 characters, 200 fit"),
        (("text: Better.", "text: You know what violence is."),
         "in en this tells the topic: 'violence' (it stands on a picture that people share)"),
        (("quiz: yes-no", "quiz: no-yes"), "this is quiz 'no-yes' (the file is called yes-no.yaml)"),
    ],
)  # fmt: skip
def test_a_quiz_that_does_not_fit_is_named(told, change, said):
    """Bands, ages, the number of items and the length of texts must fit."""
    assert any(
        one.partition(": ")[2] == said for one in told(item(GOOD), quiz=QUIZ.replace(*change))
    )


def test_a_source_that_is_not_there_is_named(told):
    """Every item names a source, and each of them stands in the files of sources."""
    strange = item(GOOD).replace("who-2024", "who-2025")
    assert any("there is no source 'who-2025'" in one for one in told(strange))
    assert any(
        "at least 1 is wanted" in one for one in told(item(GOOD).replace("[who-2024]", "[]"))
    )


def test_a_second_item_of_the_same_name_is_named(told):
    """Two items of one id would be one to a button."""
    assert any("item 'one' is here twice" in one for one in told(item(GOOD), item(GOOD)))


def test_each_shipped_quiz_has_a_file_of_its_name():
    """There are at least twelve quizzes, 120 items and eight stories."""
    files = sorted((Path(__file__).parents[2] / "content" / "quizzes").glob("*.yaml"))
    quizzes = [yaml.safe_load(one.read_text("utf-8")) for one in files]
    items = [one for quiz in quizzes for one in quiz["items"]]
    assert len(quizzes) >= 12
    assert len(items) >= 120
    assert sum("story" in one for one in items) >= 8
