"""Campaigns as authors write them: a message to readers of news, ready to be chosen and approved."""

from typing import Literal

from bot.content.model.base import Frozen, Id, Text
from bot.content.model.quizzes import QuizId


class Template(Frozen):
    """A campaign that can be sent: one file under `content/campaigns/`, named after its id.

    Attributes:
        about: what it is for, for who chooses it.
        topic: who asked for news of it gets it, an id of `content/topics.yaml`.
        text: what is read; it may hold markup.
        button: what the one button says.
        opens: what the button leads to: a quiz, or the wishing tree.
        quiz: which quiz it opens.
    """

    campaign: Id
    title: Text
    about: Text
    topic: Id
    text: Text
    button: Text
    opens: Literal["quiz", "tree"]
    quiz: QuizId | None = None
