"""Links that open the chat somewhere else than at the start.

`?start=q7` opens a quiz; for a group, `q7b` asks before its session and `q7a` after it. `s2` opens
the plan of a session, `b` the box for questions, `t` the wishing tree, and `n` the news. `p3xk` is
what the third poster opens, where one hangs in places of the code `xk`. Each may end in a language: `q7_kk`.
Behind all but a poster's the code of a campaign may follow, whose button was tapped: `q7-k3m9x2ab`.

They stand in histories and on posters, so they name things by their numbers and tell no topic.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.campaigns.response import tap
from bot.content.model import Poster
from bot.counting.tally import Kind, Tally
from bot.engine.blocks.news import News
from bot.engine.blocks.question_box import QuestionBox
from bot.engine.blocks.quiz import PlayQuiz
from bot.engine.blocks.session import LeadSession
from bot.engine.blocks.wishing_tree import WishingTree
from bot.engine.session import AND
from bot.engine.world import World
from bot.staff.invitation import CODE

_LINK: Final = re.compile(
    r"(?:q(?P<quiz>\d{1,3})(?P<group>[ab]?)|s(?P<plan>\d{1,3})|(?P<tree>t)|(?P<news>n)|b"
    r"|p(?P<poster>\d{1,3})(?P<hangs>[a-z]{2}))"
    r"(?:_(?P<language>\w+))?"
    rf"(?(poster)|(?:-(?P<campaign>{CODE}))?)",
    re.ASCII,
)
"""Telegram lets letters, digits, - and _ through behind `start`."""

_HOME: Final = ""
"""No block: the start, where a link without words leads as well."""

_GROUP: Final = {"": (), "b": (Kind.BEFORE,), "a": (Kind.AFTER,)}


@dataclass(frozen=True, slots=True)
class Linked:
    """Where a link leads: a node, what it is about there, and the language, or "" for her own.

    `counted` is what is counted of the poster or campaign it stands on, if it stands on one.
    """

    place: str
    item: str
    language: str
    counted: tuple[Tally, ...] = ()


def printed(poster: Poster, code: str, language: str) -> str:
    """Write the words behind `start` for a poster that hangs in places of this code."""
    return f"p{poster.number}{code}_{language}"


class Links:
    """The links of one world."""

    def __init__(self, world: World) -> None:
        """Look up where each kind of link leads, and the numbers."""
        nodes = world.content.nodes.values()
        self._places = {node.block: node.id for node in nodes if node.block}
        self._places[_HOME] = world.content.start
        self._quizzes = {one.number: one.quiz for one in world.content.played.values()}
        self._plans = {one.number: one.session for one in world.content.sessions.values()}
        outreach = world.content.outreach
        self._posters = {one.number: one for one in outreach.posters.values()}
        self._hangs = {code: place for place, code in outreach.places.items()}
        self._languages = world.offered.languages

    def read(self, words: str) -> Linked | None:
        """Take the words behind `start` apart; None where they are no link of ours."""
        found = _LINK.fullmatch(words)
        if found is None:
            return None
        poster = self._posters.get(int(found["poster"])) if found["poster"] else None
        if found["poster"] and poster is None:
            return None  # taken out of the content: what still hangs opens the start
        block, item = _opened(poster) if poster else self._meant(found)
        place = self._places.get(block)
        if place is None or item is None:
            return None
        language = found["language"] if found["language"] in self._languages else ""
        hangs = self._hangs.get(found["hangs"])
        counted = (Tally(Kind.SCAN, poster.poster, hangs),) if poster and hangs else ()
        if found["campaign"]:
            counted = (tap(found["campaign"]),)
        return Linked(place, item, language, counted)

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


def _opened(poster: Poster) -> tuple[str, str | None]:
    """Say the block that the link of a poster leads to, and what it is about there."""
    match poster.opens:
        case "home":
            return _HOME, ""
        case "tree":
            return WishingTree.spec.name, ""
        case "quiz":
            return PlayQuiz.spec.name, poster.quiz
