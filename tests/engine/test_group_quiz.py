"""Truths about quizzes before and after a session of a group, and about what of answers is counted."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from bot.channels.terminal import unmarked
from bot.counting.tally import Kind, Tally
from bot.engine.events import Chosen, Commanded
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.engine.walking import LANGUAGES, NOW

WAYS_OUT = {"talk", "others", "menu", "close"}
GROUP = pytest.mark.parametrize("letter", ["b", "a"])


@pytest.fixture
def playing(world):
    return Engine(Stage(replace(world, draw=random.Random(12).randbytes)))


def number(engine, quiz):
    return engine.stage.world.content.quizzes[quiz].number


def opened(engine, link, language="en"):
    """The session of somebody who came by a link and has said how old she is, if it is asked."""
    start = Session(engine.stage.world.content.start, language, country="kz", told=True)
    turn = engine.step(start, Commanded("start", link), NOW)
    options = ways(engine, turn.session)
    first = next(one for one in ("begin", "from_16") if one in options)
    return tapped(engine, turn.session, first).session


def ways(engine, session):
    labels = engine.stage.page(session, NOW).labels
    return [one.id for one in labels if one.id not in WAYS_OUT]


def tapped(engine, session, option):
    return engine.step(session, Chosen(session.place, option, session.item), NOW)


def first(options):
    """Pick the first answer, and no second one."""
    return "done" if "done" in options else options[0]


def skip(options):
    return "skip" if "skip" in options else "next"


def played(engine, session, pick):
    """Every page of a round, and what was counted in it; `pick` chooses among the options."""
    pages: list[str] = []
    tallies: list[Tally] = []
    for _ in range(200):
        options = ways(engine, session)
        if not options or "tree" in options:
            return pages, tallies, session
        pages.append(unmarked(engine.stage.page(session, NOW).text))
        turn = tapped(engine, session, pick(options))
        session = turn.session
        tallies += turn.tallies
    raise AssertionError("the round does not end")


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_a_session_nothing_is_explained(playing, language):
    """The next question stands there at once, no answer is told, and at the end there is no score."""
    content, say = playing.stage.world.content, playing.stage.world.words
    for quiz in content.played.values():
        session = opened(playing, f"q{quiz.number}b_{language}")
        pages, _, session = played(playing, session, first)
        last = unmarked(playing.stage.page(session, NOW).text)
        assert ways(playing, session) == []
        for page in (*pages, last):
            assert not any(unmarked(say.text(language, one.why)) in page for one in quiz.items)
        assert not any(unmarked(say.text(language, one.text)) in last for one in quiz.bands)


def test_after_a_session_every_answer_is_explained(playing):
    """Every question asked is told the answer of, and the end sums up, with no other try."""
    for quiz in playing.stage.world.content.played.values():
        session = opened(playing, f"q{quiz.number}a")
        pages, tallies, session = played(playing, session, first)
        explained = sum(any(one.why in page for one in quiz.items) for page in pages)
        assert explained == len(tallies) == quiz.asks
        assert ways(playing, session) == ["tree"]


def test_both_times_everybody_is_asked_the_same(playing):
    """Whoever comes, before or after, gets the same questions in the same order."""
    for quiz in playing.stage.world.content.played:
        asked = set()
        for letter in "bbaa":
            session = opened(playing, f"q{number(playing, quiz)}{letter}")
            _, tallies, _ = played(playing, session, skip)
            asked.add(tuple(one.row for one in tallies))
        assert len(asked) == 1


@pytest.mark.parametrize(
    ("letter", "kind"), [("b", Kind.BEFORE), ("a", Kind.AFTER), ("", Kind.ANSWER)]
)
def test_each_question_is_counted_once(playing, letter, kind):
    """A round counts as many answers as it has questions, each under its own name."""
    chance = random.Random(3)
    for quiz in playing.stage.world.content.played.values():
        session = opened(playing, f"q{quiz.number}{letter}")
        _, tallies, _ = played(playing, session, chance.choice)
        rows = [one.row for one in tallies]
        assert len({*rows}) == len(rows) == quiz.asks
        assert {one.kind for one in tallies} == {kind}
        assert {*rows} <= {f"{quiz.quiz}/{item.id}" for item in quiz.items}


@GROUP
def test_what_is_counted_is_how_it_went(playing, letter):
    """Skipping counts as skipped; whoever answers is right or wrong as the file says."""
    content = playing.stage.world.content
    for quiz in content.played.values():
        link = f"q{quiz.number}{letter}"
        _, tallies, _ = played(playing, opened(playing, link), skip)
        assert Counter(one.column for one in tallies) == {"skipped": quiz.asks}
        facts = {f"{quiz.quiz}/{one.id}": one.fact for one in quiz.items if one.fact is not None}

        _, tallies, _ = played(playing, opened(playing, link), first)
        for one in tallies:
            if one.row in facts:
                assert one.column == ("right" if facts[one.row] else "wrong")


def test_what_is_tried_again_counts_no_more(playing):
    """The missed questions, asked once more, change no count."""
    session = opened(playing, f"q{number(playing, 'numbers')}")
    _, tallies, session = played(playing, session, first)
    assert 0 < sum(one.column == "right" for one in tallies) < len(tallies)
    session = tapped(playing, session, "missed").session
    pages, tallies, _ = played(playing, session, first)
    assert pages
    assert tallies == []
