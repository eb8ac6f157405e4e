"""`quizzes`: a list of quizzes to choose from."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from bot.content.blocks import BlockSpec
from bot.content.model import Quiz
from bot.engine.blocks.base import NoOptions, Outcome, Part, PlainBlock
from bot.engine.blocks.quiz_age import age_said
from bot.engine.screen import Option
from bot.engine.world import Look
from bot.language.say import Say


class Quizzes(PlainBlock):
    """Offer every quiz that is for her age, as far as it is known; go on to `goto` with it."""

    spec: ClassVar[BlockSpec] = BlockSpec("quizzes", NoOptions, goto="required")

    def view(self, look: Look) -> Part:
        """List them, with the age they are for."""
        return Part(rows=tuple((_option(one),) for one in _offered(look)))

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Go to the first screen of one."""
        if option not in {one.quiz for one in _offered(look)}:
            return None
        return Outcome(replace(look.session, place=look.node.goto or look.node.id, item=option))


def _offered(look: Look) -> Iterable[Quiz]:
    age = age_said(look.session)
    return [one for one in look.world.content.played.values() if age is None or one.age <= age]


def _option(quiz: Quiz) -> Option:
    return Option(quiz.quiz, Say("{title} · {age}+", {"title": Say(quiz.title), "age": quiz.age}))
