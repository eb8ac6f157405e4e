"""What was decided goes out: in order for each person, at once for all, in two copies at most.

A reply stands in the outbox before it is sent and is struck out after it has arrived. A new
message cannot be sent twice without showing twice, so only a small window of them may be under
way or unstruck at any moment: that bounds what a crash can double. Edits may be repeated freely.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import replace
from typing import Any

from bot.channels.port import (
    Channel,
    Gone,
    Impossible,
    NotDelivered,
    PassedOn,
    Shown,
    Undecided,
    Unwelcome,
)
from bot.engine.replies import Note, PassOn, Picture, Remove, Show
from bot.engine.screen import Page
from bot.engine.stage import Stage
from bot.errors import ChannelError
from bot.outward.lanes import Key, Lane, key_of
from bot.outward.parcels import Parcel, Struck, still_due
from bot.outward.rendering import rendered
from bot.store.batch import IDLE_MOST, Trace, Traced

_log = logging.getLogger("tirek.delivery")

_CROWD = 4000
"""Chats that may wait for an answer before no more updates are asked for."""

_DOUBTFUL = 6
"""How many times longer to wait before sending a new message that may have arrived: 3, 6, 12 s."""

_PICTURES = 2
"""Pictures under way at once: one is drawn while the other is sent."""

_UNCLEARED = 5 * 60
"""Seconds for which the message that was tapped cannot have been cleared because nobody did
anything: the shortest time that may be set."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
"""Seconds between tries while the other side does not answer; doubled from the first on."""


def _to_nobody(_parcel: Parcel, _message_id: int, _page: Page) -> None:
    """Tell nobody what was shown."""


class Delivery:
    """Lanes for each chat, one for what is said and one for what is cleared away.

    Lanes run side by side, a lane strictly in order: help must not wait behind a removal that does
    not come through, nor a removal behind help.

    Attributes:
        stage: what is shown.
        shown: called with each parcel that has become a page, its message, and the page there.
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
        unknown: Callable[[int], None],
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
            unknown: called with how many messages may stand in a chat without anybody knowing
                their numbers.
        """
        self.stage: Stage | None = None
        self.shown: Callable[[Parcel, int, Page], None] = _to_nobody
        self._channel, self._struck, self._clock = channel, struck, clock
        self._erase, self._confirmed, self._unknown = erase, confirmed, unknown
        self._window = asyncio.Semaphore(window)
        self._again = asyncio.Semaphore(1)
        self._easels = asyncio.Semaphore(_PICTURES)
        self._parallel = asyncio.Semaphore(parallel)
        self._lanes: dict[Key, Lane] = {}
        self._running: set[asyncio.Task[int | None]] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._room = asyncio.Event()
        self._room.set()

    def send(self, parcel: Parcel) -> None:
        """Put a parcel at the end of its chat's lane."""
        key = key_of(parcel)
        lane = self._lanes.get(key)
        if lane is not None:
            if missed := lane.add(parcel):
                self._struck.strike(missed)
            return
        lane = self._lanes[key] = Lane(deque((parcel,)))
        self._idle.clear()
        if len(self._lanes) >= _CROWD:
            self._room.clear()
        lane.task = self._start(self._run(key, lane))

    def leave(self, chat_id: int, *, noted: bool = True) -> list[asyncio.Task[int | None]]:
        """Let go of everything that waits for this chat; she has left it.

        What is under way cannot be called back, but it is not tried again; it is returned. Each
        ends with the number of the message it showed itself in, if it did. `noted` says whether
        such a message is noted in the ledger, as always, or nothing more is to be written of her.
        """
        under_way = []
        for key in ((chat_id, False), (chat_id, True)):
            lane = self._lanes.get(key)
            if lane is None or lane.task is None:
                continue
            self._close(key)
            lane.left, lane.noted = True, noted
            if lane.calling:
                under_way.append(lane.task)
            else:
                lane.task.cancel()
        return under_way

    def _close(self, key: Key) -> None:
        """Close a lane: whatever is sent to this chat from now on waits for nothing in it."""
        del self._lanes[key]
        if len(self._lanes) < _CROWD:
            self._room.set()
        if not self._lanes:
            self._idle.set()

    def _start(self, work: Coroutine[Any, Any, int | None]) -> asyncio.Task[int | None]:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    def tell(self, shown: Shown, chat_id: int, language: str) -> None:
        """Show something once, past lanes and outbox: for when nothing can be written down."""
        self._start(self._tell(shown, chat_id, language))

    async def _tell(self, shown: Shown, chat_id: int, language: str) -> None:
        at = int(self._clock())
        with suppress(ChannelError):
            new = await self._channel.deliver(shown, chat_id, None, None)
            if new is not None:
                trace = Trace(new, at, ours=True)
                self._struck.note(chat_id, Traced(chat_id, (trace,), language=language))

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

    async def _run(self, key: Key, lane: Lane) -> int | None:
        parcels, (chat_id, _) = lane.parcels, key
        while parcels:
            try:
                await self._deliver(lane, parcels[0])
            except Unwelcome:
                self._erase(chat_id)
                break
            except Exception:  # noqa: BLE001 - one parcel must never stop the lane behind it
                _log.exception("delivery.broken")
                if not isinstance(parcels[0].reply, Note) and not lane.left:
                    parcels[0] = replace(parcels[0], reply=Note())
                    continue
                self._struck.strike(parcels[0])
            done = parcels.popleft()
            if self.forgets(done):
                self._confirmed(chat_id, done.id)
            if lane.left:
                break
        if not lane.left:
            self._close(key)
        return lane.shown

    async def _deliver(self, lane: Lane, parcel: Parcel) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._hand_over(lane, parcel)
            except NotDelivered as refusal:
                wait = refusal.after or pause
            except Undecided:
                if parcel.is_new:
                    self._unknown(1)
                parcel = replace(parcel, attempts=parcel.attempts + 1, tap=None)
                # Each try may be a copy, so the few there are must outlast a short outage.
                wait = pause if not parcel.is_new else pause * _DOUBTFUL
            except Gone:
                parcel, wait = replace(parcel, message_id=None), 0.0
            except Impossible:
                _log.warning("delivery.impossible")
                self._struck.strike(parcel)
                return
            else:
                return
            if lane.left:
                return
            if wait:
                await asyncio.sleep(wait)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _hand_over(self, lane: Lane, parcel: Parcel) -> None:
        """Send once and strike out.

        Before a new message goes, it is durable that a copy of it may exist. That commit takes
        along the strikes of those sent before it, so no more than the window is ever unstruck.
        """
        if not parcel.is_new:
            await self._send_now(lane, parcel)
            return
        async with self._turn_of(parcel), self._window:
            await self._struck.count(replace(parcel, attempts=parcel.attempts + 1))
            await self._send_now(lane, parcel)

    async def _send_now(self, lane: Lane, parcel: Parcel) -> None:
        """Send what is due at this moment, however long the parcel has waited for its place."""
        appeared = None
        async with self._parallel:
            due = still_due(parcel, self._clock(), followed=len(lane.parcels) > 1)
            shown = rendered(self._on(), due, self._clock()) if due else None
            if shown is not None:
                lane.calling, at = True, self._clock()
                try:
                    new = await self._channel.deliver(
                        shown, parcel.chat_id, parcel.message_id, parcel.tap
                    )
                finally:
                    lane.calling = False
                if isinstance(shown, PassedOn):
                    self._copied(shown.team, new, at)
                    new = None  # it stands in another chat than hers
                lane.shown = parcel.message_id if new is None else new
                if lane.noted:
                    appeared = self._appeared(parcel, new, at)
                if isinstance(shown, Page) and lane.shown is not None and not lane.left:
                    self.shown(parcel, lane.shown, shown)
        # Whoever is told that she is forgotten is not forgotten yet: her erasure takes the row
        # along, and after a crash what still waits is done again.
        if not self.forgets(parcel):
            self._struck.strike(parcel, appeared)

    def _copied(self, team: int, copy: int | None, at: float) -> None:
        """Note a copy in the ledger of the team's own chat, which names nobody: it goes in time.

        Without a face and a language nothing is said there when it goes.
        """
        if copy is not None:
            trace = Trace(copy, int(at), ours=True)
            self._struck.note(team, Traced(team, (trace,), idle=IDLE_MOST, active=True))

    def _appeared(self, parcel: Parcel, new: int | None, at: float) -> Traced | None:
        """Say what the ledger does not know yet: a new message, or one that may have been cleared.

        The screen that tells her that she is forgotten is noted nowhere.
        """
        if self.forgets(parcel) or isinstance(parcel.reply, Remove | PassOn):
            return None
        if new is None and at - parcel.born < _UNCLEARED:
            return None
        number = parcel.message_id if new is None else new
        return None if number is None else parcel.traced(number, at)

    def _turn_of(self, parcel: Parcel) -> AbstractAsyncContextManager[None]:
        """Send what may have arrived already one by one: a second crash then leaves one in doubt.

        A picture waits for its turn before it takes a place in the window, so that however many
        are asked for, words go past them.
        """
        if parcel.attempts:
            return self._again
        return self._easels if isinstance(parcel.reply, Picture) else nullcontext()

    def forgets(self, parcel: Parcel) -> bool:
        """Tell whether a parcel says that the person is forgotten."""
        node = self._on().world.content.nodes.get(getattr(parcel.reply, "place", ""))
        return isinstance(parcel.reply, Show) and node is not None and node.forgets

    def _on(self) -> Stage:
        if self.stage is None:
            raise RuntimeError("the delivery needs a stage before its first parcel")
        return self.stage
