"""Replies on their way, and what has happened to them since the last commit."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.engine.replies import Note, PassOn, Remove, Reply
from bot.engine.session import Session
from bot.store.batch import Trace, Traced

_COPIES = 2
"""How many copies of one message may exist at most (R33)."""

_NOTE_LIFE = 48 * 3600
"""Seconds after its reply expired in which a note may still be sent."""

_SOON = 0.03
"""Seconds a strike waits at most for a commit to ride along with."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A reply on its way: what the outbox knows of it, and the tap it answers.

    Attributes:
        id: its number in the outbox.
        chat_id: where it goes; in a private chat this is also the person.
        reply: what to show.
        reader: the session facts to show it with.
        expires: epoch seconds after which only a neutral note may still be sent.
        message_id: the message it goes over, or none.
        tap: the pressed button that waits for its answer.
        attempts: how many copies of a new message may exist already.
        face: the neutral node that stays when this chat is cleared; empty for what an earlier run
            left, which does not know.
        born: when it was decided, in epoch seconds; 0 for what an earlier run left.
    """

    id: int
    chat_id: int
    reply: Reply
    reader: Session
    expires: int
    message_id: int | None = None
    tap: str | None = None
    attempts: int = 0
    face: str = ""
    born: float = 0.0

    @property
    def is_new(self) -> bool:
        """Tell whether sending it again would show it again."""
        return self.message_id is None or isinstance(self.reply, PassOn)

    def traced(self, message_id: int, at: float) -> Traced:
        """Say for the ledger that it appeared as this message at `at` epoch seconds."""
        trace = Trace(message_id, int(at), ours=True)
        return Traced(self.chat_id, (trace,), self.face, self.reader.language)


def still_due(parcel: Parcel, now: float, *, followed: bool) -> Parcel | None:
    """Decide what may still be sent: the reply, a neutral note in its stead, or nothing.

    Late is worse than lost for a sensitive reply (R11), and a third copy is worse than a
    note (R33); the note is itself sent twice at most. What `followed` in the lane says more
    than a note, and more than an edit that does not come through.
    """
    if isinstance(parcel.reply, PassOn):
        return parcel if now < parcel.expires and parcel.attempts < _COPIES else None
    clears = isinstance(parcel.reply, Remove)
    if not clears and parcel.attempts >= 2 * _COPIES and (parcel.is_new or followed):
        return None
    late = now - parcel.expires
    copied = parcel.is_new and parcel.attempts >= _COPIES
    if late >= _NOTE_LIFE:
        return None
    if clears:
        return parcel  # it is never too late to clear something away
    if (late >= 0 or copied) and not isinstance(parcel.reply, Note):
        return None if followed else replace(parcel, reply=Note())
    return parcel


@dataclass(slots=True)
class Taken:
    """What rides along with one commit.

    Attributes:
        delivered: ids of parcels that are done with.
        attempts: by id, how many copies may exist.
        waiting: who waits for the counts to be durable.
        traced: by person, the messages that appeared.
    """

    delivered: list[int] = field(default_factory=list)
    attempts: dict[int, int] = field(default_factory=dict)
    waiting: list[asyncio.Future[None]] = field(default_factory=list)
    traced: dict[int, Traced] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.delivered or self.attempts or self.traced)

    def trace(self, user_id: int, traced: Traced) -> None:
        """Add what appeared in the chat of this person."""
        self.traced[user_id] = joined(self.traced.get(user_id), traced)

    def __add__(self, later: "Taken") -> "Taken":
        both = Taken(
            self.delivered + later.delivered,
            self.attempts | later.attempts,
            self.waiting + later.waiting,
            dict(self.traced),
        )
        for user_id, traced in later.traced.items():
            both.trace(user_id, traced)
        return both


def joined(before: Traced | None, after: Traced) -> Traced:
    """Put into one what a commit adds twice to the ledger of one chat."""
    if before is None:
        return after
    return replace(
        after,
        traces=(*before.traces, *after.traces),
        face=after.face or before.face,
        language=after.language or before.language,
        idle=before.idle if after.idle is None else after.idle,
        active=after.active,
        leave=before.leave or after.leave,
    )


class Struck:
    """What has happened to parcels since the last commit, for the next commit to take along.

    A count is urgent, somebody waits for it. A strike is not: until it is written a crash would
    only repeat an edit, or one of the few new messages of the window. So it rides along with
    whatever is committed next, or goes by itself a moment later.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        """Call `wake` when something must be committed now."""
        self._wake = wake
        self._taken = Taken()
        self._later: asyncio.TimerHandle | None = None
        self.urgent = False

    def __bool__(self) -> bool:
        return bool(self._taken)

    def strike(self, parcel: Parcel, traced: Traced | None = None) -> None:
        """Strike a parcel out, soon, and note the message it has become."""
        self._taken.delivered.append(parcel.id)
        if traced is not None:
            self._taken.trace(parcel.chat_id, traced)
        self._ride_along()

    def note(self, user_id: int, traced: Traced) -> None:
        """Note a message that was never a parcel."""
        self._taken.trace(user_id, traced)
        self._ride_along()

    def _ride_along(self) -> None:
        if self._later is None:
            self._later = asyncio.get_running_loop().call_later(_SOON, self._fall_due)

    def count(self, parcel: Parcel) -> asyncio.Future[None]:
        """Write down now how often a parcel may have arrived; the future is done when it is."""
        self._taken.attempts[parcel.id] = parcel.attempts
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._taken.waiting.append(committed)
        self._fall_due()
        return committed

    def forget(self, user_id: int) -> None:
        """Let go of what was to be noted about this person: she is being erased."""
        self._taken.traced.pop(user_id, None)

    def take(self) -> Taken:
        """Hand over everything for one commit."""
        taken, self._taken = self._taken, Taken()
        self.urgent = False
        if self._later is not None:
            self._later.cancel()
            self._later = None
        return taken

    def put_back(self, taken: Taken) -> None:
        """Take back what a failed commit did not write."""
        self._taken = taken + self._taken
        self.urgent = bool(self)

    def _fall_due(self) -> None:
        self.urgent = True
        self._wake()
