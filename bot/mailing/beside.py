"""The way out for everybody else: their messages wait for none, and count for the pace."""

from collections.abc import Callable, Sequence

from bot.channels.port import Channel, Cleared, PassedOn, Removal, Shown
from bot.engine.screen import Page
from bot.mailing.pace import Pace


class Beside:
    """A channel whose new messages take places of the rate from campaigns, and never wait (R35)."""

    def __init__(self, channel: Channel, pace: Pace, steady: Callable[[], float]) -> None:
        """Deliver through `channel`; `steady` is the clock of `pace`."""
        self._channel, self._pace, self._steady = channel, pace, steady

    async def clear(self, chat_id: int, messages: Sequence[int], instead: Page | None) -> Cleared:
        """Remove messages; that counts for no rate."""
        return await self._channel.clear(chat_id, messages, instead)

    async def deliver(
        self, shown: Shown, chat_id: int, message_id: int | None, tap: str | None
    ) -> int | None:
        """Show something at once; what is new in a chat counts for the rate."""
        changes = message_id is not None and not isinstance(shown, PassedOn)
        if changes or isinstance(shown, Removal):
            return await self._channel.deliver(shown, chat_id, message_id, tap)
        call = self._pace.begin(self._steady())
        try:
            return await self._channel.deliver(shown, chat_id, message_id, tap)
        finally:
            self._pace.end(call, self._steady())
