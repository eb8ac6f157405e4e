"""What the mailer takes from the store and brings back: plain values, never a word of a campaign."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from bot.campaigns.proposal import Phase

LEASE = 6
"""Seconds for which a process is taken to be alive, and a letter to be its own; both are renewed."""

COPIES = 2
"""How many copies of one message may exist at most (R33)."""

Awake = Callable[[str, str, float], float]
"""Tells for a country and quiet hours from which moment on, not before the given one, somebody may be
written to; epoch seconds."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of a campaign to one reader, claimed by one process.

    Attributes:
        campaign: of which campaign.
        person: her long-term name among those who get news.
        chat_id: where it goes, and whose it is.
        language: the language she reads.
        attempts: how many copies may exist once it has gone; a second one is counted by
            `Mailroom.once_more`, a first one with its claim.
        claimed: when it was claimed, in epoch seconds: so fresh is what is known of her consent.
        message_id: the message to take back or to edit; None for a message to send.
        version: of the long-term key, under which `person` is her name.
        edits: whether it is to be edited.
        revision: which of the texts of the campaign she gets with it.
    """

    campaign: str
    person: bytes
    chat_id: int
    language: str
    attempts: int
    claimed: float
    message_id: int | None = None
    version: int = 1
    edits: bool = False
    revision: int = 0

    @property
    def wanted(self) -> frozenset[Phase]:
        """Name the phases of the campaign in which it is good for anything."""
        if self.edits:
            return frozenset({Phase.SENDING, Phase.CORRECTING})
        return frozenset({Phase.SENDING if self.message_id is None else Phase.RECALLED})


class Fate(StrEnum):
    """What became of a letter."""

    SENT = "sent"
    BLOCKED = "blocked"
    """She does not want to hear from the bot any more."""
    FAILED = "failed"
    """Telegram refuses it as it is."""
    UNSENT = "unsent"
    """It has certainly not arrived: as if it had never been claimed."""
    DOUBTFUL = "doubtful"
    """Nobody knows whether it arrived."""
    RECALLED = "recalled"
    """It was taken back, or is gone."""
    CORRECTED = "corrected"
    """It says what it should, or is gone."""
    KEPT = "kept"
    """Telegram refuses to edit it: it says what it said."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one letter; `due` is when to try again, in epoch seconds, if ever."""

    letter: Letter
    fate: Fate
    message_id: int | None = None
    due: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What became of the readers of a campaign, by the columns of its row."""

    sent: int = 0
    blocked: int = 0
    failed: int = 0
    unsure: int = 0
    departed: int = 0
    missed: int = 0
    recalled: int = 0
    corrected: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


NOTHING = Totals()


@dataclass(frozen=True, slots=True)
class Progress:
    """A campaign as the operator sees it: counts, and nobody.

    Attributes:
        id: what it is called.
        phase: how far it has come.
        starts: when it goes out, in epoch seconds.
        reach: how many readers it had at its start, in tens.
        totals: what became of them.
        busy: whether there is still something to do.
    """

    id: str
    phase: Phase
    starts: int
    reach: int
    totals: Totals
    busy: bool

    @property
    def done(self) -> int:
        """Count the readers for whom nothing more is to be done."""
        one = self.totals
        return one.sent + one.blocked + one.failed + one.unsure + one.departed + one.missed


@dataclass(frozen=True, slots=True)
class Caps:
    """How much may be sent at most.

    Attributes:
        each: campaigns that one reader gets within 24 hours.
        overall: messages of all campaigns on one day (UTC).
    """

    each: int
    overall: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a process stands among all that send.

    Attributes:
        many: how many they are, itself included.
        before: how many of them come before it, in an order that all agree on.
        new: whether it has come just now, so that the others may not know of it yet.
    """

    many: int
    before: int
    new: bool


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a mailer brings to the store.

    Attributes:
        holder: the process, by a random number.
        settled: what became of letters it had.
        held: the letters it still has.
        places: how many more it can take.
        doubts: whether it can take one that may have arrived already: one at a time.
        place: where it stood a moment ago among all that send; None to be told.
        again: whether the try before failed: some of it may have been written down all the same.
    """

    holder: bytes
    settled: Sequence[Settled] = ()
    held: Sequence[Letter] = ()
    places: int = 0
    doubts: bool = True
    place: Place | None = None
    again: bool = False


@dataclass(slots=True)
class Handed:
    """What the store gives to a mailer.

    Attributes:
        letters: what it is to send, or to take back.
        going: by campaign, how far those have come that are looked after.
        place: where it stands among all that send; None while nothing is to be sent, or where it
            knew.
    """

    letters: list[Letter] = field(default_factory=list)
    going: Mapping[str, Phase] = field(default_factory=dict)
    place: Place | None = None
