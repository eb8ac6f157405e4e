"""Truths about the quiz of towns: it can be played to the end, and only the right answer counts."""

import random
from dataclasses import replace

import pytest

from bot.engine.blocks.town_quiz import QUESTIONS, Question
from bot.engine.events import Chosen
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.engine.walking import LANGUAGES, NOW


@pytest.fixture
def playing(world):
    return Engine(Stage(replace(world, draw=random.Random(11).randbytes)))


def play(engine, language, choose):
    """Play a round, choosing with `choose` from question and options; give the last session."""
    session = engine.step(Session("quiz", language), Chosen("quiz", "begin"), NOW).session
    for _ in range(QUESTIONS):
        asked = Question.read(engine.stage.look(session, NOW))
        ids = [one.id for one in engine.stage.page(session, NOW).labels if one.id != "stop"]
        session = engine.step(
            session, Chosen("quiz-question", choose(asked, ids), session.item), NOW
        ).session
    return session


def right(asked, ids):
    (answer,) = (one for one in ids if asked.is_right(one))
    return answer


def wrong(asked, ids):
    return next(one for one in ids if not asked.is_right(one))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_round_is_counted(playing, language):
    """Ten right answers are ten, ten wrong ones none, in every language; one option is right."""
    for choose, points in ((right, QUESTIONS), (wrong, 0)):
        session = play(playing, language, choose)
        assert session.place == "quiz-score"
        text = playing.stage.page(session, NOW).text
        assert str(points) in text
        assert str(QUESTIONS) in text


def test_the_larger_town_is_clearly_larger(playing):
    """Of two towns that are compared one has at least twice the people of the other."""
    look = playing.stage.look(Session("quiz-question", "en"), NOW)
    chance = random.Random(2)
    for _ in range(300):
        asked = Question.drawn(look, chance.randbytes(16), number=2)
        assert asked.other is not None
        small, large = sorted((asked.town.population, asked.other.population))
        assert asked.answer.population == large >= 2 * small


def test_an_odd_item_is_a_question_all_the_same(playing):
    """Whatever stands in a button, a question is asked."""
    for item in ("", "x", "kz-almaty", "kz-almaty++99+0", "a+b+c+d+e", "++++"):
        page = playing.stage.page(Session("quiz-question", "uz", item), NOW)
        assert page.labels
