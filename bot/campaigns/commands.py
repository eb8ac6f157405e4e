"""What can be done about a campaign, and who does it."""

from dataclasses import dataclass
from typing import Final

from bot.staff.roles import Role
from bot.staff.standing import Standing


@dataclass(frozen=True, slots=True)
class By:
    """Who acts: her long-term name, and how she stands at this moment."""

    name: bytes
    standing: Standing


MACHINE: Final = By(b"", Standing(Role.OPERATOR))
"""The machine itself: the mailer, and the operator at the command line. No person has its name."""


@dataclass(frozen=True, slots=True)
class Propose:
    """Show it to those who may approve."""


@dataclass(frozen=True, slots=True)
class Approve:
    """Allow what has this fingerprint: that of what she was shown."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class Revise:
    """Change what is sent, to whom, or when."""

    digest: bytes
    starts: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Make it a draft again: the author thinks again, or a colleague sends it back."""


@dataclass(frozen=True, slots=True)
class Delete:
    """Let go of a draft, with every word of it."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Start to send what has this fingerprint, with both people as they stand now."""

    digest: bytes
    author: Standing
    approver: Standing


@dataclass(frozen=True, slots=True)
class Doubt:
    """Trust the clock no more: it was set forward or back (R38)."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Send no more for now."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after a pause."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Send no more, for good."""


@dataclass(frozen=True, slots=True)
class Finish:
    """Note that everybody was written to, or that its time is over."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Take back what was sent, as far as Telegram still deletes it."""


@dataclass(frozen=True, slots=True)
class Correct:
    """Say in other words what has gone out, to the same readers: this is their fingerprint."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class Amend:
    """Take the words of a correction from now on, with both people as they stand now.

    The operator, who wrote it at the machine, stands as such.
    """

    digest: bytes
    author: Standing
    approver: Standing


Command = (
    Propose
    | Approve
    | Revise
    | Withdraw
    | Delete
    | Begin
    | Doubt
    | Pause
    | Resume
    | Stop
    | Finish
    | Recall
    | Correct
    | Amend
)
