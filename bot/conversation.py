"""The conductor: what people did comes in, a turn is taken and committed, answers go out.

One loop takes whatever has arrived, loads all those sessions at once, lets the engine take each
turn in the order of arrival, and commits everything together. So the turns of one person can
never overtake each other, and the cost of making a turn durable is shared by all of the batch.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from bot.channels.port import Channel, Inbound
from bot.counting.ribbons import Tree
from bot.engine.events import Located, Wrote
from bot.engine.recall import Recall
from bot.engine.replies import Note
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.engine.step import Engine, Turn
from bot.engine.world import World
from bot.errors import StoreError
from bot.just_heard import JustHeard
from bot.learning.live.game import Game
from bot.outward.outward import Outward
from bot.staff.desk import Desk
from bot.staff.standing import NEW_FOR, NOBODY, Standing
from bot.store.batch import Batch, Loaded
from bot.store.store import Store
from bot.turns import Retention, Turns

_log = logging.getLogger("tirek.conversation")

_BATCH = 256
"""Turns committed together at most: enough to share the cost, few enough to stay quick."""

_SWEEP_EVERY = 300.0
"""Seconds between sweeps; lives are kept to within ten minutes (R5)."""

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
        self._engine, self._just_heard = Engine(stage), JustHeard()
        self._store, self._retention, self._clock = store, retention, clock
        self.outward = Outward(
            store, channel, clock, self._wake_up, window=window, parallel=parallel
        )
        self.outward.serve(stage)
        self._ordered = asyncio.Event()
        self._inbox: deque[_Taken] = deque()
        self._parting = _PARTING
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        """Sweep what has outlived its time, send what an earlier run left, start taking turns."""
        left = await self._store.pending()
        if left.lost:
            _log.warning("outbox.unreadable count=%d", left.lost)
        await self._sweep()
        self._tasks = [
            asyncio.create_task(self._turn_after_turn(), name="turns"),
            *self.outward.start(),
            asyncio.create_task(self._sweep_and_sweep(), name="sweeps"),
        ]
        try:
            await self.outward.send_again(left.replies)
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Finish what is under way, as far as a few seconds allow; the rest waits in the outbox."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._parting):
                await self.settled()
        await self.outward.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(StoreError):
            await self._flush()
            await self.outward.erasures.finish()
        for taken in self._inbox:
            taken.committed.cancel()

    def break_off(self) -> None:
        """Leave without finishing what is under way: nothing more may be sent."""
        self._parting = 0.0

    @property
    def world(self) -> World:
        """What is served now."""
        return self._engine.stage.world

    def reload(self, stage: Stage) -> None:
        """Serve new content from the next turn on; the wishing tree stands as it stood."""
        self._serve(stage.grown(self.world.tree))

    def grow(self, tree: Tree) -> None:
        """Show the wishing tree as it has grown, from the next turn on."""
        grown = self._engine.stage.grown(tree)
        if grown is not self._engine.stage:
            self._serve(grown)

    def _serve(self, stage: Stage) -> None:
        self._engine = Engine(stage)
        self.outward.serve(stage)

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

    async def play(
        self, decide: Callable[[Mapping[int, Game]], Mapping[int, Game | None]]
    ) -> Mapping[int, Game]:
        """Change the games that go on, as soon as the database answers; see the port."""
        pause = _FIRST_PAUSE
        while True:
            try:
                return await self._store.play(decide)
            except StoreError:
                _log.exception("store.unavailable")
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def ordered(self) -> None:
        """Wait until somebody who leads games has ordered something."""
        await self._ordered.wait()
        self._ordered.clear()

    async def roomy(self) -> None:
        """Wait until another update can be taken without piling answers up."""
        await self.outward.delivery.roomy()

    async def settled(self) -> None:
        """Wait until every answer has gone out and every chat that was left is cleared."""
        await self.outward.settled()

    def _wake_up(self) -> None:
        self._wake.set()

    async def _turn_after_turn(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._inbox or self.outward.struck.urgent:
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
            language = self._engine.begin(code).language
            self.outward.delivery.tell(stage.emergency(language), chat_id, language)

    async def _commit(self, inbound: list[Inbound], set_aside: list[int]) -> None:
        content = self._engine.stage.world.content
        turns, taken = Turns(content, self._retention, set_aside), self.outward.struck.take()
        said = (one.event.text for one in inbound if isinstance(one.event, Wrote))
        phrases = {phrase for text in said if (phrase := self._engine.phrases(text))}

        def decide(loaded: Loaded) -> Batch:
            known: dict[int, Session | None] = dict(loaded.sessions)
            now = self._clock()
            for one in inbound:
                if one.update_id not in loaded.seen:
                    loaded.seen.add(one.update_id)
                    recall = turns.recall(one.user_id, loaded)
                    turn = self._turn(one, known, loaded, recall, now)
                    turns.add(one, turn, int(now))
            return turns.batch(int(now), taken)

        try:
            ids = await self._store.transact(
                {one.user_id for one in inbound},
                {one.update_id for one in inbound},
                self._clock(),
                decide,
                phrases,
            )
        except BaseException:
            self.outward.struck.put_back(taken)
            raise
        for waiting in taken.waiting:
            if not waiting.done():
                waiting.set_result(None)
        if turns.has_orders:
            self._ordered.set()
        self.outward.send(turns, ids)

    def _turn(
        self,
        one: Inbound,
        known: dict[int, Session | None],
        loaded: Loaded,
        recall: Recall,
        now: float,
    ) -> Turn:
        session = self._just_heard.recall(one.user_id, known.get(one.user_id), now)
        engine, standing = self._engine, self._standing(one, session, loaded.desk, now)
        try:
            turn = engine.step(
                session,
                one.event,
                datetime.fromtimestamp(now, UTC),
                one.language_code,
                loaded.left,
                standing=standing,
                recall=recall,
            )
        except Exception:  # noqa: BLE001 - one update must never stop the others (R34)
            _log.exception("turn.broken")
            reader = session or engine.begin(one.language_code)
            turn = Turn(session, (Note(),), reader, conceal=isinstance(one.event, Located))
        known[one.user_id] = turn.session
        self._just_heard.keep(one.user_id, turn.session, now)
        loaded.left.pop(turn.taken, None)
        if turn.doing is not None:
            loaded.desk.note(one.user_id, turn.doing)
            turn = engine.looked_again(turn, recall)
        return turn

    def _standing(self, one: Inbound, session: Session | None, desk: Desk, now: float) -> Standing:
        """Look up how she stands to the team, where this turn needs it and she took it herself, now."""
        staffing, is_old = self._engine.staffing, now - one.cause > NEW_FOR
        if one.forwarded or is_old or not staffing.asks(session, one.event):
            return NOBODY
        return desk.standing(one.user_id, staffing.token(one.event))

    async def _flush(self) -> None:
        if self.outward.struck:
            await self._commit([], [])

    async def _sweep(self) -> None:
        swept = await self._store.sweep(self._clock())
        if swept.traces:
            _log.warning("wipe.left count=%d", swept.traces)

    async def _sweep_and_sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_EVERY)
            try:
                await self._sweep()
            except Exception:  # noqa: BLE001 - lives must be kept for as long as we live (R5)
                _log.exception("sweep.failed")
