"""Links that open the chat at a quiz, `?start=q7`, or at the wishing tree, `?start=t`.

Behind them may stand a language: `q7_kk`, `t_kk`. For a group, `q7b` asks before its session and
`q7a` after it.

They stand in histories and on posters, so they name a quiz by its number and tell no topic.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.counting.tally import Kind
from bot.engine.blocks.quiz import PlayQuiz
from bot.engine.blocks.wishing_tree import WishingTree
from bot.engine.session import AND
from bot.engine.world import World

_QUIZ: Final = re.compile(r"q(\d{1,3})([ab]?)(?:_(\w+))?", re.ASCII)
"""Telegram lets letters, digits, - and _ through behind `start`."""

_TREE: Final = re.compile(r"t(?:_(\w+))?", re.ASCII)

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
        """Look up where quizzes are played, their numbers, and where the tree is."""
        at = {node.block: node.id for node in world.content.nodes.values()}
        self._quiz, self._tree = at.get(PlayQuiz.spec.name), at.get(WishingTree.spec.name)
        self._quizzes = {one.number: one.quiz for one in world.content.quizzes.values()}
        self._languages = world.offered.languages

    def read(self, words: str) -> Linked | None:
        """Take the words behind `start` apart; None where they are no link of ours."""
        if (found := _TREE.fullmatch(words)) and self._tree is not None:
            return Linked(self._tree, "", self._offered(found[1]))
        found = _QUIZ.fullmatch(words)
        quiz = self._quizzes.get(int(found[1])) if found else None
        if self._quiz is None or not found or quiz is None:
            return None
        return Linked(self._quiz, AND.join((quiz, *_GROUP[found[2]])), self._offered(found[3]))

    def _offered(self, language: str | None) -> str:
        return language if language and language in self._languages else ""
