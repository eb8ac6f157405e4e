"""Whether a session can be led as it is planned: its quiz, its sources, its minutes, its steps."""

from collections.abc import Iterator
from typing import Final

from bot.content.draft import Draft
from bot.content.faults import Fault, unknown_sources
from bot.content.model import Plan
from bot.content.problem import Problem

_FIRST: Final = "opening"
_LAST: Final = "closing"
_ONCE: Final = ("test-before", "help", "test-after", "questions")
"""The kinds that every session has exactly once, in this order, between its first and last step."""
_STATES: Final = {"card", "myths", "help"}
"""The kinds that state facts, so that they name sources."""


def link_sessions(draft: Draft) -> Iterator[Problem]:
    """Yield everything that would leave who leads without a way on, or the group without help."""
    numbers: dict[int, str] = {}
    for plan in draft.sessions.values():
        if (other := numbers.setdefault(plan.number, plan.session)) != plan.session:
            what = f"{plan.number} is the number of session '{other}'"
            yield draft.origin.at("session", plan.session, "number", what=what, hint="take another")
        for place, what, hint in (*_whole(plan, draft), *_steps(plan, draft)):
            yield draft.origin.at("session", plan.session, *place, what=what, hint=hint)


def _whole(plan: Plan, draft: Draft) -> Iterator[Fault]:
    if plan.quiz not in draft.quizzes:
        yield ("quiz",), f"there is no quiz '{plan.quiz}'", draft.near(plan.quiz, draft.quizzes)
    if (sum_ := sum(step.minutes for step in plan.steps)) != plan.minutes:
        yield ("minutes",), f"the steps take {sum_} minutes", f"write 'minutes: {sum_}'"
    kinds = [step.kind for step in plan.steps]
    if kinds[0] != _FIRST or kinds[-1] != _LAST:
        yield ("steps",), f"a session begins with '{_FIRST}' and ends with '{_LAST}'", ""
    if tuple(kind for kind in kinds if kind in _ONCE) != _ONCE:
        yield ("steps",), f"a session has once and in this order: {', '.join(_ONCE)}", ""


def _steps(plan: Plan, draft: Draft) -> Iterator[Fault]:
    for at, step in enumerate(plan.steps):
        place = ("steps", at)
        yield from unknown_sources(step.sources, place, draft)
        if step.kind in _STATES and not step.sources:
            yield place, f"a step of kind '{step.kind}' states facts", "add 'sources:'"
