"""What those see of campaigns who write and approve them: their contents and counts, and no reader."""

from dataclasses import dataclass

from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Campaign
from bot.campaigns.commands import Command
from bot.campaigns.headway import Stretch
from bot.campaigns.progress import Going
from bot.campaigns.proposal import DRAFTS, Phase, Proposal


@dataclass(frozen=True, slots=True)
class Posted:
    """One campaign on the board.

    Attributes:
        readers: how many it would reach, or had when it began, as that may be told; None for fewer
            than are told.
        sent: how many messages have gone out, told in the same way.
        going: how far it has come, once it has begun.
        headway: how it went out over time, as that may be told (`bot/campaigns/headway.py`).
        words: what it is to say instead, where a correction waits.
    """

    campaign: Campaign
    audience: Audience
    proposal: Proposal
    readers: int | None = None
    sent: int | None = None
    going: Going | None = None
    headway: tuple[Stretch, ...] = ()
    words: Campaign | None = None

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything of it to draw."""
        return any(one.sent for one in self.headway)


@dataclass(frozen=True, slots=True)
class Board:
    """The campaigns that somebody may see, and the long-term name under which she acts."""

    name: bytes
    posted: tuple[Posted, ...] = ()

    @property
    def drafts(self) -> int:
        """How many of them are drafts of hers."""
        drafts = (one for one in self.posted if one.proposal.phase is Phase.DRAFT)
        return sum(one.proposal.author == self.name for one in drafts)

    @property
    def is_full(self) -> bool:
        """Whether she has so many drafts that she begins no other one."""
        return self.drafts >= DRAFTS


@dataclass(frozen=True, slots=True)
class Drafted:
    """She wrote a campaign, which nobody gets yet."""

    campaign: Campaign
    audience: Audience
    starts: int


@dataclass(frozen=True, slots=True)
class Rewritten:
    """She changed a campaign of hers: what is sent, to whom or when."""

    campaign: Campaign
    audience: Audience
    starts: int


@dataclass(frozen=True, slots=True)
class Ordered:
    """She did something about the campaign of this id."""

    campaign: str
    command: Command


@dataclass(frozen=True, slots=True)
class Reworded:
    """She wrote other words for the campaign of the same id, which has gone out."""

    words: Campaign


Writing = Drafted | Rewritten | Ordered | Reworded
"""What a turn can change about campaigns, applied in the transaction of that turn."""
