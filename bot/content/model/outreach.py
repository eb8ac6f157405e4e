"""Posters as authors write them, and the kinds of places where they hang."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.content.model.base import Frozen, Id, Text
from bot.content.model.quizzes import QuizId

PlaceCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""What a link calls a kind of place: letters that mean nothing."""


class Poster(Frozen):
    """One poster: a file under `content/outreach/`, named after its id.

    Attributes:
        number: what a link calls it, and what it was counted under: never given to another one.
        kind: a whole sheet, or one whose lower part is torn off tab by tab.
        wording: `neutral` where nobody may see what it is about, `open` where everybody may.
        opens: what its code opens; `quiz` says which quiz.
        lines: what is said below the title, a paragraph each.
        invitation: what stands beside the code.
        tab: what stands on each tab of a strip. Whoever tears it off carries it in a pocket, so it
            is neutral, whatever the wording of the sheet.
    """

    poster: Id
    number: Annotated[int, Field(ge=1, le=999)]
    kind: Literal["poster", "strip"]
    wording: Literal["open", "neutral"]
    opens: Literal["home", "quiz", "tree"]
    quiz: QuizId | None = None
    title: Text
    lines: Annotated[tuple[Text, ...], Field(min_length=1, max_length=6)]
    invitation: Text
    tab: Text | None = None


class PosterPlaces(Frozen):
    """`outreach/places.yaml`: the kinds of places where posters hang, each with its code."""

    places: Annotated[Mapping[Id, PlaceCode], Field(min_length=1)]


class Outreach(Frozen):
    """All posters, by their ids in the order of their numbers, and the kinds of places."""

    posters: Mapping[str, Poster] = Field(default_factory=dict)
    places: Mapping[str, str] = Field(default_factory=dict)
