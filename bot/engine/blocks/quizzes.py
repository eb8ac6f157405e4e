"""`quizzes`: a list of quizzes to choose from, and what a player who is remembered may repeat."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar, Final

from bot.content.blocks import BlockSpec
from bot.content.model import Quiz
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.quiz import DUE
from bot.engine.blocks.quiz_age import age_said, oldest
from bot.engine.blocks.titles import with_age
from bot.engine.screen import Option
from bot.engine.session import AND
from bot.engine.world import Look
from bot.language.say import Say
from bot.learning.memory import Progress, most_due

REPEAT: Final = "repeat"
_SIGNS: Final[dict[Progress, str]] = {"new": "", "begun": "◐ ", "learned": "● "}
"""What stands before a quiz that somebody has begun; never that anything is missing."""
_LEGEND: Final = Say("◐ begun, ● learned")


class Quizzes(PlainBlock):
    """Offer every quiz that is for her age, as far as it is known; go on to `goto` with it.

    Who is remembered sees how far she is, and may repeat what is due: nothing reminds her of it.
    """

    spec: ClassVar[BlockSpec] = BlockSpec(
        "quizzes", NoOptions, goto="required", remembers=True, playful=True
    )
    words: ClassVar[tuple[str, ...]] = (REPEAT,)

    def view(self, look: Look) -> Part:
        """List them, with the age they are for, below what is due."""
        _, due = _due(look)
        repeat = ((Option(REPEAT, Say("Repeat what is due ({n})", {"n": due})),),) if due else ()
        options = [(one, _sign(look, one)) for one in _offered(look)]
        legend = ((_LEGEND,),) if any(sign for _, sign in options) else ()
        return Part(legend, (*repeat, *((_option(*one),) for one in options)))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go to the first screen of one, or of the one of which most is due."""
        there = replace(look.session, place=look.onward)
        if option == REPEAT:
            fullest, _ = _due(look)
            return Outcome(replace(there, item=AND.join((fullest.quiz, DUE)))) if fullest else None
        if option not in {one.quiz for one in _offered(look)}:
            return None
        return Outcome(replace(there, item=option))


def _due(look: Look) -> tuple[Quiz | None, int]:
    session, quizzes = look.session, look.world.content.quizzes
    if session.memory is None:
        return None, 0
    today = look.now.date()
    return most_due(session.memory, quizzes, oldest(session), session.country, today)


def _offered(look: Look) -> Iterable[Quiz]:
    age = age_said(look.session)
    return [one for one in look.world.content.played.values() if age is None or one.age <= age]


def _sign(look: Look, quiz: Quiz) -> str:
    """Show how far she is with a quiz, if she is remembered."""
    memory = look.session.memory
    if memory is None:
        return ""
    return _SIGNS[memory.level(quiz.standing(look.now.date()), look.session.country)]


def _option(quiz: Quiz, sign: str) -> Option:
    label = with_age(quiz.title, quiz.age)
    return Option(
        quiz.quiz, Say("{sign}{label}", {"sign": sign, "label": label}) if sign else label
    )
