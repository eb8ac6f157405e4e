"""Messages that are to disappear: a hundred in a call, one by one where a hundred are refused."""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any

import msgspec

from bot.channels.port import Cleared, NotDelivered, Unwelcome
from bot.channels.telegram.api import Api, Conflicted, InvalidToken, Refused
from bot.channels.telegram.messages import Messages
from bot.engine.screen import Page
from bot.errors import ChannelError

_IN_ONE_CALL = 100
"""Messages that `deleteMessages` takes (Bot API)."""

_SINGLY = 30
"""Calls for single messages of one chat that are under way at once."""

_WITHOUT_TOKEN = 30.0
"""Seconds before trying again with a token that Telegram refuses just now."""

_GONE = "not found"
_STAYS = ("can't be deleted", "DELETE_FORBIDDEN")
_FIXED = ("can't be edited", "no text in the message")
"""Words of Telegram's refusals: there is no such message; it is too old to be removed; it is not
ours or holds no text."""


class Clearing:
    """Clears one chat; whatever failed for a passing reason is left out of the outcome."""

    def __init__(self, api: Api, messages: Messages, chat_id: int, instead: Page | None) -> None:
        """Overwrite with `instead` what cannot be removed any more; None overwrites nothing."""
        self._api, self._messages = api, messages
        self._chat_id, self._instead = chat_id, instead
        self._few = asyncio.Semaphore(_SINGLY)

    async def clear(self, numbers: Sequence[int]) -> Cleared:
        """Remove the messages of these numbers, all calls at the same time.

        Raises:
            Unwelcome: this person does not want to hear from us any more.
        """
        starts = range(0, len(numbers), _IN_ONE_CALL)
        try:
            return await _all(self._together(numbers[at : at + _IN_ONE_CALL]) for at in starts)
        except Unwelcome:
            if self._instead is not None:
                raise
            return Cleared(left=frozenset(numbers))  # the group has put us out

    async def _together(self, numbers: Sequence[int]) -> Cleared:
        body = msgspec.json.encode({"chat_id": self._chat_id, "message_ids": numbers})
        try:
            await self._api.call("deleteMessages", body)
        except Refused:
            return await _all(self._alone(number) for number in numbers)
        except ChannelError as error:
            return _later(error)
        return Cleared(gone=frozenset(numbers))

    async def _alone(self, number: int) -> Cleared:
        body = b'{"chat_id":%d,"message_id":%d}' % (self._chat_id, number)
        async with self._few:
            try:
                await self._api.call("deleteMessage", body)
            except Refused as refusal:
                if any(words in refusal.description for words in _STAYS):
                    return await self._overwrite(number)
                if _GONE not in refusal.description:
                    return Cleared()
            except ChannelError as error:
                return _later(error)
        return Cleared(gone=frozenset((number,)))

    async def _overwrite(self, number: int) -> Cleared:
        if self._instead is None:
            return Cleared(left=frozenset((number,)))
        body = self._messages.edited(self._instead, self._chat_id, self._chat_id, number)
        try:
            await self._api.call("editMessageText", body)
        except Refused as refusal:
            if any(words in refusal.description for words in _FIXED):
                return Cleared(left=frozenset((number,)))
            if _GONE not in refusal.description and "not modified" not in refusal.description:
                return Cleared()
        except ChannelError as error:
            return _later(error)
        return Cleared(gone=frozenset((number,)))


async def _all(calls: Iterable[Coroutine[Any, Any, Cleared]]) -> Cleared:
    """Make these calls at the same time and sum up what came of them."""
    ends = await asyncio.gather(*calls)
    waits = [end.after for end in ends if end.after is not None]
    return Cleared(
        gone=frozenset().union(*(end.gone for end in ends)),
        left=frozenset().union(*(end.left for end in ends)),
        after=max(waits, default=None),
    )


def _later(error: ChannelError) -> Cleared:
    """Say when to try again, if anybody said so.

    Raises:
        Unwelcome: there is no use in trying again.
    """
    if isinstance(error, Unwelcome):
        raise error
    if isinstance(error, InvalidToken | Conflicted):
        return Cleared(after=_WITHOUT_TOKEN)
    return Cleared(after=error.after if isinstance(error, NotDelivered) else None)
