"""Truths about the box for questions: what is passed on, and what never is."""

from dataclasses import replace

import pytest

from bot.engine.blocks.question_box import LONGEST, MOST
from bot.engine.events import Commanded, Strayed, Wrote
from bot.engine.replies import Leave, PassOn, Show
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.engine.walking import NOW

QUESTION = "From which age may a person marry in our country?"


@pytest.fixture(scope="module")
def asking(world):
    return Engine(Stage(replace(world, team=-1_007_000_000_001)))


def box(engine, **known):
    return Session("question-box", "en", told=True, **known)


def wrote(engine, text, session=None, *, plain=True):
    return engine.step(session or box(engine), Wrote(text, plain=plain), NOW)


def test_a_question_is_passed_on(asking):
    """It is copied and removed by the channel; nothing that is kept or shown holds a word of it."""
    turn = wrote(asking, QUESTION)
    assert turn.replies == (PassOn(), Show("question-box", "1", "passed_on"))
    assert QUESTION not in repr(turn)


def test_what_the_bot_keeps_is_said_before_the_first_question(asking):
    """Who comes by the link for the first time reads what is kept, then stands at the box (R15)."""
    start = asking.begin("en")
    turn = asking.step(start, Commanded("start", "b_kk"), NOW)
    assert (turn.session.place, turn.session.after) == ("about", "question-box")
    assert turn.session.language == "kk"
    assert PassOn() not in wrote(asking, QUESTION, turn.session).replies


@pytest.mark.parametrize(
    "text",
    [
        "my husband beats me",
        "муж меня бьёт",
        "күйеуім мені ұрады",
        "I do not want to live any more",
    ],
)
def test_who_tells_of_harm_is_answered_and_nothing_is_passed_on(asking, text):
    """Numbers come instead; what was told goes to nobody."""
    turn = wrote(asking, text)
    assert PassOn() not in turn.replies
    assert asking.stage.world.content.nodes[turn.session.place].block in ("heard", "ask_gently")


@pytest.mark.parametrize("plain", [False, True])
def test_words_behind_a_slash_are_words(asking, plain):
    """What is no command is passed on only if it is known to be words alone; a link never is."""
    asked = Commanded("q", "is this normal, or not?", plain=plain)
    turn = asking.step(box(asking), asked, NOW)
    assert (PassOn() in turn.replies) is plain
    assert turn.conceal
    turn = asking.step(box(asking), Commanded("q", "is t.me/page true?", plain=plain), NOW)
    assert PassOn() not in turn.replies


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("I want to talk", "talk"),
        ("хочу поговорить с кем-то", "talk"),
        ("бишкек", "place"),
        ("Bishkek", "place"),
        ("please delete my data now", "forget"),
        ("удали мои данные пожалуйста", "forget"),
        ("help me please", "numbers"),
        ("tirek please", "numbers"),
        ("call 112", "danger-line"),
        ("call the police please", "danger"),
        ("вызовите полицию пожалуйста", "danger"),
        ("politsiya chaqiring iltimos", "danger"),
        ("менин маалыматымды өчүр сураныч", "forget"),
    ],
)
def test_a_short_call_is_answered_and_not_passed_on(asking, text, place):
    """In a few words somebody asks this bot, in any language: the screen comes, the team gets none."""
    turn = wrote(asking, text, box(asking, country="kg"))
    assert PassOn() not in turn.replies
    assert turn.session.place == place


@pytest.mark.parametrize("text", ["выход срочно", "quick close"])
def test_a_short_call_for_the_exit_leaves(asking, text):
    """The word that clears the chat may stand behind another one."""
    assert wrote(asking, text).replies == (Leave(),)


@pytest.mark.parametrize("text", ["emergency", "stp", "what now", "нима бу", "???"])
def test_fewer_than_three_words_are_no_question(asking, text):
    """They may be anything: they are removed, and a whole question is asked for."""
    turn = wrote(asking, text)
    assert turn.replies == (Show("question-box", "", "question_short"),)
    assert turn.conceal


@pytest.mark.parametrize(
    "text",
    [
        "How to leave home?",
        "Is the law fair?",
        "Как понять, что это любовь?",
        "Это нормально ревновать?",
        "Сүйүү деген эмне өзү?",
        "Махаббат деген не өзі?",
        "Qizlar o‘qishi kerakmi?",
        "Муҳаббат худаш чист?",
    ],
)
def test_a_short_question_is_passed_on(asking, text):
    """Three words are enough, and a word that leads somewhere does not make a call of them."""
    assert PassOn() in wrote(asking, text, box(asking, country="kg")).replies


@pytest.mark.parametrize(
    "text",
    [
        "Ask @somebody about the tests?",
        "Is https://example.org/page true?",
        "Is t.me/channel true?",
        "Will you call me: +996 (555) 12-34-56?",
        "Q" * (LONGEST + 1),
    ],
)
def test_what_leads_to_somebody_is_not_passed_on(asking, text):
    """No account, link or phone number goes to the team, and nothing too long."""
    turn = wrote(asking, text)
    assert PassOn() not in turn.replies
    assert turn.conceal


def test_a_message_with_more_than_words_is_not_passed_on(asking):
    """Words under a picture, or with a marked name or link, are asked for again; so is a voice."""
    turn = wrote(asking, QUESTION, plain=False)
    assert turn.replies == (Show("question-box", "", "only_words"),)
    assert turn.conceal
    strayed = asking.step(box(asking), Strayed(wordless=True), NOW)
    assert strayed.replies == (Show("question-box", "", "wordless"),)


def test_so_many_questions_and_no_more(asking):
    """After three questions nothing is passed on any more while she stands there; all is removed."""
    session, passed = box(asking), 0
    for _ in range(MOST + 2):
        turn = wrote(asking, QUESTION, session)
        assert turn.conceal
        passed, session = passed + (PassOn() in turn.replies), turn.session
    assert passed == MOST


def test_a_town_in_a_question_is_part_of_the_question(asking):
    """Nothing is guessed in more than a few words for somebody else: no town, no line, no option."""
    for country in ("", "kg"):
        turn = wrote(asking, "Where in Osh is a free test?", box(asking, country=country))
        assert PassOn() in turn.replies


def test_the_way_out_is_no_question(asking):
    """Words that leave still leave, and buttons can still be typed."""
    assert PassOn() not in wrote(asking, "stop he is coming").replies
    assert wrote(asking, "Menu").session.place != "question-box"
    assert PassOn() not in wrote(asking, "102").replies


def test_without_a_team_nothing_is_passed_on(engine):
    """Then the screen says that paper is used, and typed words are taken as anywhere else."""
    assert PassOn() not in wrote(engine, QUESTION).replies
    assert "paper" in engine.stage.page(box(engine), NOW).text


def test_nowhere_else_words_are_passed_on(asking):
    """At every other screen typed words go to nobody."""
    for node in asking.stage.world.content.nodes.values():
        if node.id != "question-box" and not node.leaves and not node.cover:
            session = Session(node.id, "en", country="kg", told=True, town="kg-osh")
            assert PassOn() not in wrote(asking, QUESTION, session).replies
