"""What was done about roles, campaigns and groups, as a chain: whoever changes, cuts or swaps a row breaks it.

Each row carries a hash of the row before and of itself. Anyone can verify it, no key is needed.
Somebody who can write rows can also write a whole new chain: against that the head is written down
on paper now and then, and compared (R27). No row tells of whom it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Final, Self

LIFE: Final = 365 * 24
"""Hours a row is kept. The last older one stays: from it the others are verified."""

_DIGEST: Final = 20
_NOTHING: Final = bytes(_DIGEST)
_HEAD: Final = re.compile(r"(\d{1,9}):([0-9a-f]{40})", re.ASCII)


class Deed(StrEnum):
    """What was done."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    FOUNDED = "confirmed by the operator alone"
    """Nobody served yet who could have been the second person."""
    ENDED = "ended"
    LEFT = "left"
    LOCKED = "locked"
    """A lockdown ended every role."""
    ROTATED = "key rotated"
    """The long-term key was replaced."""
    PLAYED = "quiz begun in a group"
    DRAFTED = "campaign drafted"
    REVISED = "campaign changed"
    PROPOSED = "campaign proposed"
    APPROVED = "campaign approved"
    WITHDRAWN = "campaign sent back"
    DELETED = "draft deleted"
    LAPSED = "approval void"
    BEGUN = "campaign begun"
    PAUSED = "campaign paused"
    RESUMED = "campaign resumed"
    STOPPED = "campaign stopped"
    FINISHED = "campaign finished"
    RECALLED = "campaign recalled"
    CORRECTED = "correction proposed"
    ALLOWED = "correction approved"
    AMENDED = "correction begun"
    DROPPED = "correction dropped"
    DOUBTED = "correction void"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row.

    Attributes:
        number: its place, from 1.
        hour: when it was, in hours since 1970-01-01.
        deed: what was done.
        role: which role it was about, or did it; "" for all of them, for the mailer, and for a
            quiz, which only one role can begin.
        before: the digest of the row before; zeros for the first.
        digest: the digest of all of this.
        campaign: the id of the campaign it was about; "" for none.
    """

    number: int
    hour: int
    deed: str
    role: str
    before: bytes
    digest: bytes
    campaign: str = ""

    @classmethod
    def after(cls, last: Self | None, hour: int, deed: str, role: str, campaign: str = "") -> Self:
        """Write the row that follows `last`, or the first one."""
        number = last.number + 1 if last else 1
        before = last.digest if last else _NOTHING
        digest = _digest(number, hour, deed, role, before, campaign)
        return cls(number, hour, deed, role, before, digest, campaign)

    @property
    def is_whole(self) -> bool:
        """Tell whether its digest is that of what it says."""
        said = (self.number, self.hour, self.deed, self.role, self.before, self.campaign)
        return _digest(*said) == self.digest


@dataclass(frozen=True, slots=True)
class Head:
    """The last row as it is written down outside: its number and digest."""

    number: int
    digest: bytes

    def __str__(self) -> str:
        """Write it down: `12:` and forty letters and digits."""
        return f"{self.number}:{self.digest.hex()}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read it again; None for anything else."""
        found = _HEAD.fullmatch(text.strip().lower())
        return cls(int(found[1]), bytes.fromhex(found[2])) if found else None


def head(entries: Sequence[Entry]) -> Head:
    """Give the head of a chain; of an empty one it is 0 and zeros."""
    return Head(entries[-1].number, entries[-1].digest) if entries else Head(0, _NOTHING)


def broken_at(entries: Sequence[Entry], hour: int, written: Head | None = None) -> int | None:
    """Find the number of the first row that is not as it was; None where the chain is whole.

    Args:
        entries: every row there is, in the order of their numbers.
        hour: the present hour. A chain begins with number 1, or with a row older than `LIFE`.
        written: a head that was written down before. The row of its number must be there and the
            same; one older than every row is not looked for.
    """
    last: Entry | None = None
    for entry in entries:
        follows = _follows(last, entry) if last else _begins(entry, hour)
        if not entry.is_whole or not follows:
            return entry.number
        last = entry
    if written is None or (entries and written.number < entries[0].number):
        return None
    known = {entry.number: entry.digest for entry in entries} | {0: _NOTHING}
    return None if known.get(written.number) == written.digest else written.number


def _follows(last: Entry, entry: Entry) -> bool:
    return entry.number == last.number + 1 and entry.before == last.digest


def _begins(entry: Entry, hour: int) -> bool:
    return (entry.number == 1 and entry.before == _NOTHING) or (
        entry.number > 1 and hour - entry.hour >= LIFE
    )


def _digest(number: int, hour: int, deed: str, role: str, before: bytes, campaign: str) -> bytes:
    # Rows from before campaigns were named verify as they did: without one nothing is added.
    about = f"tirek campaign\n{campaign}\n" if campaign else ""
    said = f"{about}tirek audit\n{number}\n{hour}\n{deed}\n{role}\n".encode()
    return blake2b(said + before, digest_size=_DIGEST).digest()
