"""`quiz`: one quiz, played in one message."""

from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.content.model import MOST_ANSWERS, Quiz
from bot.counting.tally import Kind, Tally
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.quiz_age import WORDS as AGES_SAID
from bot.engine.blocks.quiz_age import age_said, asks_age, saying_age
from bot.engine.blocks.quiz_screens import (
    ANEW,
    BEGIN,
    MISSED,
    NEXT,
    SKIP,
    end,
    front,
    question,
    told,
)
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Say
from bot.learning.answers import DONE, FACT, MYTH
from bot.learning.play import Play
from bot.learning.round import AGES, Round, every_word

_MOVES: Final = {SKIP: Play.skip, MISSED: Play.again}
GROUP: Final = (Kind.BEFORE, Kind.AFTER)
"""What stands behind the name of a quiz that a group is asked before and after its session."""
_GONE: Final = Say("This quiz is not here any more. Here are others.")


class PlayQuiz(PlainBlock):
    """Play the quiz that the item names; `goto` is where others are."""

    spec: ClassVar[BlockSpec] = BlockSpec("quiz", NoOptions, goto="required")
    fleeting: ClassVar[bool] = True
    tests: ClassVar[bool] = False
    """Whether it plays the tests of courses, or all other quizzes."""

    words: ClassVar[tuple[str, ...]] = (
        *(BEGIN, SKIP, NEXT, MISSED, ANEW, FACT, MYTH, DONE),
        *map(str, range(1, MOST_ANSWERS + 1)),
        *AGES_SAID,
        *GROUP,
        *every_word(),
    )

    def view(self, look: Look) -> Part:
        """Say what the quiz is about, ask, explain or sum up."""
        quiz, kind, play = self.read(look)
        if quiz is None:
            return Part(((_GONE,),))
        if play is None:
            return front(look, quiz, kind)
        if play.is_over:
            return end(play)
        if play.round.told:
            return told(look, play)
        return question(play)

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Begin, answer, or go on; what is not offered now is no option."""
        quiz, kind, play = self.read(look)
        if quiz is None or option not in _offered(look, quiz, play):
            return None
        session = saying_age(look.session, option)
        if play is None or option == ANEW:
            age = play.round.age if play else age_said(session) or AGES[0]
            if age < quiz.age:
                there = replace(session, place=look.node.goto or look.node.id, item="")
                return Outcome(there, lead="for_older")
            standing = quiz.standing(look.now.date())
            play = Play.begun(standing, age, session.country, look.world.draw(1), kind)
            return Outcome(replace(session, item=item_of(play)))
        tallies: tuple[Tally, ...] = ()
        play = play if option == NEXT else _answered(play, option)
        if option == NEXT or (play.round.told and not play.explains):
            tallies = (play.tally,) if play.tally else ()
            play = play.go_on()
        return Outcome(replace(session, item=item_of(play)), tallies=tallies)

    def read(self, look: Look) -> tuple[Quiz | None, Kind, Play | None]:
        """Read the quiz and the round out of the item; what does not fit any more is not there."""
        name, *words = look.session.item.split(AND)
        kind = Kind(words.pop(0)) if words and words[0] in GROUP else Kind.ANSWER
        quiz = look.world.content.quizzes.get(name)
        if quiz is not None and quiz.is_test != self.tests:
            quiz = None
        round_ = Round.read(tuple(words))
        if quiz is None or round_ is None:
            return quiz, kind, None
        said, play = age_said(look.session), Play(quiz.standing(look.now.date()), round_, kind)
        is_hers = said is None or said >= round_.age  # else somebody older left the button
        return quiz, kind, play if is_hers and play.is_sound else None


def _answered(play: Play, option: str) -> Play:
    return _MOVES[option](play) if option in _MOVES else play.pick(option)


def _offered(look: Look, quiz: Quiz, play: Play | None) -> tuple[str, ...]:
    """Name what stands on the screen, without building it."""
    if play is None:
        return AGES_SAID if asks_age(look, quiz) else (BEGIN,)
    if play.is_over and play.kind in GROUP:
        return ()
    if play.is_over:
        return (MISSED, ANEW) if play.round.missed else (ANEW,)
    return (NEXT,) if play.round.told else (*play.options, SKIP)


def item_of(play: Play) -> str:
    """Write down what the screen of a round is about."""
    group = (play.kind,) if play.kind in GROUP else ()
    return AND.join((play.quiz.quiz, *group, *play.round.written()))
