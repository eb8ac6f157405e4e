"""What was said disappears: at once for who leaves, after a while for who stays away.

Both are the same thing. The ledger of a chat says when its time has come, and everything in it is
removed on both sides; only the newest message of ours stays, as a neutral screen. What does not
come through is tried again until it does, also after a restart. Nobody waits for it: not the
turns, not the answers, and no chat for another.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial
from typing import Any, TypeVar

from bot.channels.port import Channel, Unwelcome
from bot.engine.stage import Stage
from bot.errors import StoreError
from bot.outward.clearing import Chat, attempt
from bot.outward.rendering import neutral
from bot.store.batch import Due
from bot.store.store import Store
from bot.turns import Parting

_log = logging.getLogger("tirek.wiping")

Result = TypeVar("Result")

_LOOK_EVERY = 15.0
"""Seconds between looks for chats whose time has come."""

_MOST = 200
"""Chats taken up in one look; there is no next look while half as many are under way."""

_SIDE_BY_SIDE = 32
"""Chats that fade at the same moment. Who leaves waits for none of them."""

_FORGET_WITHIN = 3.5
"""Seconds to clear the chat of somebody who is being forgotten; R6 gives five for everything."""

_ANSWER_LIFE = 300
"""Seconds after she left in which the neutral screen may still be a new message (R11)."""

_SCREEN_LIFE = 60.0
"""Seconds for which a neutral screen serves whoever leaves again, instead of one more of them."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
"""Seconds between tries while something does not come through; doubled from the first on."""


UnderWay = Sequence[asyncio.Task[int | None]]
Work = Callable[[], Coroutine[Any, Any, None]]


class Wiping:
    """Clears chats, each in a task of its own."""

    def __init__(
        self,
        store: Store,
        channel: Channel,
        clock: Callable[[], float],
        erase: Callable[[int], None],
        let_go: Callable[[int], "UnderWay"],
    ) -> None:
        """Clear through `channel` what `store` knows of; nothing fades before `run`.

        `clock` gives epoch seconds. `erase` is called with the chat of a person who does not want
        to hear from us any more, `let_go` with a chat in which nothing may change any more: it
        returns what cannot be called back.
        """
        self._let_go = let_go
        self.stage: Stage | None = None
        self._store, self._channel, self._clock, self._erase = store, channel, clock, erase
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: Counter[int] = Counter()
        self._whole: Counter[int] = Counter()
        self._leaving: dict[int, Chat] = {}
        self._screens: dict[int, int] = {}
        self._few = asyncio.Semaphore(_SIDE_BY_SIDE)
        self._unknown = 0

    def unknown(self, count: int) -> None:
        """Report, soon, messages that may stand in a chat without anybody knowing their numbers."""
        self._unknown += count

    def gives_way(self, chat_id: int) -> bool:
        """Tell whether a chat is just being cleared: an answer must then be a new message.

        Whoever left and gets an answer needs no neutral screen of its own any more.
        """
        leaving = self._leaving.get(chat_id)
        if leaving is not None:
            leaving.answers_until = 0.0
        return self._whole[chat_id] > 0

    def leave(self, parting: Parting, under_way: UnderWay) -> None:
        """Clear the chat of somebody who has left, at once and past everything that waits.

        `under_way` are deliveries that could not be called back; whatever they show goes as well.
        """
        chat_id, earlier = parting.chat_id, self._leaving.get(parting.chat_id)
        until = 0.0 if earlier and earlier.answers_until else parting.cause + _ANSWER_LIFE
        chat = Chat(chat_id, at_once=True, answers_until=until, tap=parting.tap)
        self._leaving[chat_id] = chat

        async def work() -> None:
            try:
                await self._leave(parting, chat, under_way)
            finally:
                if self._leaving.get(chat_id) is chat:
                    del self._leaving[chat_id]

        self._start(parting.user_id, chat_id, work)

    def forget(
        self, parting: Parting, spared: int | None, under_way: UnderWay
    ) -> asyncio.Task[None]:
        """Clear the chat of somebody who is being forgotten, but for the message `spared`.

        The task ends within a few seconds; what could not be cleared by then is reported.
        """
        chat = Chat(parting.chat_id, at_once=True)

        async def work() -> None:
            _fill(chat, await self._persist(lambda: self._store.traced(parting.user_id)))
            chat.todo.discard(spared or 0)
            try:
                async with asyncio.timeout(_FORGET_WITHIN):
                    await self._all(parting, chat, under_way)
            except TimeoutError:
                if chat.todo:
                    _log.warning("wipe.left count=%d", len(chat.todo))
            # These and no others: what she has left since is still to be cleared.
            await self._persist(lambda: self._store.cleared(parting.user_id, chat.at))

        return self._start(parting.user_id, parting.chat_id, work)

    async def run(self) -> None:
        """Let chats fade whose time has come, until cancelled."""
        while True:
            begun = asyncio.get_running_loop().time()
            full = False
            try:
                full = await self._look()
            except Exception:  # noqa: BLE001 - lives must be kept for as long as we live (R9)
                _log.exception("wipe.unavailable")
            if self._unknown:
                _log.warning("wipe.unknown count=%d", self._unknown)
                self._unknown = 0
            await self._rest(begun + _LOOK_EVERY, full=full)

    async def settled(self) -> None:
        """Wait until nothing is being cleared."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Let go of what is under way; the ledger keeps it for the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(
        self, user_id: int, chat_id: int, work: Work, *, whole: bool = True
    ) -> asyncio.Task[None]:
        books = ((self._busy, user_id), (self._whole, chat_id))[: 2 if whole else 1]
        for book, key in books:
            book[key] += 1

        async def counted() -> None:
            try:
                await work()
            except* Unwelcome:
                self._erase(chat_id)
            except* Exception:  # noqa: BLE001 - one chat must never stop the others
                _log.exception("wipe.broken")

        def release(done: asyncio.Task[None]) -> None:
            self._tasks.discard(done)
            for book, key in books:
                book[key] -= 1
                if not book[key]:
                    del book[key]

        task = asyncio.get_running_loop().create_task(counted())
        self._tasks.add(task)
        task.add_done_callback(release)
        return task

    async def _leave(self, parting: Parting, chat: Chat, under_way: UnderWay) -> None:
        due = await self._persist(lambda: self._store.traced(parting.user_id))
        _fill(chat, due)
        ours = _ours(due)
        stays = next(iter(ours), self._screens.get(parting.chat_id))
        if parting.over in ours:  # it is there for certain: a newer one may be a card long closed
            stays = parting.over
        if stays is not None:
            chat.todo.discard(stays)
            chat.kept.append(stays)
        await self._all(parting, chat, under_way)
        if chat.screen is not None:
            self._screens[parting.chat_id] = chat.screen
            loop = asyncio.get_running_loop()
            loop.call_later(_SCREEN_LIFE, self._screens.pop, parting.chat_id, None)

    async def _all(self, parting: Parting, chat: Chat, under_way: UnderWay) -> None:
        """Clear the chat, and besides it whatever the deliveries under way still show."""
        async with asyncio.TaskGroup() as tasks:
            for one in under_way:
                tasks.create_task(self._follow(parting, chat, one))
            tasks.create_task(self._clear(parting.user_id, chat, parting.face, parting.language))

    async def _follow(
        self, parting: Parting, chat: Chat, under_way: asyncio.Task[int | None]
    ) -> None:
        await asyncio.wait([under_way])
        shown = None if under_way.cancelled() else under_way.result()
        if shown is None:
            return
        stays = shown in chat.kept or shown == chat.screen
        late = Chat(chat.chat_id, kept=[shown]) if stays else Chat(chat.chat_id, todo={shown})
        await self._clear(parting.user_id, late, parting.face, parting.language)

    def _fade(self, due: Due) -> None:
        """Clear a chat that was left alone, or only the old part of one."""
        chat = Chat(due.chat_id, kept=_ours(due) if due.face else [])
        if due.face and not chat.kept:
            # She left a moment before a crash, and nothing of ours stands there to be overwritten.
            # No pause is shorter than this, so nobody who is only away is ever written to.
            chat.answers_until = max((one.at for one in due.traces), default=0) + _ANSWER_LIFE
        _fill(chat, due)
        chat.todo.difference_update(chat.kept)

        under_way = self._let_go(due.chat_id)

        async def work() -> None:
            if under_way:
                await asyncio.wait(under_way)
            await self._clear(due.user_id, chat, due.face, due.language, self._few)

        self._start(due.user_id, due.chat_id, work, whole=bool(due.face))

    async def _clear(
        self,
        user_id: int,
        chat: Chat,
        face: str,
        language: str,
        gate: AbstractAsyncContextManager[Any] | None = None,
    ) -> None:
        """Try until everything is done, and tell the ledger of whatever is.

        The message that stays is the last it is told of: after a crash no other takes its place.
        """
        pause, over = _FIRST_PAUSE, set[int]()
        while not chat.is_done and self.stage is not None:
            # Only a person is shown something; the ledger of a team's chat has no language.
            instead = neutral(self.stage, face, language, self._clock()) if language else None
            async with gate or nullcontext():
                end = await attempt(chat, self._channel, instead, self._clock)
            self.unknown(end.unknown)
            over |= end.over
            ready = over if chat.is_done else over - {chat.screen}
            if ready:
                await self._persist(partial(self._store.cleared, user_id, ready))
            over -= ready
            if end.failed:
                await asyncio.sleep(end.after or pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _persist(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Do what the database must do, as soon as it can."""
        pause = _FIRST_PAUSE
        while True:
            try:
                return await work()
            except StoreError:
                _log.exception("wipe.unavailable")
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _look(self) -> bool:
        """Take up chats whose time has come; tell whether there may be more of them."""
        overdue = await self._store.due(self._clock(), _MOST, besides=[*self._busy])
        if overdue.lost:
            _log.warning("wipe.unreadable count=%d", overdue.lost)
        for due in overdue.chats:
            if due.user_id not in self._busy:
                self._fade(due)
        return len(overdue.chats) >= _MOST

    async def _rest(self, until: float, *, full: bool) -> None:
        """Wait for the next look; while there is more to do only until there is room for it."""
        loop = asyncio.get_running_loop()
        while full and len(self._tasks) > _MOST // 2 and loop.time() < until:
            await asyncio.wait(
                self._tasks,
                timeout=until - loop.time(),
                return_when=asyncio.FIRST_COMPLETED,
            )
        if not full:
            await asyncio.sleep(max(0.0, until - loop.time()))


def _fill(chat: Chat, due: Due | None) -> None:
    chat.at.update((one.message_id, one.at) for one in (due.traces if due else ()))
    chat.todo.update(chat.at)


def _ours(due: Due | None) -> list[int]:
    """Name the messages of ours, the newest first."""
    return sorted((one.message_id for one in (due.traces if due else ()) if one.ours), reverse=True)
