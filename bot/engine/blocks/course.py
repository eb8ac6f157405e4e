"""`invitation` and `course_test`: the way from a link to a role, as far as a screen can lead."""

from dataclasses import replace
from typing import ClassVar, Final

from pydantic import BaseModel, ConfigDict

from bot.content.blocks import BlockSpec
from bot.content.model import Id, Quiz
from bot.counting.tally import Kind
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.quiz import PlayQuiz
from bot.engine.blocks.team import ROLES
from bot.engine.pickup import list_of
from bot.engine.world import Look, World
from bot.language.say import Names, Say
from bot.learning.play import Play
from bot.staff.doings import Passed
from bot.understanding.normalise import loose_words

_OPEN: Final = Say(
    "Anyone may read this course. If you would like to work with us, ask the organisation that "
    "runs this bot for an invitation."
)
_INVITED: Final = Say(
    "You are invited as: {role}. Read the lessons, then take the test. The invitation ends a day "
    "after it was given."
)
_KEPT: Final = Say(
    "For this we keep a mark of your account that says nothing to others: for a day, and then as "
    "long as you work with us. “Delete my data” ends it at once."
)
_SERVES: Final = Say("You already work with us. This course stays open to you.")
_PASSED: Final = Say("You have passed the test. One step is left.")
_WORDS: Final = Say("Your three words: <b>{words}</b>")
_READ: Final = Say(
    "Read them to the person who confirms you, by voice or face to face. Do not send them in "
    "writing, and do not show them to anyone else."
)
_AGAIN: Final = Say(
    "The test is passed with {many} of {all} right. Read the lessons once more and try again; "
    "there is no limit."
)
_EVERY: Final = Say("Only a whole round counts for the invitation: tap “Once more”.")


class AnInvitation(PlainBlock):
    """Say what the course leads to for this person."""

    spec: ClassVar[BlockSpec] = BlockSpec("invitation", NoOptions)
    staffed: ClassVar[bool] = True

    def view(self, look: Look) -> Part:
        """Say whether she is invited, and what comes next."""
        standing = look.session.standing
        if standing.role is not None:
            return Part(((_SERVES,),))
        if standing.invited is None:
            return Part(((_OPEN,),))
        if standing.passed:
            return Part(_confirming(look))
        return Part(((Say(_INVITED.text, {"role": ROLES[standing.invited]}),), (_KEPT,)))


class TestOptions(BaseModel):
    """`quiz` is the test of the course."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    quiz: Id


class CourseTest(PlayQuiz):
    """Play the test that the node names; whoever was invited can pass it. Nothing is counted."""

    spec: ClassVar[BlockSpec] = BlockSpec("course_test", TestOptions, goto="required")
    staffed: ClassVar[bool] = True
    tests: ClassVar[bool] = True

    def view(self, look: Look) -> Part:
        """Show the test; at its end say what it means for the invitation."""
        part, (quiz, _, play) = super().view(look), self.read(look)
        if quiz is None or play is None or not play.is_over:
            return part
        return replace(part, paragraphs=(*part.paragraphs[:-1], *_result(look, quiz, play)))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Play on; with the last answer she may have passed."""
        outcome = super().choose(look, option)
        if outcome is None:
            return None
        after = replace(look, session=outcome.session)
        quiz, _, play = self.read(after)
        standing = look.session.standing
        waiting = standing.invited is not None and not standing.passed
        outcome = replace(outcome, tallies=())
        if not waiting or quiz is None or play is None or not _passes(quiz, play):
            return outcome
        session = replace(outcome.session, standing=replace(standing, passed=True))
        return replace(outcome, session=session, doing=Passed())

    def read(self, look: Look) -> tuple[Quiz | None, Kind, Play | None]:
        """Read the round; whoever comes here without one is at the front of the test."""
        if not look.session.item:
            test = TestOptions.model_validate(look.node.options)
            look = replace(look, session=replace(look.session, item=test.quiz))
        return super().read(look)


def _passes(quiz: Quiz, play: Play) -> bool:
    """Tell whether a whole round has ended with enough right answers; trying again is not one."""
    return play.is_over and play.is_whole and 100 * play.right >= (quiz.passes or 0) * quiz.asks


def _result(look: Look, quiz: Quiz, play: Play) -> tuple[tuple[Say, ...], ...]:
    standing = look.session.standing
    if standing.invited is None:
        return ((_OPEN,),) if standing.role is None else ()
    if standing.passed:
        return _confirming(look)
    if not play.is_whole:
        return ((_EVERY,),)
    many = -(-quiz.asks * (quiz.passes or 0) // 100)
    return ((Say(_AGAIN.text, {"many": many, "all": quiz.asks}),),)


def _confirming(look: Look) -> tuple[tuple[Say, ...], ...]:
    """Say the words by which a second person knows that it is she who has passed."""
    words = check_words(look.world, look.session.language, look.session.standing.check)
    return ((_PASSED,), (Say(_WORDS.text, {"words": words}),), (_READ,))


def check_words(world: World, language: str, check: bytes) -> Names:
    """Give the three words that `check` stands for, as a screen in `language` shows them."""
    drawn = " ".join(world.pickup.three(language, check))
    return Names({list_of(language, world.content.pickup): drawn})


def are_hers(world: World, heard: str, check: bytes) -> bool:
    """Tell whether `heard` are the words of `check`, whatever language they are shown in."""
    said = loose_words(heard)
    shown = (
        world.words.say(language, Say("{words}", {"words": check_words(world, language, check)}))
        for language in world.offered.languages
    )
    return bool(said) and any(said == loose_words(one) for one in shown)
