"""One letter is delivered, edited or taken back, and what became of it is noted."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress

from bot.channels.port import Channel, Gone, Impossible, NotDelivered, Undecided, Unwelcome
from bot.errors import StoreError
from bot.mailing.line import AGAIN, Line
from bot.mailing.pages import Pages
from bot.mailing.tray import Tray
from bot.store.bag import Bag
from bot.store.letters import Fate, Letter
from bot.store.mailroom import Mailroom

_AGAIN_DOUBTFUL = 15
"""Seconds until another try of what may have arrived."""


class Errands:
    """Does what is to be done with letters; what comes of it goes back into the tray."""

    def __init__(
        self,
        mailroom: Mailroom,
        channel: Channel,
        pages: Pages,
        tray: Tray,
        line: Line,
        bag: Bag,
        *,
        erase: Callable[[int], None],
    ) -> None:
        """Go by `channel`; `erase` is called with the chat of whoever wants to hear no more."""
        self._mailroom, self._channel, self._pages = mailroom, channel, pages
        self._tray, self._line, self._bag, self._erase = tray, line, bag, erase

    def of(self, letter: Letter) -> Coroutine[None, None, None]:
        """Say what is to be done with a letter: to be awaited once its time has come."""
        if letter.message_id is None:
            return self._deliver(letter)
        return self._edit(letter) if letter.edits else self._take_back(letter)

    async def _deliver(self, letter: Letter) -> None:
        page = self._pages.page(letter.campaign, letter.language)
        if page is None:
            self._tray.settle(letter, Fate.FAILED)
            return
        if letter.attempts > 1 and not await self._may_go_once_more(letter):
            return
        self._bag.begin(letter)
        try:
            number = await self._channel.deliver(page, letter.chat_id, None, None)
        except NotDelivered as refusal:
            self._line.heard(answered=refusal.after is not None)
            self._tray.settle(letter, Fate.UNSENT, due=self._line.wait(letter, refusal.after))
        except Undecided:
            self._line.heard(answered=False)
            self._tray.settle(letter, Fate.DOUBTFUL, due=_AGAIN_DOUBTFUL)
        except Unwelcome:
            self._line.heard(answered=True)
            self._erase(letter.chat_id)
            self._tray.settle(letter, Fate.BLOCKED)
        except (Gone, Impossible):
            self._line.heard(answered=True)
            self._tray.settle(letter, Fate.FAILED)
        else:
            self._line.heard(answered=True)
            self._tray.settle(letter, Fate.SENT, number)

    async def _edit(self, letter: Letter) -> None:
        """Let a message that was sent say what was corrected, or give up what cannot be edited.

        What is not settled is still held while it waits, so nobody else tries; it comes again.
        """
        page, fate = self._pages.page(letter.campaign, letter.language), Fate.KEPT
        try:
            if page is not None:
                with suppress(Gone):  # she removed it: nothing says anything else any more
                    await self._channel.deliver(page, letter.chat_id, letter.message_id, None)
                fate = Fate.CORRECTED
        except (NotDelivered, Undecided) as failure:
            after = failure.after if isinstance(failure, NotDelivered) else None
            self._line.heard(answered=after is not None)
            await asyncio.sleep(self._line.wait(letter, after))
            return
        except Unwelcome:
            self._erase(letter.chat_id)
            fate = Fate.CORRECTED
        except Impossible:
            fate = Fate.KEPT
        self._line.heard(answered=True)
        self._tray.settle(letter, fate)

    async def _may_go_once_more(self, letter: Letter) -> bool:
        """Count a second try with a commit of its own, so that nothing comes between that and the call."""
        try:
            return await self._mailroom.once_more(letter)
        except StoreError:
            self._tray.settle(letter, Fate.UNSENT, due=AGAIN)
            return False

    async def _take_back(self, letter: Letter) -> None:
        """Remove a message that was sent; where that does not come through it is tried again."""
        number = letter.message_id or 0
        try:
            cleared = await self._channel.clear(letter.chat_id, (number,), None)
        except Unwelcome:
            self._erase(letter.chat_id)
            self._tray.settle(letter, Fate.RECALLED)
            return
        if number in cleared.gone | cleared.left:
            self._tray.settle(letter, Fate.RECALLED)
        else:
            await asyncio.sleep(cleared.after or AGAIN)  # still held, so nobody else tries
