"""Everything a turn needs besides the person: content, words, what is offered, what is kept."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Protocol

from bot.campaigns.progress import Limits
from bot.content.lexicon import Lexicon
from bot.content.model import Condition, Content, Node, Place
from bot.counting.ribbons import Tree
from bot.directory.nearest import Atlas
from bot.directory.standing import Policy
from bot.engine.pickup import PickupBook
from bot.engine.session import Session
from bot.engine.signposts import Signposts
from bot.language.say import Say
from bot.understanding.disclosures import Disclosures
from bot.understanding.places import PlaceBook


class Words(Protocol):
    """The catalogues as the engine sees them."""

    def text(self, language: str, msgid: str) -> str:
        """Translate along the fallback chain of `language`."""

    def has(self, language: str, msgid: str) -> bool:
        """Tell whether no other language stands in."""

    def say(self, language: str, say: Say) -> str:
        """Translate and fill in."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the operator offers, each in the order it is shown."""

    countries: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Club:
    """A group in which live quizzes may be played, as the operator calls it."""

    chat_id: int
    name: str

    @property
    def code(self) -> str:
        """The word that stands for it on a screen and behind a button."""
        return str(self.chat_id)


@dataclass(frozen=True, slots=True)
class World:
    """What stays the same from turn to turn until the content is reloaded.

    `draw` gives that many random bytes: the only chance there is in a turn. `fade_minutes` is the
    time without a doing of hers after which a chat clears itself, unless she chooses another.
    `team` is the group that gets the questions that are passed on, by its id.
    `atlas`, `places` and `pickup` are made from the content once: where services lie, what places
    are called, and the words that take a conversation to another phone. So is `disclosures`: how
    people say that somebody is being hurt. `clubs` are the groups for live quizzes, and `lexicon`
    tells what must not be asked there. `channel` is the address of a public channel, or empty;
    `daily` is how many messages of the news somebody gets in 24 hours at most, `limits` how many go out to all. `tree` are the ribbons of the wishing tree as they may be
    told by now; they change once a week.
    """

    content: Content
    words: Words
    offered: Offered
    draw: Callable[[int], bytes] = field(compare=False)
    kept_hours: int = 24
    fade_minutes: int = 30
    team: int | None = None
    policy: Policy = field(default_factory=Policy)
    clubs: tuple[Club, ...] = ()
    channel: str = ""
    daily: int = 1
    limits: Limits = field(default_factory=Limits)
    lexicon: Lexicon = field(default_factory=Lexicon)
    tree: Tree = field(default_factory=dict, repr=False)
    atlas: Atlas = field(init=False, compare=False, repr=False)
    places: PlaceBook = field(init=False, compare=False, repr=False)
    pickup: PickupBook = field(init=False, compare=False, repr=False)
    signposts: Signposts = field(init=False, compare=False, repr=False)
    disclosures: Disclosures = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare what every look-up needs."""
        content = self.content
        object.__setattr__(self, "atlas", Atlas(content.places, content.directory, self.policy))
        object.__setattr__(self, "places", PlaceBook(content.places))
        object.__setattr__(self, "pickup", PickupBook(content.pickup))
        signposts = Signposts(content, self.words.text, self.offered.languages)
        object.__setattr__(self, "signposts", signposts)
        object.__setattr__(self, "disclosures", Disclosures(content.disclosures))

    @property
    def has_team(self) -> bool:
        """Whether somebody gets the questions that are passed on."""
        return self.team is not None

    def plain(self, language: str, say: Say) -> str:
        """Say something where no markup is read: on a picture, in a poll, on a map."""
        return unescape(self.words.say(language, say))

    def grown(self, tree: Tree) -> "World":
        """Return this world with another tree; what was prepared from the content is not again."""
        world = copy(self)
        object.__setattr__(world, "tree", tree)
        return world


@dataclass(frozen=True, slots=True)
class Look:
    """One person looking at one node at one moment: what a block sees."""

    world: World
    node: Node
    session: Session
    now: datetime

    @property
    def onward(self) -> str:
        """Where the block of the node leads: its `goto`, or nowhere else."""
        return self.node.goto or self.node.id

    @property
    def town(self) -> Place | None:
        """The place she named, if there still is such a one."""
        return self.world.content.places.get(self.session.town)

    def holds(self, when: Condition) -> bool:
        """Tell whether `when` holds for this person."""
        session = self.session
        return (
            (not when.country or session.country in when.country)
            and (not when.language or session.language in when.language)
            and (not when.said or not {*when.said}.isdisjoint(session.said))
            and (not when.heard or not {*when.heard}.isdisjoint(session.heard))
            and when.remembered in (None, session.memory is not None)
            and when.subscribed in (None, session.subscription is not None)
        )
