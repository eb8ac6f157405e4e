"""Truths about leading a live quiz: who may, what can be chosen, what a choice orders."""

from dataclasses import replace

import pytest

from bot.engine.events import Chosen, Commanded, Wrote
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from bot.engine.world import Club
from bot.learning.live.orders import Begin, Hurry, Stop
from bot.staff.standing import NOBODY
from bot.store.rows import session_from, words_of
from tests.betrayal import lexicon
from tests.engine.walking import LANGUAGES, LEADER, NOW

OSH, AKTAU = Club(-1_001, "Youth club, Osh"), Club(-1_002, "Aktau & friends")
PLACE = "play-live"
MENU = Session("hub", "en")


def engine_of(world, *clubs):
    return Engine(Stage(replace(world, clubs=clubs, lexicon=lexicon())))


@pytest.fixture
def leading(world):
    return engine_of(world, OSH, AKTAU)


def tapped(engine, item, option, *, standing=LEADER, language="en"):
    return engine.step(
        Session("hub", language), Chosen(PLACE, option, item), NOW, standing=standing
    )


def page(engine, turn):
    return engine.stage.page(turn.reader, NOW)


def labels(engine, turn):
    return [one.text for one in page(engine, turn).labels]


def item(*words):
    return "+".join(words)


@pytest.mark.parametrize("event", [Commanded("live"), Wrote("play in a group")])
def test_who_may_not_lead_reads_how_to_become_one(leading, event):
    """Everybody reaches the screen; it names no group and offers nothing to those who may not lead."""
    turn = leading.step(MENU, event, NOW)
    shown = page(leading, turn)
    assert "Ask the organisation that runs this bot" in shown.text
    assert OSH.name not in shown.text
    assert turn.order is None
    assert {one.id for one in shown.labels} == {"alone", "talk", "menu", "close"}


def test_a_leader_chooses_group_quiz_and_time_then_begins(leading):
    """Four taps lead to an order that holds everything a game needs."""
    turn = leading.step(MENU, Commanded("live"), NOW, standing=LEADER)
    assert labels(leading, turn)[:2] == [OSH.name, "Aktau &amp; friends"]
    for option in (OSH.code, "help", "30"):
        turn = tapped(leading, turn.reader.item, option)
        assert turn.order is None
    turn = tapped(leading, turn.reader.item, "start-game")
    order = turn.order
    assert isinstance(order, Begin)
    assert (order.chat_id, order.language, order.quiz, order.seconds) == (-1_001, "en", "help", 30)
    assert len(order.items) == leading.stage.world.content.quizzes["help"].asks
    assert labels(leading, turn)[:2] == ["Next question now", "Stop the game"]


def test_the_only_group_need_not_be_chosen(world):
    """With one group the first screen asks for the quiz; without any it says so."""
    one, none = engine_of(world, OSH), engine_of(world)
    turn = one.step(MENU, Commanded("live"), NOW, standing=LEADER)
    assert "Which quiz?" in page(one, turn).text
    turn = none.step(MENU, Commanded("live"), NOW, standing=LEADER)
    assert "No group is open for games yet" in page(none, turn).text


@pytest.mark.parametrize(
    ("option", "order"), [("next-question", Hurry(-1_002)), ("stop-game", Stop(-1_002))]
)
def test_a_game_that_goes_on_is_hurried_and_stopped(leading, option, order):
    """Both buttons order it for the group of their screen."""
    assert tapped(leading, item(AKTAU.code, "running"), option).order == order


CHOICES = [
    (item(OSH.code, "help", "30"), "start-game"),
    (item(OSH.code, "running"), "next-question"),
    (item(OSH.code, "running"), "stop-game"),
    ("", OSH.code),
    (OSH.code, "help"),
]


@pytest.mark.parametrize(("about", "option"), CHOICES)
def test_authority_is_asked_at_the_very_act(leading, about, option):
    """Who led a moment ago and may no more orders nothing and gets no further, with any button."""
    assert tapped(leading, about, option).reader.item != about or option == "next-question"
    turn = tapped(leading, about, option, standing=NOBODY)
    assert turn.order is None
    assert OSH.name not in page(leading, turn).text


@pytest.mark.parametrize(
    ("about", "option"),
    [
        (item("-1999", "help", "30"), "start-game"),
        (item(OSH.code, "nothing", "30"), "start-game"),
        (item(OSH.code, "help", "7"), "start-game"),
        (item(OSH.code, "help"), "start-game"),
        ("", "start-game"),
        (item(OSH.code, "stories", "30"), "start-game"),
        (item(OSH.code, "help", "30"), "stop-game"),
    ],
)
def test_what_is_not_offered_orders_nothing(leading, about, option):
    """A group, quiz or time that is not there, and a button of another screen, order nothing."""
    assert tapped(leading, about, option).order is None


def test_whether_she_leads_is_stored_nowhere(leading):
    """What is kept of her session knows nothing of it, and the next doing asks anew."""
    turn = leading.step(MENU, Commanded("live"), NOW, standing=LEADER)
    assert turn.session is not None
    assert turn.session.leads
    kept = session_from(words_of(turn.session), "en", "", told=False)
    assert not kept.leads
    assert not leading.step(turn.session, Commanded("menu"), NOW).reader.leads


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_telling_is_asked_in_a_group(leading, language):
    """Of every quiz, in every language, question, answers and explanation are neutral there."""
    world, words = leading.stage.world, lexicon()
    begun = 0
    for quiz in world.content.quizzes.values():
        about = item(OSH.code, quiz.quiz, "20")
        order = tapped(leading, about, "start-game", language=language).order
        if order is None:
            continue
        begun += 1
        assert isinstance(order, Begin)
        for one in (each for each in quiz.items if each.id in order.items):
            told = (one.text, one.why, *(answer.text for answer in one.answers))
            assert not [text for text in told if words.tells(world.words.text(language, text))]
    assert begun >= 10
