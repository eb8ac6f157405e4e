"""Everything a turn needs besides the person: content, words, what is offered, what is kept."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.content.model import Condition, Content, Node, Place
from bot.directory.nearest import Atlas
from bot.directory.standing import Policy
from bot.engine.session import Session
from bot.language.say import Say
from bot.understanding.places import PlaceBook


class Words(Protocol):
    """The catalogues as the engine sees them."""

    def text(self, language: str, msgid: str) -> str:
        """Translate along the fallback chain of `language`."""

    def say(self, language: str, say: Say) -> str:
        """Translate and fill in."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the operator offers, each in the order it is shown."""

    countries: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """What stays the same from turn to turn until the content is reloaded.

    `atlas` and `places` are made from the content once: where services lie, what places are called.
    """

    content: Content
    words: Words
    offered: Offered
    kept_hours: int = 24
    policy: Policy = field(default_factory=Policy)
    atlas: Atlas = field(init=False, compare=False, repr=False)
    places: PlaceBook = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare what every look-up needs."""
        content = self.content
        object.__setattr__(self, "atlas", Atlas(content.places, content.directory, self.policy))
        object.__setattr__(self, "places", PlaceBook(content.places))


@dataclass(frozen=True, slots=True)
class Look:
    """One person looking at one node at one moment: what a block sees."""

    world: World
    node: Node
    session: Session
    now: datetime

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
        )
