"""What is known of a person while she talks: a handful of words, none of them hers."""

from dataclasses import dataclass, replace

from bot.campaigns.board import Board
from bot.campaigns.subscription import Subscription
from bot.learning.memory import Memory
from bot.staff.roles import Act
from bot.staff.standing import NOBODY, Standing

AND = "+"
"""Joins the words of an `item` that is about more than one thing; no id holds it."""


@dataclass(frozen=True, slots=True)
class Cover:
    """A shared phone: the bot looks like a quiz until her own phrase is typed.

    Attributes:
        salt: random bytes that make the same phrase look different for everybody.
        digest: a slow hash of the folded phrase and the salt; the phrase itself is kept nowhere.
            Empty while she has not chosen one.
        confirmed: whether she typed the phrase a second time, which puts the cover up.
    """

    salt: bytes
    digest: bytes
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """Where a conversation stands. Nothing in it was typed by the person.

    Attributes:
        place: the id of the node on her screen.
        item: what that node is about (a line, a service, a page of a list), or empty.
        language: the language she reads, once chosen or guessed for the first screen.
        country: the country she chose, or empty; never inferred.
        after: the node she was on her way to when something had to be asked first, or empty.
        told: whether she has seen what this bot keeps and cannot hide.
        town: the place she named or chose, or empty; never inferred.
        said: what she answered to our own questions, as flags of ours in alphabetical order;
            it lives only while she stands on sensitive screens, as `town` does.
        idle: after how many minutes without a tap the chat clears itself; 0 for the usual.
        heard: what her own words were taken for, as labels of ours; it lives in memory while she
            stands at its answer, for minutes, and is never stored.
        memory: what a player asked to be remembered, while she stands at the quizzes and nowhere
            else; stored in a row of its own, which each doing there looks up anew.
        subscription: what she asked for if she gets news, while she stands at the news; looked up
            as `memory` is.
        board: the campaigns she may see who works with the bot, while she stands there; looked up
            as `memory` is, and never stored.
        standing: how she stands to the team; looked up anew at each doing that needs it, and
            never stored.
        cover: how the bot hides on a shared phone, if it does; stored in a row of its own.
    """

    place: str
    language: str
    item: str = ""
    country: str = ""
    after: str = ""
    told: bool = False
    town: str = ""
    said: tuple[str, ...] = ()
    idle: int = 0
    heard: tuple[str, ...] = ()
    memory: Memory | None = None
    subscription: Subscription | None = None
    board: Board | None = None
    standing: Standing = NOBODY
    cover: Cover | None = None

    @property
    def leads(self) -> bool:
        """Tell whether she may lead sessions and live quizzes."""
        return self.standing.may(Act.LEAD)

    def saying(self, flag: str, *, holds: bool = True) -> "Session":
        """Return the session in which `flag` was said, or taken back."""
        said = {*self.said, flag} if holds else {*self.said} - {flag}
        return replace(self, said=tuple(sorted(said)))
