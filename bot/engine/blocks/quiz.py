"""`quiz`: one quiz, played in one message."""

from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.content.model import MOST_ANSWERS, Age, Item, Quiz
from bot.counting.tally import Kind, Tally
from bot.engine.blocks.base import Drawing, NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.quiz_age import WORDS as AGES_SAID
from bot.engine.blocks.quiz_age import age_said, asks_age, oldest, saying_age
from bot.engine.blocks.quiz_picture import drawing
from bot.engine.blocks.quiz_screens import (
    ANEW,
    BEGIN,
    MISSED,
    NEXT,
    PICTURE,
    SKIP,
    TREE,
    end,
    front,
    question,
    told,
)
from bot.engine.blocks.wishing_tree import tree_node
from bot.engine.replies import Picture
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Say
from bot.learning.answers import DONE, FACT, MYTH
from bot.learning.memory import Memory
from bot.learning.play import Play
from bot.learning.round import AGES, Round
from bot.learning.spelling import every_word

_MOVES: Final = {SKIP: Play.skip, MISSED: Play.again}
GROUP: Final = (Kind.BEFORE, Kind.AFTER)
"""What stands behind the name of a quiz that a group is asked before and after its session."""
DUE: Final = "due"
"""What stands there when a player who is remembered repeats what is due of it."""
_GONE: Final = Say("This quiz is not here any more. Here are others.")


class PlayQuiz(PlainBlock):
    """Play the quiz that the item names; `goto` is where others are.

    Of who is remembered each answer is noted, but for those of a group, which sees only sums.
    """

    spec: ClassVar[BlockSpec] = BlockSpec(
        "quiz", NoOptions, goto="required", opens=frozenset({"wishing_tree"}), remembers=True
    )
    fleeting: ClassVar[bool] = True
    tests: ClassVar[bool] = False
    """Whether it plays the tests of courses, or all other quizzes."""

    words: ClassVar[tuple[str, ...]] = (
        *(BEGIN, SKIP, NEXT, MISSED, ANEW, PICTURE, TREE, FACT, MYTH, DONE),
        *map(str, range(1, MOST_ANSWERS + 1)),
        *AGES_SAID,
        *GROUP,
        DUE,
        *every_word(),
    )

    def view(self, look: Look) -> Part:
        """Say what the quiz is about, ask, explain or sum up."""
        quiz, kind, play = self.read(look)
        if quiz is None:
            return Part(((_GONE,),))
        if play is None:
            due = _due(look, quiz, oldest(look.session)) if _repeats(look) else ()
            return front(look, quiz, kind, len(due))
        if play.is_over:
            return end(look, play)
        if play.round.told:
            return told(look, play)
        return question(play)

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Begin, answer, go on, or send the result; what is not offered now is no option."""
        quiz, kind, play = self.read(look)
        if quiz is None or option not in _offered(look, quiz, play):
            return None
        if option == PICTURE:
            return Outcome(look.session, (Picture(look.node.id, look.session.item),))
        if option == TREE:
            return Outcome(replace(look.session, place=tree_node(look), item=""))
        if play is None or option == ANEW:
            told_age = replace(look, session=saying_age(look.session, option))
            return _begun(told_age, quiz, kind, play)
        return _played(look, play, option)

    def picture(self, look: Look) -> Drawing | None:
        """Draw how a round that is over has gone; in a group nobody's result is told apart."""
        _, kind, play = self.read(look)
        if play is None or not play.is_over or kind in GROUP:
            return None
        return drawing(look, play)

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


def _begun(look: Look, quiz: Quiz, kind: Kind, before: Play | None) -> Outcome:
    """Begin a round, of the whole quiz or of what is due; a younger player is shown other quizzes."""
    session, standing = look.session, quiz.standing(look.now.date())
    age = before.round.age if before else age_said(session) or AGES[0]
    elsewhere = replace(session, place=look.onward, item="")
    if age < quiz.age:
        return Outcome(elsewhere, lead="for_older")
    due = _due(look, quiz, age) if _repeats(look) else ()
    if _repeats(look) and not due:
        return Outcome(elsewhere, lead="nothing_due")
    if due:
        play = Play.repeating(standing, due, age, session.country)
    else:
        play = Play.begun(standing, age, session.country, look.world.draw(1), kind)
    return Outcome(replace(session, item=item_of(play)))


def _repeats(look: Look) -> bool:
    return look.session.item.endswith(AND + DUE)


def _due(look: Look, quiz: Quiz, age: Age) -> tuple[Item, ...]:
    """Name what is due of a quiz for who is remembered."""
    session, today = look.session, look.now.date()
    if session.memory is None:
        return ()
    return session.memory.due(quiz.standing(today), age, session.country, today)


def _played(look: Look, play: Play, option: str) -> Outcome:
    """Take an answer, or go on; where nothing is explained, an answer goes on by itself."""
    memory = None
    if option != NEXT:
        play = _MOVES[option](play) if option in _MOVES else play.pick(option)
        memory = _learned(look, play) if option != SKIP else None
    tallies: tuple[Tally, ...] = ()
    if option == NEXT or (play.round.told and not play.explains):
        tallies = (play.tally,) if play.tally else ()
        play = play.go_on()
    session = replace(look.session, item=item_of(play), memory=memory or look.session.memory)
    return Outcome(session, tallies=tallies, memory=memory)


def _learned(look: Look, play: Play) -> Memory | None:
    """Note the answer just given, if she is remembered; None where nothing is to be noted."""
    memory = look.session.memory
    if memory is None or not play.round.told or play.kind in GROUP or play.quiz.is_test:
        return None
    now = memory.answered(play.quiz, play.item, look.now.date(), right=play.is_right)
    now = now.standing(look.world.content.quizzes.values())
    return None if now == memory else now


def _offered(look: Look, quiz: Quiz, play: Play | None) -> tuple[str, ...]:
    """Name what stands on the screen, without building it."""
    if play is None:
        return AGES_SAID if asks_age(look, quiz) else (BEGIN,)
    if play.is_over:
        return _after(look, play)
    return (NEXT,) if play.round.told else (*play.options, SKIP)


def _after(look: Look, play: Play) -> tuple[str, ...]:
    """Name what a round that is over offers; before a session, nothing but the ways out."""
    if play.kind is Kind.BEFORE:
        return ()
    tree = (TREE,) if tree_node(look) else ()
    if play.kind is Kind.AFTER:
        return tree
    again = (*((MISSED,) if play.round.missed else ()), ANEW)
    return again if play.quiz.is_test else (*again, PICTURE, *tree)


def item_of(play: Play) -> str:
    """Write down what the screen of a round is about."""
    group = (play.kind,) if play.kind in GROUP else ()
    return AND.join((play.quiz.quiz, *group, *play.round.written()))
