"""What a block is: a capability that content calls by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from pydantic import BaseModel, ConfigDict

from bot.campaigns.board import Writing
from bot.campaigns.subscription import Subscription, Unsubscribe
from bot.content.blocks import BlockSpec
from bot.content.model import Node
from bot.counting.tally import Tally
from bot.engine.events import Strayed, Wrote
from bot.engine.replies import Reply
from bot.engine.screen import Option
from bot.engine.session import Session
from bot.engine.world import Look
from bot.language.say import Say, Value
from bot.learning.live.orders import Order
from bot.learning.memory import Memory, Unlearn
from bot.staff.doings import Doing


class NoOptions(BaseModel):
    """A block that takes nothing under `with:`."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Part:
    """What a block adds to its node's screen: lines of text below, options above the node's own.

    What it says changes by itself where it is `live`.
    """

    paragraphs: tuple[tuple[Say, ...], ...] = ()
    rows: tuple[tuple[Option, ...], ...] = ()
    live: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What choosing one of the block's options does.

    `replies` stand instead of showing the new place when there are any; `lead` is said above it.
    `left` is a phrase under which this session can be taken up from another phone; `tallies` are
    counted; `order` is for the game in a group; `memory` is what is remembered of a player from now
    on; `subscription` is what she asked for who gets news, from now on; `doing` changes the team or
    a campaign.
    """

    session: Session
    replies: tuple[Reply, ...] = ()
    lead: str = ""
    left: str = ""
    tallies: tuple[Tally, ...] = ()
    order: Order | None = None
    memory: Memory | Unlearn | None = None
    subscription: Subscription | Unsubscribe | None = None
    doing: Doing | Writing | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to be: how it is drawn out of the bot's own address, and what is said below it.

    With a `name` it is a PDF, a file to print that is called so; without one a PNG to look at.
    """

    draw: Callable[[str], bytes]
    caption: Say
    name: Say | None = None


class Block(Protocol):
    """A capability. Pure: it looks and answers, and knows no channel and no store."""

    spec: ClassVar[BlockSpec]
    timed: ClassVar[bool]
    """Whether what it shows changes with the hour, so that it is not remembered for long."""

    fleeting: ClassVar[bool]
    """Whether hardly two people see the same screen once it is about more than one thing."""

    words: ClassVar[tuple[str, ...]]
    """The words behind its own buttons that no content names."""

    puzzled: ClassVar[str]
    """The lead to say where typed words mean nothing here; empty where the block does not listen."""

    conceals: ClassVar[bool]
    """Whether typed words here are a secret of hers, so that her message is removed at once."""

    awaits: ClassVar[bool]
    """Whether it waits for certain words, which are then taken for nothing else."""

    passes_on: ClassVar[bool]
    """Whether typed words here are for somebody else: no place, line or option is guessed in them."""

    refuses: ClassVar[str]
    """The lead for what anybody may type, where only words of her own are taken; empty elsewhere."""

    staffed: ClassVar[bool]
    """Whether it must be known how she stands to the team (`Session.standing`)."""

    def fill(self, look: Look) -> dict[str, Value]:
        """Name what fills the placeholders of the node's own texts."""

    def view(self, look: Look) -> Part:
        """Say what the block adds to the screen."""

    def enter(self, session: Session) -> Session:
        """Change the session as the screen is shown; return it as it is where nothing changes."""

    def choose(self, look: Look, option: str) -> Outcome | None:
        """Act on one of the block's own options; None when it is not one of them."""

    def hear(self, look: Look, text: str) -> Outcome | None:
        """Act on typed words that are no label; None where they mean nothing here."""

    def receive(self, look: Look, sent: Wrote | Strayed) -> Outcome | None:
        """Take words or a photo that the screen asks for, to be kept; None where it asks for none."""

    def picture(self, look: Look) -> Drawing | None:
        """Say what picture there is of what the screen is about; None where there is none."""

    def gaps(self, look: Look, before: Node) -> tuple[Tally, ...]:
        """Tell what was looked for and is not there, as she comes here from the node `before`."""


class PlainBlock:
    """A block that fills nothing, enters silently and offers no option: the rest derive from it."""

    timed: ClassVar[bool] = False
    fleeting: ClassVar[bool] = False
    words: ClassVar[tuple[str, ...]] = ()
    puzzled: ClassVar[str] = ""
    conceals: ClassVar[bool] = False
    awaits: ClassVar[bool] = False
    passes_on: ClassVar[bool] = False
    refuses: ClassVar[str] = ""
    staffed: ClassVar[bool] = False

    def fill(self, look: Look) -> dict[str, Value]:  # noqa: ARG002 - the port's signature
        """Fill nothing."""
        return {}

    def view(self, look: Look) -> Part:  # noqa: ARG002 - the port's signature
        """Add nothing."""
        return Part()

    def enter(self, session: Session) -> Session:
        """Change nothing."""
        return session

    def choose(self, look: Look, option: str) -> Outcome | None:  # noqa: ARG002 - as above
        """Own no option."""
        return None

    def hear(self, look: Look, text: str) -> Outcome | None:  # noqa: ARG002 - as above
        """Listen to nothing."""
        return None

    def receive(self, look: Look, sent: Wrote | Strayed) -> Outcome | None:  # noqa: ARG002 - as above
        """Ask for nothing."""
        return None

    def picture(self, look: Look) -> Drawing | None:  # noqa: ARG002 - as above
        """Draw nothing."""
        return None

    def gaps(self, look: Look, before: Node) -> tuple[Tally, ...]:  # noqa: ARG002 - as above
        """Look for nothing."""
        return ()
