"""Whether every plan is for those it says, and fits on the screens."""

from collections.abc import Iterator
from typing import Final

from bot.content.checks.limits import LOCK_SCREEN, too_long
from bot.content.checks.quizzes import TITLE
from bot.content.checks.terms import Terms
from bot.content.faults import Fault
from bot.content.model import Content, Plan
from bot.content.problem import Problem
from bot.content.tree import Place

ABOUT: Final = 200
GOAL: Final = 100
STEP_TITLE: Final = 48
STEP: Final = 600
"""Characters of a text for who leads: it is read with one eye, while a group waits."""


def check_sessions(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield wrong ages, ids that clash, and texts that are too long or tell the topic."""
    for plan in content.sessions.values():
        for place, what, hint in (
            *_age(plan, content),
            *_list(plan, content),
            *_words(plan, terms),
        ):
            yield content.origin.at("session", plan.session, *place, what=what, hint=hint)


def _age(plan: Plan, content: Content) -> Iterator[Fault]:
    """A group is asked in the ages of the quiz: who is too young for it could not answer."""
    quiz = content.quizzes.get(plan.quiz)
    if quiz is not None and plan.age < quiz.age:
        yield ("age",), f"quiz '{quiz.quiz}' is from {quiz.age}", f"write 'age: {quiz.age}'"


def _list(plan: Plan, content: Content) -> Iterator[Fault]:
    """A plan called as another button of its list would never be opened by its own."""
    for node in content.nodes.values():
        if node.block == "sessions" and plan.session in {choice.id for choice in node.choices}:
            what = f"the list of sessions, '{node.id}', has a choice '{plan.session}' already"
            yield ("session",), what, "give the session, and its file, another id"


def _words(plan: Plan, terms: Terms) -> Iterator[Fault]:
    yield from too_long(texts(plan), terms)
    for language in terms.languages:
        if word := terms.lexicon.tells(terms.said(language, plan.title)[:LOCK_SCREEN]):
            yield ("title",), f"in {language} the title tells the topic: '{word}'", ""


def texts(plan: Plan) -> Iterator[tuple[Place, str, int]]:
    """Give every text of a plan: where it stands, what it is, and how many characters fit."""
    yield ("title",), plan.title, TITLE
    yield ("about",), plan.about, ABOUT
    for at, goal in enumerate(plan.goals):
        yield ("goals", at), goal, GOAL
    for at, step in enumerate(plan.steps):
        yield ("steps", at, "title"), step.title, STEP_TITLE
        yield ("steps", at, "text"), step.text, STEP
        if step.notes:
            yield ("steps", at, "notes"), step.notes, STEP
