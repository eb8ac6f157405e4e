"""Links that open the chat somewhere else than at the start.

`?start=q7` opens a quiz; for a group, `q7b` asks before its session and `q7a` after it. `s2` opens
the plan of a session, `b` the box for questions, `t` the wishing tree, and `n` the news. Each may end in a language: `q7_kk`.

They stand in histories and on posters, so they name things by their numbers and tell no topic.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.counting.tally import Kind
from bot.engine.blocks.news import News
from bot.engine.blocks.question_box import QuestionBox
from bot.engine.blocks.quiz import PlayQuiz
from bot.engine.blocks.session import LeadSession
from bot.engine.blocks.wishing_tree import WishingTree
from bot.engine.session import AND
from bot.engine.world import World

_LINK: Final = re.compile(
    r"(?:q(?P<quiz>\d{1,3})(?P<group>[ab]?)|s(?P<plan>\d{1,3})|(?P<tree>t)|(?P<news>n)|b)"
    r"(?:_(?P<language>\w+))?",
    re.ASCII,
)
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
        """Look up where each kind of link leads, and the numbers."""
        self._places = {node.block: node.id for node in world.content.nodes.values() if node.block}
        self._quizzes = {one.number: one.quiz for one in world.content.played.values()}
        self._plans = {one.number: one.session for one in world.content.sessions.values()}
        self._languages = world.offered.languages

    def read(self, words: str) -> Linked | None:
        """Take the words behind `start` apart; None where they are no link of ours."""
        found = _LINK.fullmatch(words)
        block, item = self._meant(found) if found else ("", None)
        place = self._places.get(block)
        if found is None or place is None or item is None:
            return None
        language = found["language"] if found["language"] in self._languages else ""
        return Linked(place, item, language)

    def _meant(self, found: re.Match[str]) -> tuple[str, str | None]:
        """Say the block that a link leads to, and what it is about there; None if that is gone."""
        if found["quiz"]:
            quiz = self._quizzes.get(int(found["quiz"]))
            item = AND.join((quiz, *_GROUP[found["group"]])) if quiz else None
            return PlayQuiz.spec.name, item
        if found["plan"]:
            return LeadSession.spec.name, self._plans.get(int(found["plan"]))
        if found["news"]:
            return News.spec.name, ""
        return (WishingTree if found["tree"] else QuestionBox).spec.name, ""
