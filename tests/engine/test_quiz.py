"""Truths about playing: every quiz to its end in every language, in one message, with help on each."""

import random
from dataclasses import replace

import pytest

from bot.engine.events import Chosen, Commanded, Wrote
from bot.engine.replies import Show
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.engine.walking import LANGUAGES, NOW

PLAY = "play-quiz"
ALWAYS = {"talk", "others", "menu", "close"}


@pytest.fixture
def playing(world):
    return Engine(Stage(replace(world, draw=random.Random(11).randbytes)))


def offered(engine, session):
    """The options of the screen, but for the ways out."""
    labels = engine.stage.page(session, NOW).labels
    return [one.id for one in labels if one.id not in ALWAYS]


def tap(engine, session, option):
    turn = engine.step(session, Chosen(session.place, option, session.item), NOW)
    assert turn.session.place == PLAY
    return turn.session


def begun(engine, quiz, language="en", age="from_16", country="kz"):
    session = Session(PLAY, language, item=quiz, country=country, told=True)
    return tap(engine, session, age)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quiz_is_played_to_its_end(playing, language):
    """In every language, whatever is tapped: questions, answers, an end; ways out on each screen."""
    chance = random.Random(language)
    for quiz in playing.stage.world.content.quizzes.values():
        session, told = begun(playing, quiz.quiz, language), 0
        for _ in range(120):
            page, options = playing.stage.page(session, NOW), offered(playing, session)
            assert {one.id for one in page.labels} >= ALWAYS
            assert len(page.text) < 1_500
            assert "{" not in page.text
            if "anew" in options:
                break
            told += options == ["next"]
            session = tap(playing, session, chance.choice(options))
        assert options[-1] == "anew"
        assert told == quiz.asks


def test_what_is_offered_is_what_can_be_tapped(playing):
    """Each button of a question does something, and what is not offered does nothing."""
    for quiz in playing.stage.world.content.quizzes:
        session = begun(playing, quiz)
        options = offered(playing, session)
        for option in ("next", "missed", "anew", "begin", "from_14", "done", "6"):
            turn = playing.step(session, Chosen(PLAY, option, session.item), NOW)
            assert (turn.session == session) is (option not in options)
        assert all(tap(playing, session, one) != session for one in options)


def test_an_answer_is_explained_at_once(playing):
    """After an answer its explanation and source stand there, and the one way on is the next."""
    content = playing.stage.world.content
    session = begun(playing, "myths")
    session = tap(playing, session, "skip")
    text = playing.stage.page(session, NOW).text
    (item,) = (one for one in content.quizzes["myths"].items if one.text in text)
    assert item.why in text
    assert "Source: " in text
    assert offered(playing, session) == ["next"]


def test_words_and_numbers_answer_too(playing):
    """Typing the number or the words of an answer is tapping it."""
    session = begun(playing, "numbers")
    while "1" not in offered(playing, session):
        session = tap(playing, tap(playing, session, "skip"), "next")
    typed = playing.step(session, Wrote("2"), NOW).session
    label = playing.stage.page(session, NOW).labels[1]
    assert typed == tap(playing, session, label.id)
    assert playing.step(session, Wrote(label.also), NOW).session == typed


def test_age_is_asked_once_and_kept_nowhere_else(playing):
    """Who says her age is not asked again while she plays; away from sensitive screens it is gone."""
    first = Session(PLAY, "en", item="help", country="kz", told=True)
    assert offered(playing, first) == ["under_14", "from_14", "from_16"]
    other = replace(begun(playing, "help", age="from_14"), item="numbers")
    assert offered(playing, other) == ["begin"]
    home = playing.step(other, Commanded("start"), NOW).session
    assert "from_14" not in home.said


def test_nobody_is_asked_what_is_for_older_people(playing):
    """Who is too young for a quiz is led to the others, which are all for her."""
    content = playing.stage.world.content
    session = Session(PLAY, "en", item="consent", country="kz", told=True)
    turn = playing.step(session, Chosen(PLAY, "under_14", "consent"), NOW)
    assert turn.replies == (Show("play", "", "for_older"),)
    shown = offered(playing, turn.session)
    assert shown == [one.quiz for one in content.quizzes.values() if one.age == 12]


@pytest.mark.parametrize(
    ("words", "quiz", "language"),
    [
        ("quiz_what-now", "what-now", "en"),
        ("quiz_what-now_kk", "what-now", "kk"),
        ("quiz_help_uz_Cyrl", "help", "uz_Cyrl"),
        ("quiz_help_xx", "help", "en"),
    ],
)
def test_a_link_opens_a_quiz(playing, words, quiz, language):
    """A link on a poster opens the quiz at once, in the language it names if that is offered."""
    turn = playing.step(None, Commanded("start", words), NOW, "en")
    assert (turn.session.place, turn.session.item) == (PLAY, quiz)
    assert turn.session.language == language


@pytest.mark.parametrize("words", ["quiz_", "quiz_nothing", "quiz", "help", "quiz_help extra", "_"])
def test_other_links_open_the_start(playing, words):
    """Words behind `start` that are no quiz of ours lead to the start page, as ever."""
    turn = playing.step(None, Commanded("start", words), NOW, "en")
    assert turn.session.place == "start"


@pytest.mark.parametrize(
    "item", ["nothing", "help+zz", "help+aa+aa+aa+aa+aa", "", "help+xx+77+77+77+77"]
)
def test_what_newer_content_does_not_know_is_no_fault(playing, item):
    """A round of a quiz that has changed or gone shows a screen with ways on."""
    session = Session(PLAY, "en", item=item, country="kz", told=True)
    page = playing.stage.page(session, NOW)
    assert {one.id for one in page.labels} >= ALWAYS
    turn = playing.step(session, Chosen(PLAY, "next", item), NOW)
    assert turn.session is not None
