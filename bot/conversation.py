"""The conductor: what people did comes in, a turn is taken and committed, answers go out.

One loop takes whatever has arrived, loads all those sessions at once, lets the engine take each
turn in the order of arrival, and commits everything together. So the turns of one person can
never overtake each other, and the cost of making a turn durable is shared by all of the batch.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from bot.channels.port import Channel, Inbound
from bot.delivery import Delivery, Parcel, Struck
from bot.engine.replies import Note
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine, Turn
from bot.erasures import Erasures
from bot.errors import StoreError
from bot.store.batch import Batch, Loaded, Pending
from bot.store.store import Store
from bot.turns import Retention, Turns

_log = logging.getLogger("tirek.conversation")

_BATCH = 256
"""Turns committed together at most: enough to share the cost, few enough to stay quick."""

_SWEEP_EVERY = 300.0
"""Seconds between sweeps; lives are kept to within ten minutes (R5)."""

_SETTLING = 5.0
"""Seconds a start waits at most for what an earlier run left in doubt."""

_PARTING = 7.0
"""Seconds to finish what is under way when told to stop; a supervisor gives ten (R36)."""

_TRIES = 2
"""How often an update that breaks the store's work is tried before it is set aside (R34)."""

_TOO_LONG = 4
"""Tries in vain, 0.7 s, after which those who wait get the emergency numbers from memory."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
"""Seconds between tries while the database does not answer; doubled from the first on."""


@dataclass(slots=True)
class _Taken:
    """One caller's updates, and the future that is done when they are committed."""

    inbound: Sequence[Inbound]
    set_aside: Sequence[int]
    committed: asyncio.Future[None]


class Conversation:
    """Takes turns for everybody. Start it with `async with`; hand it updates with `take`."""

    def __init__(
        self,
        stage: Stage,
        store: Store,
        channel: Channel,
        retention: Retention,
        clock: Callable[[], float],
        *,
        window: int = 8,
        parallel: int = 256,
    ) -> None:
        """Put the parts together; nothing runs yet.

        Args:
            stage: the content and words to serve.
            store: where turns become durable.
            channel: the way out.
            retention: how long things live.
            clock: epoch seconds.
            window: new messages that may be under way or unstruck at once (what a crash may double).
            parallel: messages of any kind under way at once.
        """
        self._engine = Engine(stage)
        self._store, self._retention, self._clock = store, retention, clock
        self._struck = Struck(self._wake_up)
        self._erasures = Erasures(store)
        self.delivery = Delivery(
            channel,
            self._struck,
            clock,
            window=window,
            parallel=parallel,
            erase=self._erasures.now,
            confirmed=self._erasures.confirmed,
        )
        self.delivery.stage = stage
        self._inbox: deque[_Taken] = deque()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        """Sweep what has outlived its time, send what an earlier run left, start taking turns."""
        left = await self._store.pending()
        if left.lost:
            _log.warning("outbox.unreadable count=%d", left.lost)
        await self._store.sweep(self._clock())
        self._tasks = [
            asyncio.create_task(self._turn_after_turn(), name="turns"),
            asyncio.create_task(self._erasures.run(), name="erasures"),
            asyncio.create_task(self._sweep_and_sweep(), name="sweeps"),
        ]
        try:
            await self._send_again(left.replies)
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Finish what is under way, as far as a few seconds allow; the rest waits in the outbox."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PARTING):
                await self.delivery.settled()
        await self.delivery.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(StoreError):
            await self._flush()
            await self._erasures.finish()
        for taken in self._inbox:
            taken.committed.cancel()

    def reload(self, stage: Stage) -> None:
        """Serve new content from the next turn on."""
        self._engine = Engine(stage)
        self.delivery.stage = stage

    async def take(self, inbound: Sequence[Inbound], set_aside: Sequence[int] = ()) -> None:
        """Take a turn for each update, in order; return once all of it is durable.

        Args:
            inbound: what people did.
            set_aside: ids of updates nobody could read; they are remembered as done.
        """
        taken = _Taken(inbound, set_aside, asyncio.get_running_loop().create_future())
        self._inbox.append(taken)
        self._wake.set()
        try:
            await taken.committed
        except asyncio.CancelledError:
            # Nobody waits for it any more, so nobody confirms it: it will come again.
            with suppress(ValueError):
                self._inbox.remove(taken)
            raise

    async def roomy(self) -> None:
        """Wait until another update can be taken without piling answers up."""
        await self.delivery.roomy()

    async def settled(self) -> None:
        """Wait until every answer has gone out."""
        await self.delivery.settled()

    def _wake_up(self) -> None:
        self._wake.set()

    async def _turn_after_turn(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._inbox or self._struck.urgent:
                await self._one_commit()

    async def _one_commit(self) -> None:
        batch: list[_Taken] = []
        turns = 0
        while self._inbox and (not batch or turns + len(self._inbox[0].inbound) <= _BATCH):
            batch.append(self._inbox.popleft())
            turns += len(batch[-1].inbound)
        inbound = [one for taken in batch for one in taken.inbound]
        set_aside = [number for taken in batch for number in taken.set_aside]
        try:
            if not await self._durable(inbound, set_aside):
                broken = [one.update_id for one in inbound if not await self._durable([one], [])]
                await self._durable([], [*set_aside, *broken])
        except BaseException:
            for taken in batch:
                taken.committed.cancel()
            raise
        for taken in batch:
            if not taken.committed.done():
                taken.committed.set_result(None)

    async def _durable(self, inbound: list[Inbound], set_aside: list[int]) -> bool:
        """Commit as soon as the database answers; tell if these updates themselves break it."""
        pause, broken, away = _FIRST_PAUSE, 0, 0
        while broken < _TRIES:
            try:
                await self._commit(inbound, set_aside)
            except Exception as error:  # noqa: BLE001 - whatever it is, all others go on (R34)
                # Nothing was confirmed, so nothing is lost: Telegram keeps it until we can.
                _log.exception("store.unavailable")
                broken += not isinstance(error, StoreError)
                away += isinstance(error, StoreError)
                if away == _TOO_LONG:
                    self._give_numbers(inbound)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                return True
        return False

    def _give_numbers(self, inbound: list[Inbound]) -> None:
        """Give everybody who waits the emergency numbers, from memory, once (R36)."""
        stage = self._engine.stage
        for chat_id, code in {one.chat_id: one.language_code for one in inbound}.items():
            self.delivery.tell(stage.emergency(self._engine.begin(code).language), chat_id)

    async def _commit(self, inbound: list[Inbound], set_aside: list[int]) -> None:
        nodes = self._engine.stage.world.content.nodes
        turns, taken = Turns(nodes, self._retention, set_aside), self._struck.take()

        def decide(loaded: Loaded) -> Batch:
            known: dict[int, Session | None] = dict(loaded.sessions)
            for one in inbound:
                if one.update_id not in loaded.seen:
                    loaded.seen.add(one.update_id)
                    turns.add(one, self._turn(one, known))
            return turns.batch(int(self._clock()), taken[0], taken[1])

        try:
            ids = await self._store.transact(
                {one.user_id for one in inbound},
                {one.update_id for one in inbound},
                self._clock(),
                decide,
            )
        except BaseException:
            self._struck.put_back(taken)
            raise
        for waiting in taken[2]:
            if not waiting.done():
                waiting.set_result(None)
        self._send(turns, ids)

    def _turn(self, one: Inbound, known: dict[int, Session | None]) -> Turn:
        now = datetime.fromtimestamp(self._clock(), UTC)
        session = known.get(one.user_id)
        try:
            turn = self._engine.step(session, one.event, now, one.language_code)
        except Exception:  # noqa: BLE001 - one update must never stop the others (R34)
            _log.exception("turn.broken")
            reader = session or self._engine.begin(one.language_code)
            turn = Turn(session, (Note(),), reader)
        known[one.user_id] = turn.session
        return turn

    def _send(self, turns: Turns, ids: list[int]) -> None:
        for parcel in turns.parcels(ids):
            if self.delivery.forgets(parcel):
                self._erasures.once_confirmed(parcel.chat_id, parcel.id)
            self.delivery.send(parcel)
        for user_id in turns.departed:
            self._erasures.now(user_id)

    async def _send_again(self, waiting: Sequence[Pending]) -> None:
        """Send what an earlier run left, and first of all what may have arrived already.

        That is settled before anything new begins, so that another crash finds as little as
        possible in doubt for the second time.
        """
        doubtful = {one.chat_id for one in waiting if one.attempts}
        for one in waiting:
            if one.chat_id in doubtful:
                self.delivery.send(_parcel_of(one))
        with suppress(TimeoutError):
            async with asyncio.timeout(_SETTLING):
                await self.delivery.settled()
        for one in waiting:
            if one.chat_id not in doubtful:
                self.delivery.send(_parcel_of(one))

    async def _flush(self) -> None:
        if self._struck:
            await self._commit([], [])

    async def _sweep_and_sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_EVERY)
            try:
                await self._store.sweep(self._clock())
            except Exception:  # noqa: BLE001 - lives must be kept for as long as we live (R5)
                _log.exception("sweep.failed")


def _parcel_of(one: Pending) -> Parcel:
    """Take a reply up again where an earlier run left it."""
    place, item = getattr(one.reply, "place", ""), getattr(one.reply, "item", "")
    reader = Session(
        place, one.language, item, one.country, told=one.told, town=one.town, said=one.said
    )
    return Parcel(
        one.id,
        one.chat_id,
        one.reply,
        reader,
        one.expires,
        one.message_id,
        attempts=one.attempts,
    )
