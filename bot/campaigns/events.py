"""What happened to a campaign, or why it may not."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Proposed:
    """It waits for somebody else to approve it."""


@dataclass(frozen=True, slots=True)
class Approved:
    """Somebody approved what had this fingerprint."""

    approver: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Revised:
    """It was changed, which voids what was said of it before."""

    digest: bytes
    starts: int


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """It is a draft again."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """There is no such draft any more."""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The approval is good no more, and it is a draft again."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Its messages go out."""


@dataclass(frozen=True, slots=True)
class Paused:
    """No message goes out for now."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """Its messages go out again; `late` where only those that had arrived are still edited."""

    late: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """No message goes out any more."""


@dataclass(frozen=True, slots=True)
class Finished:
    """All is sent, or its time is over."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was sent is to be deleted."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Other words wait for somebody else to approve them; what was said of earlier ones is void."""

    digest: bytes
    author: bytes


@dataclass(frozen=True, slots=True)
class Allowed:
    """Somebody approved the correction of this fingerprint, to be read from `starts` on."""

    approver: bytes
    digest: bytes
    starts: int


@dataclass(frozen=True, slots=True)
class Amended:
    """The words of the correction are what is sent, and what was delivered is edited."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """The correction is given up: what was approved before stays."""


@dataclass(frozen=True, slots=True)
class Doubted:
    """The approval of a correction is void, and nothing goes out for now."""


Event = (
    Proposed
    | Approved
    | Revised
    | Withdrawn
    | Deleted
    | Lapsed
    | Begun
    | Paused
    | Resumed
    | Stopped
    | Finished
    | Recalled
    | Corrected
    | Allowed
    | Amended
    | Dropped
    | Doubted
)


class Refusal(StrEnum):
    """Why it may not be."""

    NOT_YOURS = "not yours"
    """Her role, or that she is another person, does not let her."""
    OWN = "own"
    """Nobody approves what she wrote herself."""
    CHANGED = "changed"
    """It is no longer what she was shown."""
    NOT_NOW = "not now"
    """It has not come so far, or has gone on."""
    TOO_SOON = "too soon"
    """Less than `DELAY` would be left until the start; or the start has not come yet."""
    TOO_FAR = "too far"
    """The start lies too far ahead."""
    TOO_LATE = "too late"
    """The time in which it could be done is over."""
    ANOTHER = "another"
    """It would be another campaign, not the same in other words; or nothing would change."""
