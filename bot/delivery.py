"""What was decided goes out: in order for each person, at once for all, in two copies at most.

A reply stands in the outbox before it is sent and is struck out after it has arrived. A new
message cannot be sent twice without showing twice, so only a small window of them may be under
way or unstruck at any moment: that bounds what a crash can double. Edits may be repeated freely.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.channels.port import (
    Channel,
    Gone,
    Impossible,
    NotDelivered,
    Removal,
    Shown,
    Undecided,
    Unwelcome,
)
from bot.engine.replies import Card, Note, Remove, Reply, Show, Venue
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.errors import ChannelError

_log = logging.getLogger("tirek.delivery")

_COPIES = 2
"""How many copies of one message may exist at most (R33)."""

_CROWD = 4000
"""Chats that may wait for an answer before no more updates are asked for."""

_NOTE_LIFE = 48 * 3600
"""Seconds after its reply expired in which a note may still be sent."""

_DOUBTFUL = 6
"""How many times longer to wait before sending a new message that may have arrived: 3, 6, 12 s."""

_SOON = 0.03
"""Seconds a strike waits at most for a commit to ride along with."""

_FULL_LANE = 20
"""Parcels waiting in one lane before a screen takes the place of the screen before it."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
"""Seconds between tries while the other side does not answer; doubled from the first on."""


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
    """

    id: int
    chat_id: int
    reply: Reply
    reader: Session
    expires: int
    message_id: int | None = None
    tap: str | None = None
    attempts: int = 0

    @property
    def is_new(self) -> bool:
        """Tell whether sending it again would show it again."""
        return self.message_id is None


Taken = tuple[list[int], dict[int, int], list[asyncio.Future[None]]]
"""Delivered ids, counts by id, and who waits for the counts to be durable."""


_Lane = tuple[int, bool]
"""A chat, and whether messages are cleared away there: neither waits for the other."""


def _lane_of(parcel: Parcel) -> _Lane:
    return parcel.chat_id, isinstance(parcel.reply, Remove)


class Struck:
    """What has happened to parcels since the last commit, for the next commit to take along.

    A count is urgent, somebody waits for it. A strike is not: until it is written a crash would
    only repeat an edit, or one of the few new messages of the window. So it rides along with
    whatever is committed next, or goes by itself a moment later.
    """

    def __init__(self, wake: Callable[[], None]) -> None:
        """Call `wake` when something must be committed now."""
        self._wake = wake
        self._delivered: list[int] = []
        self._attempts: dict[int, int] = {}
        self._waiting: list[asyncio.Future[None]] = []
        self._later: asyncio.TimerHandle | None = None
        self.urgent = False

    def __bool__(self) -> bool:
        return bool(self._delivered or self._attempts)

    def strike(self, parcel: Parcel) -> None:
        """Strike a parcel out, soon."""
        self._delivered.append(parcel.id)
        if self._later is None:
            self._later = asyncio.get_running_loop().call_later(_SOON, self._fall_due)

    def count(self, parcel: Parcel) -> asyncio.Future[None]:
        """Write down now how often a parcel may have arrived; the future is done when it is."""
        self._attempts[parcel.id] = parcel.attempts
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(committed)
        self._fall_due()
        return committed

    def take(self) -> Taken:
        """Hand over everything for one commit."""
        taken = (self._delivered, self._attempts, self._waiting)
        self._delivered, self._attempts, self._waiting = [], {}, []
        self.urgent = False
        if self._later is not None:
            self._later.cancel()
            self._later = None
        return taken

    def put_back(self, taken: Taken) -> None:
        """Take back what a failed commit did not write."""
        delivered, attempts, waiting = taken
        self._delivered = delivered + self._delivered
        self._attempts = attempts | self._attempts
        self._waiting = waiting + self._waiting
        self.urgent = bool(self)

    def _fall_due(self) -> None:
        self.urgent = True
        self._wake()


class Delivery:
    """Lanes for each chat, one for what is said and one for what is cleared away.

    Lanes run side by side, a lane strictly in order: help must not wait behind a removal that does
    not come through, nor a removal behind help.
    """

    def __init__(
        self,
        channel: Channel,
        struck: Struck,
        clock: Callable[[], float],
        *,
        window: int,
        parallel: int,
        erase: Callable[[int], None],
        confirmed: Callable[[int, int], None],
    ) -> None:
        """Prepare the lanes.

        Args:
            channel: the way out.
            struck: where arrivals are noted for the next commit.
            clock: epoch seconds.
            window: how many new messages may be under way or unstruck at once.
            parallel: how many messages of any kind may be under way at once.
            erase: called with the chat of a person who does not want to hear from us any more.
            confirmed: called with the chat of a person who has now been told that she is
                forgotten, and with the parcel that told her.
        """
        self.stage: Stage | None = None
        self._channel, self._struck, self._clock = channel, struck, clock
        self._erase, self._confirmed = erase, confirmed
        self._window = asyncio.Semaphore(window)
        self._again = asyncio.Semaphore(1)
        self._parallel = asyncio.Semaphore(parallel)
        self._lanes: dict[_Lane, deque[Parcel]] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._room = asyncio.Event()
        self._room.set()

    def send(self, parcel: Parcel) -> None:
        """Put a parcel at the end of its chat's lane."""
        key = _lane_of(parcel)
        lane = self._lanes.get(key)
        if lane is not None:
            if len(lane) >= _FULL_LANE and _takes_the_place_of(parcel, lane[-1]):
                self._struck.strike(lane.pop())
            lane.append(parcel)
            return
        self._lanes[key] = deque((parcel,))
        self._idle.clear()
        if len(self._lanes) >= _CROWD:
            self._room.clear()
        task = asyncio.get_running_loop().create_task(self._run(key))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def tell(self, shown: Shown, chat_id: int) -> None:
        """Show something once, past lanes and outbox: for when nothing can be written down."""
        task = asyncio.get_running_loop().create_task(self._tell(shown, chat_id))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _tell(self, shown: Shown, chat_id: int) -> None:
        with suppress(ChannelError):
            await self._channel.deliver(shown, chat_id, None, None)

    async def roomy(self) -> None:
        """Wait until another update can be taken without piling answers up."""
        await self._room.wait()

    async def settled(self) -> None:
        """Wait until every lane is empty."""
        await self._idle.wait()

    async def stop(self) -> None:
        """Let go of what is under way; it stands in the outbox and goes out after the restart."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _run(self, key: _Lane) -> None:
        lane, (chat_id, _) = self._lanes[key], key
        while lane:
            try:
                await self._deliver(lane[0])
            except Unwelcome:
                lane.clear()
                self._erase(chat_id)
                break
            except Exception:  # noqa: BLE001 - one parcel must never stop the lane behind it
                _log.exception("delivery.broken")
                if not isinstance(lane[0].reply, Note):
                    lane[0] = replace(lane[0], reply=Note())
                    continue
                self._struck.strike(lane[0])
            done = lane.popleft()
            if self.forgets(done):
                self._confirmed(chat_id, done.id)
        del self._lanes[key]
        if len(self._lanes) < _CROWD:
            self._room.set()
        if not self._lanes:
            self._idle.set()

    async def _deliver(self, parcel: Parcel) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._hand_over(parcel)
            except NotDelivered as refusal:
                await asyncio.sleep(refusal.after or pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            except Undecided:
                parcel = replace(parcel, attempts=parcel.attempts + 1, tap=None)
                # Each try may be a copy, so the few there are must outlast a short outage.
                await asyncio.sleep(pause if not parcel.is_new else pause * _DOUBTFUL)
                pause = min(pause * 2, _LONGEST_PAUSE)
            except Gone:
                parcel = replace(parcel, message_id=None)
            except Impossible:
                _log.warning("delivery.impossible")
                self._struck.strike(parcel)
                return
            else:
                return

    async def _hand_over(self, parcel: Parcel) -> None:
        """Send once and strike out.

        Before a new message goes, it is durable that a copy of it may exist. That commit takes
        along the strikes of those sent before it, so no more than the window is ever unstruck.
        """
        if not parcel.is_new:
            await self._send_now(parcel)
            return
        async with self._turn_of(parcel), self._window:
            await self._struck.count(replace(parcel, attempts=parcel.attempts + 1))
            await self._send_now(parcel)

    async def _send_now(self, parcel: Parcel) -> None:
        """Send what is due at this moment, however long the parcel has waited for its place."""
        async with self._parallel:
            due = self._due(parcel)
            shown = self._shown(due) if due else None
            if shown is not None:
                await self._channel.deliver(shown, parcel.chat_id, parcel.message_id, parcel.tap)
        self._struck.strike(parcel)

    def _turn_of(self, parcel: Parcel) -> AbstractAsyncContextManager[None]:
        """Send what may have arrived already one by one: a second crash then leaves one in doubt."""
        return self._again if parcel.attempts else nullcontext()

    def _due(self, parcel: Parcel) -> Parcel | None:
        """Decide what may still be sent: the reply, a neutral note in its stead, or nothing.

        Late is worse than lost for a sensitive reply (R11), and a third copy is worse than a
        note (R33); the note is itself sent twice at most. What follows in the lane says more
        than a note, and more than an edit that does not come through.
        """
        followed = len(self._lanes[_lane_of(parcel)]) > 1
        clears = isinstance(parcel.reply, Remove)
        if not clears and parcel.attempts >= 2 * _COPIES and (parcel.is_new or followed):
            return None
        late = self._clock() - parcel.expires
        copied = parcel.is_new and parcel.attempts >= _COPIES
        if late >= _NOTE_LIFE:
            return None
        if clears:
            return parcel  # it is never too late to clear something away
        if (late >= 0 or copied) and not isinstance(parcel.reply, Note):
            return None if followed else replace(parcel, reply=Note())
        return parcel

    def forgets(self, parcel: Parcel) -> bool:
        """Tell whether a parcel says that the person is forgotten."""
        node = self._on().world.content.nodes.get(getattr(parcel.reply, "place", ""))
        return isinstance(parcel.reply, Show) and node is not None and node.forgets

    def _on(self) -> Stage:
        if self.stage is None:
            raise RuntimeError("the delivery needs a stage before its first parcel")
        return self.stage

    def _shown(self, parcel: Parcel) -> Shown | None:
        """Build what the parcel shows, as the content stands now."""
        stage, reader = self._on(), parcel.reader
        now = datetime.fromtimestamp(self._clock(), UTC)
        start = replace(reader, place=stage.world.content.start, item="")
        match parcel.reply:
            case Show(place, item, lead) if place in stage.world.content.nodes:
                return stage.page(replace(reader, place=place, item=item), now, lead)
            case Show():
                return stage.page(start, now)
            case Card(place, item):
                return stage.card(replace(reader, place=place, item=item), now)
            case Venue(place, item):
                return stage.venue(replace(reader, place=place, item=item), now)
            case Remove():
                return Removal(stage.page(start, now))
            case Note():
                return stage.note(reader)


def _takes_the_place_of(parcel: Parcel, before: Parcel) -> bool:
    """Tell whether nobody misses `before` once `parcel` comes: screens of one who floods (R40)."""
    return isinstance(parcel.reply, Show) and isinstance(before.reply, Show)
