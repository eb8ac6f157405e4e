"""Truths about posters as they are written: what may not hang there is named by its line."""

from dataclasses import replace

import pytest

from bot.content.load import ContentProblems, load
from bot.content.model import Outreach
from tests.content.kit import BLOCKS, write
from tests.content.test_quizzes import GOOD, QUIZ, SOURCES, item

POSTER = """\
poster: door
number: 1
kind: poster
wording: neutral
opens: quiz
quiz: yes-no
title: Who cooks?
lines:
  - A short quiz.
invitation: Point a camera here.
"""
STRIP = """\
poster: tabs
number: 2
kind: strip
wording: open
opens: home
title: Stop violence
lines:
  - Numbers to call.
invitation: Tear a piece off.
tab: Useful numbers
"""
FIGURE = (
    "in ru this holds a figure, and paper is never brought up to date "
    "(leave it out: the code opens what is true today)"
)
PLACES = """\
places:
  school: xk
  bus: nf
"""


@pytest.fixture
def told(found, tmp_path, terms):
    """Say what is wrong with posters, by the names of their files."""

    def look(given=terms, **files):
        write(tmp_path)
        whole = {"door": POSTER, "tabs": STRIP, "places": PLACES} | files
        texts = {("sources", "book"): SOURCES, ("quizzes", "yes-no"): QUIZ + item(GOOD)}
        texts |= {("outreach", name): text for name, text in whole.items() if text}
        for (folder, name), text in texts.items():
            path = tmp_path / "content" / folder / f"{name}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        try:
            said = found(given)
        except ContentProblems as problems:
            said = [one.removeprefix("content/") for one in str(problems).splitlines()]
        return [one.removeprefix("outreach/") for one in said if one.startswith("outreach/")]

    return look


def test_sound_posters_are_read(told, tmp_path):
    """Posters stand in the order of their numbers, and each kind of place has its code."""
    later = POSTER.replace("number: 1", "number: 7")
    assert told(door=later) == []
    read = load(tmp_path / "content", BLOCKS).outreach
    assert [*read.posters] == ["tabs", "door"]
    assert dict(read.places) == {"school": "xk", "bus": "nf"}


def test_content_without_posters_is_sound(tmp_path):
    """Where there is no such folder nothing is printed, and nothing is wrong."""
    assert load(write(tmp_path), BLOCKS).outreach == Outreach()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("number: 1", "number: 2", "tabs.yaml:2:9: 2 is the number of poster 'door' (take another)"),
        ("poster: door", "poster: gate",
         "door.yaml:1:9: this is poster 'gate' (the file is called door.yaml)"),
        ("quiz: yes-no", "quiz: yes-on",
         "door.yaml:6:7: there is no quiz 'yes-on' (did you mean 'yes-no'?)"),
        ("quiz: yes-no\n", "",
         "door.yaml:5:8: it opens a quiz and does not say which (add 'quiz:')"),
        ("opens: quiz", "opens: tree",
         "door.yaml:6:7: it opens 'tree' and names a quiz (write 'opens: quiz')"),
        ("kind: poster", "kind: strip",
         "door.yaml:3:7: nothing says what stands on a tab (add 'tab:')"),
        ("opens: quiz", "opens: law",
         "door.yaml:5:8: 'law' is not known here (known: home, quiz, tree)"),
        ("Who cooks?", "Stop violence",
         "door.yaml:7:8: in ru this tells the topic: 'violence' (say it plainly)"),
        ("A short quiz.", "No shelter needed.",
         "door.yaml:9:5: in ru this tells the topic: 'shelter' (say it plainly)"),
        ("Point a camera here.", "Call 102.",
         f"door.yaml:10:13: {FIGURE}"),
        ("A short quiz.", "A <b>short</b> quiz.",
         "door.yaml:9:5: no markup can stand here: <b> (write plain words)"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_poster_is_named_by_its_line(told, old, new, said):
    """Numbers that clash, links to nowhere, neutral words that are none, figures, markup."""
    assert POSTER.count(old) == 1
    assert said in told(door=POSTER.replace(old, new))


def test_an_open_sheet_may_say_it_and_its_tab_may_not(told):
    """Who tears a piece off carries it in a pocket: it is neutral, whatever the sheet says."""
    assert told() == []
    said = told(tabs=STRIP.replace("Useful numbers", "Against violence"))
    assert "tabs.yaml:10:6: in ru this tells the topic: 'violence' (say it plainly)" in said


def test_only_a_strip_has_tabs(told):
    """A tab on a sheet that is not torn is a slip."""
    said = told(tabs=STRIP.replace("kind: strip", "kind: poster"))
    assert said == ["tabs.yaml:10:6: only a strip has tabs (write 'kind: strip', or take it out)"]


def test_a_translation_is_looked_at_too(told, terms):
    """Words that are neutral in English and not in another language are named."""
    given = {"Who cooks?": "Кто спасёт от насилия?", "A short quiz.": "Всего 5 минут."}
    translating = replace(
        terms, translate=lambda language, text: given.get(text, text) if language == "ru" else text
    )
    said = told(translating)
    assert "door.yaml:7:8: in ru this tells the topic: 'насилия' (say it plainly)" in said
    assert f"door.yaml:9:5: {FIGURE}" in said


def test_a_neutral_sheet_opens_a_quiz_of_a_neutral_name(told, terms):
    """The title of the quiz is the first thing that a scan shows."""
    title = next(line for line in QUIZ.splitlines() if line.startswith("title:")).split(": ")[1]
    loud = replace(terms, translate=lambda _, text: "Насилие" if text == title else text)
    said = (
        "door.yaml:6:7: in ru the title of this quiz tells the topic: 'насилие' (take another quiz)"
    )
    assert said in told(loud)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PLACES.replace("nf", "xk"), "places.yaml:3:8: 'xk' is the code of 'school' (take another)"),
        (PLACES.replace("nf", "bus"),
         "places.yaml:3:8: 'bus' is no code of a place (two small letters that mean nothing)"),
        ("", "places.yaml:1:1: posters hang nowhere (name the kinds of places here)"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_places_is_named(told, text, said):
    """Codes that clash or say something, and posters that hang nowhere."""
    assert said in told(places=text)


def test_shipped_posters_cover_both_kinds_in_both_wordings(world):
    """There is something to hang everywhere: open and neutral, whole sheets and tabs, each opening."""
    posters = world.content.outreach.posters.values()
    assert {(one.kind, one.wording) for one in posters} == {
        *(("poster", "open"), ("poster", "neutral"), ("strip", "open"), ("strip", "neutral"))
    }
    assert {one.opens for one in posters} == {"home", "quiz", "tree"}
