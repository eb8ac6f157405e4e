"""A campaign on its way to its readers: how far it has come, and who said yes to what."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

DELAY: Final = 10 * 60
"""Seconds from the approval to the first message, at least: time to think again (R17)."""

LASTS: Final = 24 * 60 * 60
"""Seconds from the start in which messages go out; no approval is good for longer."""

FARTHEST: Final = 30 * 24 * 60 * 60
"""Seconds that a start may lie ahead: what is approved is not forgotten before it goes out."""

DELETABLE: Final = 48 * 60 * 60
"""Seconds in which Telegram lets a bot delete a message of its own."""


class Phase(StrEnum):
    """How far a campaign has come."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A campaign as far as it matters for who may do what with it.

    Attributes:
        author: the long-term name of who writes it.
        digest: the fingerprint of what it is now (`Campaign.digest`).
        starts: when it goes out, in epoch seconds.
        approver: the long-term name of who approved it; empty without an approval.
        approved: the fingerprint of what she approved; empty without an approval.
    """

    author: bytes
    digest: bytes
    starts: int
    phase: Phase = Phase.DRAFT
    approver: bytes = b""
    approved: bytes = b""

    @property
    def ends(self) -> int:
        """The moment from which nothing of it goes out any more, in epoch seconds."""
        return self.starts + LASTS

    def sends(self, at: float) -> bool:
        """Tell whether its messages may go out at this moment."""
        return self.phase is Phase.SENDING and self.starts <= at < self.ends
