"""Links that open the chat at a quiz: `?start=q7`, or in a language `q7_kk`.

For a group, `q7b` asks before its session and `q7a` after it.

They stand in histories and on posters, so they name a quiz by its number and tell no topic.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.counting.tally import Kind
from bot.engine.blocks.quiz import PlayQuiz
from bot.engine.session import AND
from bot.engine.world import World

_QUIZ: Final = re.compile(r"q(\d{1,3})([ab]?)(?:_(\w+))?", re.ASCII)
"""Telegram lets letters, digits, - and _ through behind `start`."""

_GROUP: Final = {"": (), "b": (Kind.BEFORE,), "a": (Kind.AFTER,)}


@dataclass(frozen=True, slots=True)
class Linked:
    """Where a link leads: a node, what it is about there, and the language, or "" for her own."""

    place: str
    item: str
    language: str


class Links:
    """The links of one world."""

    def __init__(self, world: World) -> None:
        """Look up where quizzes are played, and their numbers."""
        nodes = world.content.nodes.values()
        played = (node.id for node in nodes if node.block == PlayQuiz.spec.name)
        self._place = next(played, None)
        self._quizzes = {one.number: one.quiz for one in world.content.played.values()}
        self._languages = world.offered.languages

    def read(self, words: str) -> Linked | None:
        """Take the words behind `start` apart; None where they are no link of ours."""
        found = _QUIZ.fullmatch(words)
        quiz = self._quizzes.get(int(found[1])) if found else None
        if self._place is None or not found or quiz is None:
            return None
        language = found[3] if found[3] in self._languages else ""
        return Linked(self._place, AND.join((quiz, *_GROUP[found[2]])), language)
