"""Screens that change by themselves while they stand: edited until she goes on, at a civil pace.

Nothing of it is kept: after a restart such a screen says as of when it is, and a button of it looks
again. Each look asks the store whether she still stands there, so a turn that another process took
ends it as well; and nothing is edited in a chat that is being cleared.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.channels.port import Channel, NotDelivered, Undecided, Unwelcome
from bot.engine.screen import Page
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.errors import ChannelError, StoreError
from bot.outward.parcels import Parcel
from bot.store.store import Store

_log = logging.getLogger("tirek.following")

_OFTEN, _SELDOM = 5.0, 15.0
"""Seconds between looks: in the first minute, and later."""

_AT_FIRST = 60.0

_TICK = 1.0

_MOST = 50
"""Screens that are followed at once; the one that was longest is let go of for another."""


@dataclass(slots=True)
class _Followed:
    """A screen in a chat.

    Attributes:
        message: where it stands.
        reader: with what it was shown last.
        began: when it was followed first, by the loop's clock.
        next: when to look again.
        until: what the store says of her conversation; another turn changes it. None before a look.
        task: an edit that is under way.
    """

    message: int
    reader: Session
    began: float
    next: float
    until: int | None = None
    task: asyncio.Task[int | None] | None = None


class Following:
    """Follows what stands in each chat; `run` until cancelled."""

    def __init__(
        self,
        store: Store,
        channel: Channel,
        clock: Callable[[], float],
        erase: Callable[[int], None],
    ) -> None:
        """Edit through `channel`; `clock` in epoch seconds; `erase` whoever has blocked the bot."""
        self.stage: Stage | None = None
        self._store, self._channel, self._clock, self._erase = store, channel, clock, erase
        self._chats: dict[int, _Followed] = {}
        self._some = asyncio.Event()

    def shown(self, parcel: Parcel, message_id: int, page: Page) -> None:
        """Follow a screen that was just shown, instead of any other one in this chat."""
        self.let_go(parcel.chat_id)
        if page.live:
            if len(self._chats) >= _MOST:
                self.let_go(next(iter(self._chats)))
            now = asyncio.get_running_loop().time()
            self._chats[parcel.chat_id] = _Followed(message_id, parcel.reader, now, now)
            self._some.set()

    def let_go(self, chat_id: int) -> Sequence[asyncio.Task[int | None]]:
        """Follow nothing in this chat any more; return the edit that cannot be called back.

        It ends with the message it showed itself in, if it did.
        """
        one = self._chats.pop(chat_id, None)
        return (one.task,) if one and one.task else ()

    async def run(self) -> None:
        """Look again and again, as long as there is something to follow."""
        try:
            while True:
                if not self._chats:
                    self._some.clear()
                    await self._some.wait()
                try:
                    await self._look()
                except StoreError:
                    _log.exception("following.unavailable")
                except Exception:  # noqa: BLE001 - one screen must not end all later ones
                    _log.exception("following.broken")
                await asyncio.sleep(_TICK)
        finally:
            tasks = [one.task for one in self._chats.values() if one.task]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        due = {id_: one for id_, one in self._chats.items() if one.next <= now and not one.task}
        if not due:
            return
        found = await self._store.standing_by(due, self._clock())
        for chat_id, one in due.items():
            if self._chats.get(chat_id) is not one:
                continue
            there = found.get(chat_id)
            known = one.until is None or (there is not None and there.until == one.until)
            if there is None or not known or not _is_same(there.session, one.reader):
                self.let_go(chat_id)
                continue
            one.until = there.until
            one.next = now + (_OFTEN if now - one.began < _AT_FIRST else _SELDOM)
            reader = replace(one.reader, board=there.board, standing=there.standing)
            self._show(chat_id, one, reader)

    def _show(self, chat_id: int, one: _Followed, reader: Session) -> None:
        """Edit the message if it would say something else by now, the time it tells left aside."""
        if self.stage is None:
            return
        moment = datetime.fromtimestamp(self._clock(), UTC)
        before, page = self.stage.page(one.reader, moment), self.stage.page(reader, moment)
        if before != page:
            work = self._edit(chat_id, one, reader, page)
            one.task = asyncio.get_running_loop().create_task(work)

    async def _edit(self, chat_id: int, one: _Followed, reader: Session, page: Page) -> int:
        """Edit it once; return which message it was."""
        goes_on = False
        try:
            await self._channel.deliver(page, chat_id, one.message, None)
        except (NotDelivered, Undecided) as failure:
            after = failure.after if isinstance(failure, NotDelivered) else None
            one.next = asyncio.get_running_loop().time() + max(after or 0.0, _SELDOM)
            goes_on = True
        except Unwelcome:
            self._erase(chat_id)
        except ChannelError:
            pass  # it is gone, or cannot be changed any more
        else:
            one.reader, goes_on = reader, page.live
        one.task = None
        if not goes_on and self._chats.get(chat_id) is one:
            del self._chats[chat_id]
        return one.message


def _is_same(there: Session, shown: Session) -> bool:
    """Tell whether she stands where she was shown it."""
    return (there.place, there.item) == (shown.place, shown.item) and there.cover is None
