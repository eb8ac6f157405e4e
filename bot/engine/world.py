"""Everything a turn needs besides the person: content, words, what is offered, what is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.content.model import Condition, Content, Node
from bot.engine.session import Session
from bot.language.say import Say


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
    """What stays the same from turn to turn until the content is reloaded."""

    content: Content
    words: Words
    offered: Offered
    kept_hours: int = 24


@dataclass(frozen=True, slots=True)
class Look:
    """One person looking at one node at one moment: what a block sees."""

    world: World
    node: Node
    session: Session
    now: datetime

    def holds(self, when: Condition) -> bool:
        """Tell whether `when` holds for this person."""
        return (not when.country or self.session.country in when.country) and (
            not when.language or self.session.language in when.language
        )
