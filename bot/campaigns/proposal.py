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

CORRECTABLE: Final = 47 * 60 * 60
"""Seconds from the start in which it is known who got what, and a correction reaches them."""

DRAFTS: Final = 5
"""Drafts with which an author begins no other one: her list shows nine campaigns, so that there is room
for those which go out. What is sent back to her, or changed, is a draft all the same."""


class Phase(StrEnum):
    """How far a campaign has come."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    SENDING = "sending"
    PAUSED = "paused"
    CORRECTING = "correcting"
    """Everybody had a turn; what was delivered is edited to what was approved since."""
    DONE = "done"
    STOPPED = "stopped"
    RECALLED = "recalled"
    DELETED = "deleted"
    """It was a draft, and nothing leads on from here: no row is kept that could say so."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Other words for what has gone out; audience and start stay what they are.

    Attributes:
        digest: the fingerprint of the campaign in those words (`Campaign.digest`).
        author: the long-term name of who wrote them; empty for the operator.
        approver: the long-term name of who approved them; empty without an approval.
        starts: from when on they are read, in epoch seconds; 0 without an approval.
    """

    digest: bytes
    author: bytes
    approver: bytes = b""
    starts: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A campaign as far as it matters for who may do what with it.

    Attributes:
        author: the long-term name of who writes it.
        digest: the fingerprint of what it is now (`Campaign.digest`).
        starts: when it goes out, in epoch seconds.
        approver: the long-term name of who approved it; empty without an approval.
        approved: the fingerprint of what she approved; empty without an approval.
        correction: other words that wait for an approval, or for their time.
        amending: whether what was delivered may still say what it said before a correction.
    """

    author: bytes
    digest: bytes
    starts: int
    phase: Phase = Phase.DRAFT
    approver: bytes = b""
    approved: bytes = b""
    correction: Correction | None = None
    amending: bool = False

    @property
    def ends(self) -> int:
        """The moment from which nothing of it goes out any more, in epoch seconds."""
        return self.starts + LASTS

    def sends(self, at: float) -> bool:
        """Tell whether its messages may go out at this moment."""
        return self.phase is Phase.SENDING and self.starts <= at < self.ends

    def corrects(self, at: float) -> bool:
        """Tell whether messages that were delivered may be edited at this moment."""
        goes = self.amending and self.phase in (Phase.SENDING, Phase.CORRECTING)
        return goes and self.starts <= at < self.starts + CORRECTABLE
