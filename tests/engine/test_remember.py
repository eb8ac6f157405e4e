"""Truths about being remembered: only who says so, only at the quizzes, nothing shown anywhere else."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.engine import cover
from bot.engine.events import Chosen, Commanded, Located, Wrote
from bot.engine.recall import Recall
from bot.engine.replies import Show
from bot.engine.session import AND, Session
from bot.engine.stage import Stage
from bot.engine.step import Engine
from bot.learning.memory import Memory, Unlearn
from bot.learning.play import Play
from bot.learning.round import Round
from tests.engine.walking import LANGUAGES, NOW
from tests.learning.test_play import right_way

LIST = Session("play", "en", country="kz", told=True)
PLAY = "play-quiz"


@pytest.fixture
def playing(world):
    return Engine(Stage(replace(world, draw=random.Random(5).randbytes)))


class Player:
    """Somebody who plays: what is remembered of her is kept here, and the look-ups are counted."""

    def __init__(self, engine, session=LIST, memory=None):
        self.engine, self.session, self.now = engine, session, NOW
        self.memory: Any = memory
        self.asked = 0

    def remembered(self):
        self.asked += 1
        return self.memory

    def do(self, event):
        turn = self.engine.step(
            self.session, event, self.now, recall=Recall(self.remembered), language_code="en"
        )
        if turn.memory is not None:
            self.memory = None if turn.memory == Unlearn() else turn.memory
        # The next turn knows of a session what a row can hold.
        self.session = replace(turn.session, memory=None) if turn.session else None
        self.turn = turn
        return turn

    def tap(self, choice):
        return self.do(Chosen(self.session.place, choice, self.session.item))

    @property
    def page(self):
        return self.engine.stage.page(self.turn.reader, self.now)

    @property
    def options(self):
        return [one.id for one in self.page.labels]

    def play(self, quiz, *, right):
        """Play a round of `quiz` as it is offered now, answering all of it right, or leaving it wrong."""
        self.tap(quiz)
        return self.go_on(right=right)

    def go_on(self, *, right):
        if "from_16" in self.options:
            self.tap("from_16")
        elif "begin" in self.options:
            self.tap("begin")
        items = []
        while "anew" not in self.options:
            play = self._round()
            items.append(play.item.id)
            for option in right_way(play) if right else _wrong_way(play):
                self.tap(option)
            self.tap("next")
        self.tap("others")
        return items

    def _round(self):
        name, *words = self.session.item.split(AND)
        round_ = Round.read(tuple(words))
        assert round_ is not None
        return Play(self.engine.stage.world.content.quizzes[name], round_)


def _wrong_way(play):
    """Pick something that does not score; what cannot go wrong is skipped."""
    for option in play.options:
        there, way = play.pick(option), [option]
        while not there.round.told:
            way.append(there.options[-1])
            there = there.pick(there.options[-1])
        if not there.is_right:
            return way
    return ["skip"]


def test_nobody_is_remembered_unasked(playing):
    """Who plays and never says so leaves nothing but sums, round after round."""
    player = Player(playing)
    player.do(Commanded("start", "q3"))
    player.session = LIST
    player.play("hiv", right=True)
    assert not player.memory
    assert "remember" in player.options
    assert not {"repeat", "unremember"} & {*player.options}


def test_remembering_takes_two_steps(playing):
    """The button leads to the text alone; only the yes below it is kept, with day and version."""
    player = Player(playing)
    player.do(Chosen("play", "remember"))
    assert not player.memory
    assert player.turn.session.place == "remember"
    assert {"agree", "no", "talk", "close"} == {*player.options}
    player.tap("no")
    assert not player.memory
    player.do(Chosen("play", "remember"))
    player.tap("agree")
    assert player.memory == Memory(NOW.date(), 1)
    assert player.turn.replies == (Show("play", "", "remembered"),)
    assert {"unremember"} <= {*player.options}
    assert "remember" not in player.options


def test_saying_yes_twice_loses_nothing(playing):
    """An old button of the same screen leaves what was remembered meanwhile."""
    player = Player(playing, memory=Memory(NOW.date(), 1))
    player.do(Chosen("play", "hiv"))
    player.go_on(right=True)
    before = player.memory
    assert before.seen
    player.do(Chosen("remember", "agree"))
    assert player.memory == before


def test_what_was_played_comes_again_when_it_is_due(playing):
    """Of a round answered wrong all is due tomorrow, and only that is asked; then nothing is."""
    player = Player(playing, memory=Memory(NOW.date(), 1))
    player.do(Chosen("play", "hiv"))
    missed = player.go_on(right=False)
    assert "repeat" not in player.options
    assert "◐" in player.page.text
    player.now += timedelta(days=1)
    player.do(Commanded("start"))
    player.session = replace(LIST, item="")
    player.do(Wrote("quizzes"))
    due = len(player.memory.seen)
    assert f"Repeat what is due ({due})" in [one.text for one in player.page.labels]
    player.tap("repeat")
    assert f"Questions: {due}." in player.page.text
    assert {*player.go_on(right=True)} <= {*missed}
    assert "repeat" not in player.options
    assert all(one.box > 1 for one in player.memory.seen)


def test_a_quiz_is_learned_after_some_days(playing):
    """Answered right again and again when it is due, a quiz carries the sign of what is learned."""
    player = Player(playing, memory=Memory(NOW.date(), 1))
    for _ in range(60):
        player.session = LIST
        player.do(Chosen("play", "hiv"))
        player.go_on(right=True)
        player.now += timedelta(days=3)
        if "● " in next(one.text for one in player.page.labels if one.id == "hiv"):
            break
    else:
        raise AssertionError("it is never learned")
    assert player.now - NOW >= timedelta(days=6)


def test_a_group_is_not_remembered(playing):
    """What is answered before and after a session of a group is for its sums alone."""
    player = Player(playing, memory=Memory(NOW.date(), 1))
    for link in ("q1b", "q1a"):
        player.do(Commanded("start", link))
        player.tap("from_16")
        for _ in range(3):
            player.tap("skip" if "1" not in player.options else "1")
    assert player.memory.seen == ()


def test_forgetting_takes_a_confirmation(playing):
    """“Forget my progress” asks once; “no” keeps all, yes keeps nothing."""
    player = Player(playing, memory=Memory(NOW.date(), 1))
    player.do(Chosen("play", "unremember"))
    assert player.memory is not None
    player.tap("no")
    assert player.memory is not None
    player.do(Chosen("play", "unremember"))
    player.tap("forget")
    assert player.memory is None
    assert player.turn.memory == Unlearn()
    assert "remember" in player.options
    assert "unremember" not in player.options


EVENTS = (
    Commanded("start"),
    Commanded("help"),
    Wrote("hello"),
    Wrote("he beats me"),
    Chosen("hub", "talk"),
    Chosen("play", "hiv"),
    Chosen(PLAY, "begin", "hiv"),
    Chosen("nowhere", "x"),
    Located(43.2, 76.9),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_newcomer_and_a_player_look_alike(playing, language):
    """On a forgotten session, and behind a cover, nothing tells that somebody is remembered.

    Nothing is even looked up then, so that no delay tells it either.
    """
    memory = Memory(NOW.date(), 1)
    covered = replace(
        cover.closed(Session("quiz", language), playing.stage.world.content),
        cover=replace(cover.made("green apple tree", b"salt" * 4), confirmed=True),
    )
    for known in (None, covered):
        for event in EVENTS:
            asked: list[int] = []

            def remembered(asked=asked):
                asked.append(1)
                return memory

            turn = playing.step(known, event, NOW, language, recall=Recall(remembered))
            assert turn == playing.step(known, event, NOW, language)
            assert not asked


def test_the_rest_of_the_conversation_knows_nothing(playing):
    """Away from the quizzes a session holds no memory, and its screens are those of everybody."""
    memory = Memory(NOW.date(), 1)
    for event in (
        Chosen("play", "menu"),
        Chosen("play", "talk"),
        Commanded("start"),
        Wrote("stop"),
    ):
        turn = playing.step(LIST, event, NOW, recall=Recall(lambda: memory))
        assert turn.reader.memory is None
        assert turn == playing.step(LIST, event, NOW)


def test_it_is_looked_up_at_the_quizzes_alone(playing):
    """A turn elsewhere looks nothing up; one that comes to the quizzes, or stands there, does."""
    for event, where, looked in (
        (Chosen("hub", "talk"), replace(LIST, place="hub"), False),
        (Wrote("quizzes"), replace(LIST, place="hub"), True),
        (Commanded("start", "q1"), replace(LIST, place="hub"), True),
        (Chosen("play", "hiv"), LIST, True),
        (Chosen("play", "hiv"), replace(LIST, place="hub"), True),
    ):
        player = Player(playing, where)
        player.do(event)
        assert bool(player.asked) is looked, event


def test_a_round_of_nothing_is_a_list(playing):
    """A button to repeat what is not due any more, or not for her age, leads to all quizzes."""
    for memory in (None, Memory(NOW.date(), 1)):
        player = Player(playing, replace(LIST, place=PLAY, item="hiv+due"), memory)
        option = "from_16" if _asks(player) else "begin"
        player.tap(option)
        assert player.turn.replies == (Show("play", "", "nothing_due"),)


def _asks(player):
    player.do(Wrote("zzz"))
    return "from_16" in player.options


def test_answers_to_what_has_gone_are_let_go_of(playing):
    """With the next answer whatever is in no quiz any more is forgotten."""
    quiz = playing.stage.world.content.quizzes["hiv"]
    gone = quiz.model_copy(update={"number": 998})
    old = Memory(NOW.date(), 1).answered(gone, quiz.items[0], NOW.date(), right=True)
    player = Player(playing, memory=old)
    player.do(Chosen("play", "hiv"))
    player.go_on(right=True)
    assert {one.quiz for one in player.memory.seen} == {quiz.number}
