"""Quizzes as authors write them: items with an answer that is explained, and stories that branch."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from bot.content.model.base import Country, Frozen, Id, Text
from bot.content.model.library import LAW_LIFE

Age = Literal[12, 14, 16]
"""The youngest age an item is for; who is younger is never asked it."""

Topic = Literal[
    "numbers",
    "relationships",
    "consent",
    "body",
    "hiv",
    "equality",
    "online",
    "marriage",
    "rights",
    "help",
    "bystander",
    "men",
    "stories",
]
Level = Literal["easy", "middle", "hard"]

MOST_ASKED: Final = 8
"""Items of one round: what is played in five minutes, and what a button has room to remember."""
MOST_ANSWERS: Final = 6
"""Answers of an item, steps of an order and ways of a scene."""
MOST_SCENES: Final = 16
"""Scenes of a story."""

QuizId = Annotated[Id, StringConstraints(max_length=16)]
"""The id of a quiz: so short that it fits into a link with what else a link says."""


class Answer(Frozen):
    """One answer that can be picked, and whether it is right."""

    text: Text
    right: bool = False


class Way(Frozen):
    """One thing that can be done in a scene, and the scene it leads to."""

    text: Text
    goto: Id


class Scene(Frozen):
    """A scene of a story: it has ways on, or it is an ending, which is `good` or could be better."""

    id: Id
    text: Text
    ways: Annotated[tuple[Way, ...], Field(max_length=MOST_ANSWERS)] = ()
    good: bool | None = None


class Item(Frozen):
    """One question of a quiz.

    Exactly one of `fact`, `answers`, `order` and `story` says what is asked: whether a statement
    is a fact or a myth, which answer is right (all that are, with `several`), in which order steps
    come, or what one would do. `why` explains the answer in two lines, whatever was answered.

    Attributes:
        country: the country it is about; who has chosen another one is not asked it.
        sources: ids of `content/sources/`.
    """

    id: Id
    age: Age
    level: Level
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]
    text: Text
    why: Text
    country: Country | None = None
    fact: bool | None = None
    answers: Annotated[tuple[Answer, ...], Field(max_length=MOST_ANSWERS)] = ()
    several: bool = False
    order: Annotated[tuple[Text, ...], Field(max_length=MOST_ANSWERS)] = ()
    story: Annotated[tuple[Scene, ...], Field(max_length=MOST_SCENES)] = ()

    def fits(self, age: Age, country: str) -> bool:
        """Tell whether it may be asked: in this band of age, and in a country or in none ("")."""
        return self.age <= age and (not country or self.country in (None, country))


class Band(Frozen):
    """What is said to who had at least `from` percent of the answers right."""

    from_: Annotated[int, Field(alias="from", ge=0, le=100)]
    text: Text


class Quiz(Frozen):
    """A quiz: one file under `content/quizzes/`, named after its id.

    Attributes:
        number: what a link calls it: neutral, and never given to another quiz.
        checked: the day its items were compared with their sources; what they tell of one country
            is asked for `LAW_LIFE` from then.
        asks: how many of its items a round has; they are drawn so that levels stay balanced.
        bands: from the lowest share of right answers up; the first is from 0.
        passes: the share of right answers, in percent, with which it is passed. A quiz that can be
            passed is the test of a course: no list names it and no link opens it.
    """

    quiz: QuizId
    number: Annotated[int, Field(ge=1, le=999)]
    checked: date
    title: Text
    about: Text
    topic: Topic
    age: Age
    asks: Annotated[int, Field(ge=1, le=MOST_ASKED)]
    passes: Annotated[int, Field(ge=1, le=100)] | None = None
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    items: Annotated[tuple[Item, ...], Field(min_length=1)]

    @property
    def is_test(self) -> bool:
        """Tell whether it is the test of a course, not a quiz for everybody."""
        return self.passes is not None

    @property
    def good_until(self) -> date:
        """The last day on which items about one country may be asked: laws change almost yearly."""
        return self.checked + LAW_LIFE

    def standing(self, today: date) -> "Quiz":
        """Give the quiz as it may be played: without items of one country once they are old."""
        if today <= self.good_until or all(item.country is None for item in self.items):
            return self
        kept = tuple(item for item in self.items if item.country is None)
        return self.model_copy(update={"items": kept})
