"""What those see of campaigns who write and approve them: their contents and counts, and no reader."""

from dataclasses import dataclass

from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Campaign
from bot.campaigns.commands import Command
from bot.campaigns.proposal import Proposal


@dataclass(frozen=True, slots=True)
class Posted:
    """One campaign on the board.

    Attributes:
        readers: how many it would reach, or had when it began, as that may be told; None for fewer
            than are told.
        sent: how many messages have gone out, told in the same way.
    """

    campaign: Campaign
    audience: Audience
    proposal: Proposal
    readers: int | None = None
    sent: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The campaigns that somebody may see, and the long-term name under which she acts."""

    name: bytes
    posted: tuple[Posted, ...] = ()


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


Writing = Drafted | Rewritten | Ordered
"""What a turn can change about campaigns, applied in the transaction of that turn."""
