"""Peer sessions as authors write them: what a volunteer does with a group, step by step."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from bot.content.model.base import Frozen, Id, Text
from bot.content.model.quizzes import Age, QuizId

StepKind = Literal[
    "opening",
    "test-before",
    "ice-breaker",
    "card",
    "myths",
    "scenario",
    "help",
    "test-after",
    "questions",
    "closing",
]
"""What a step is for."""

MOST_STEPS: Final = 12
"""Steps of a session: more nobody leads from a phone."""
MOST_MINUTES: Final = 90
"""Minutes of a session: a lesson and a half."""


class Step(Frozen):
    """One step of a session.

    Attributes:
        minutes: how long it takes.
        text: what to do.
        notes: what only who leads needs to know.
        sources: ids of `content/sources/`, where it states facts.
    """

    kind: StepKind
    minutes: Annotated[int, Field(ge=1, le=30)]
    title: Text
    text: Text
    notes: Text | None = None
    sources: tuple[Id, ...] = ()


class Plan(Frozen):
    """The plan of a session: one file under `content/sessions/`, named after its id.

    Attributes:
        number: what a link calls it: neutral, and never given to another plan.
        checked: the day its steps were compared with their sources.
        age: the youngest age it is for.
        minutes: how long all steps take together.
        quiz: what the group is asked before and after.
    """

    session: QuizId
    number: Annotated[int, Field(ge=1, le=999)]
    checked: date
    title: Text
    about: Text
    age: Age
    minutes: Annotated[int, Field(ge=1, le=MOST_MINUTES)]
    goals: Annotated[tuple[Text, ...], Field(min_length=1, max_length=5)]
    quiz: QuizId
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=MOST_STEPS)]
