"""Groups: the bot leaves those nobody approved, and says nothing but its link in the others."""

import asyncio
import logging
from collections.abc import Collection, Coroutine
from dataclasses import dataclass

import msgspec

from bot.channels.port import NotDelivered, Undecided
from bot.channels.telegram.api import Api, Refused
from bot.channels.telegram.messages import QUIET
from bot.errors import ChannelError

_log = logging.getLogger("tirek.telegram")

_QUIET_FOR = 60.0
"""Seconds in which a group gets the link once at most, whoever asks how often (R20)."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
"""Seconds between tries to leave; doubled from the first on."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Something happened where more than one person reads along.

    `asked` is true for a command that a known member of a group wrote: not for an anonymous
    admin, not for a channel, not for the news that the bot was added.
    """

    chat_id: int
    asked: bool = False


class Groups:
    """Answers what happens in groups; nothing of it is stored."""

    def __init__(self, api: Api, approved: Collection[int]) -> None:
        """Stay only in `approved` groups, by their Telegram ids; start without the bot's link."""
        self._api = api
        self._approved = frozenset(approved)
        self._told: dict[int, float] = {}
        self._busy: dict[int, asyncio.Task[None]] = {}
        self.link = ""
        """The bot's own address; groups are told nothing before it is known."""

    def meet(self, happened: Collection[Grouped]) -> None:
        """Leave or answer, apart from everything else that goes on."""
        for one in happened:
            if one.chat_id in self._busy:
                continue
            if one.chat_id not in self._approved:
                self._start(one.chat_id, self._leave(one.chat_id))
            elif one.asked and self.link and self._may_tell(one.chat_id):
                self._start(one.chat_id, self._tell(one.chat_id))

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        while self._busy:
            await asyncio.gather(*self._busy.values())

    async def stop(self) -> None:
        """Let go of what is under way; a group that goes on writing is left after the restart."""
        for task in [*self._busy.values()]:
            task.cancel()
        await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def _start(self, chat_id: int, doing: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(doing)
        self._busy[chat_id] = task
        task.add_done_callback(lambda _: self._busy.pop(chat_id, None))

    def _may_tell(self, chat_id: int) -> bool:
        now = asyncio.get_running_loop().time()
        if now < self._told.get(chat_id, 0.0):
            return False
        self._told[chat_id] = now + _QUIET_FOR
        return True

    async def _leave(self, chat_id: int) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._api.call("leaveChat", msgspec.json.encode({"chat_id": chat_id}))
            except Refused:
                return  # it is gone, or we are
            except (NotDelivered, Undecided) as error:
                await asyncio.sleep(getattr(error, "after", None) or pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            except ChannelError:
                return
            else:
                _log.info("groups.left")
                return

    async def _tell(self, chat_id: int) -> None:
        body = {
            "chat_id": chat_id,
            "text": self.link,
            **QUIET,
            "link_preview_options": {"is_disabled": True},
        }
        try:
            await self._api.call("sendMessage", msgspec.json.encode(body))
        except ChannelError:
            return  # whoever wants the link asks again
