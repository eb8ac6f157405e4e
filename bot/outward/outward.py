"""Everything that leaves the bot: answers, chats that are cleared, people who are forgotten."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from bot.channels.port import Channel
from bot.engine.replies import PassOn, Remove
from bot.engine.session import Session
from bot.engine.stage import Stage
from bot.outward.delivery import Delivery
from bot.outward.erasures import Erasures
from bot.outward.following import Following
from bot.outward.parcels import Parcel, Struck
from bot.outward.wiping import UnderWay, Wiping
from bot.store.batch import Pending
from bot.store.store import Store
from bot.turns import Parting, Turns

_SETTLING = 5.0
"""Seconds a start waits at most for what an earlier run left in doubt."""


class Outward:
    """Does what a commit has decided, and tells the next commit what has come of it."""

    def __init__(
        self,
        store: Store,
        channel: Channel,
        clock: Callable[[], float],
        wake: Callable[[], None],
        *,
        window: int,
        parallel: int,
    ) -> None:
        """Put the parts together; `wake` is called when something must be committed now."""
        self.struck = Struck(wake)
        self.erasures = Erasures(store)
        self.following = Following(store, channel, clock, self.erase)
        self.wiping = Wiping(store, channel, clock, self.erase, self.following.let_go)
        self.delivery = Delivery(
            channel,
            self.struck,
            clock,
            window=window,
            parallel=parallel,
            erase=self.erase,
            confirmed=self.erasures.confirmed,
            unknown=self.wiping.unknown,
        )
        self.delivery.shown = self.following.shown

    def serve(self, stage: Stage) -> None:
        """Show the content of `stage` from now on."""
        self.delivery.stage = self.wiping.stage = self.following.stage = stage

    def start(self) -> list[asyncio.Task[None]]:
        """Begin to erase and to let chats fade, until cancelled."""
        return [
            asyncio.create_task(self.erasures.run(), name="erasures"),
            asyncio.create_task(self.wiping.run(), name="wiping"),
            asyncio.create_task(self.following.run(), name="following"),
        ]

    def send(self, turns: Turns, ids: list[int]) -> None:
        """Send the replies of committed turns, under the numbers the store gave them."""
        under_way = {
            user_id: [
                *self.following.let_go(one.chat_id),
                *self.delivery.leave(one.chat_id, noted=not one.forgets),
            ]
            for user_id, one in turns.partings.items()
        }
        for user_id, parting in turns.partings.items():
            if not parting.forgets:
                self.wiping.leave(parting, under_way[user_id])
        for parcel in turns.parcels(ids):
            user_id = parcel.chat_id
            self.following.let_go(user_id)
            if self.delivery.forgets(parcel):
                self._forget(turns.partings[user_id], parcel, under_way[user_id])
                self.delivery.send(parcel)
            else:
                self.delivery.send(self._giving_way(parcel))
        for user_id in turns.departed:
            self.erase(user_id)

    def _forget(self, parting: Parting, parcel: Parcel, under_way: UnderWay) -> None:
        """Clear the chat of somebody who is told by `parcel` that she is forgotten, then erase her."""
        clearing = self.wiping.forget(parting, parcel.message_id, under_way)
        self.erasures.once_confirmed(parcel.chat_id, parcel.id, clearing)

    def _giving_way(self, parcel: Parcel) -> Parcel:
        """Make an answer a new message where the one it would go over is about to disappear."""
        if isinstance(parcel.reply, Remove | PassOn) or not self.wiping.gives_way(parcel.chat_id):
            return parcel
        return replace(parcel, message_id=None)

    async def send_again(self, waiting: Sequence[Pending]) -> None:
        """Send what an earlier run left, and first of all what may have arrived already.

        That is settled before anything new begins, so that another crash finds as little as
        possible in doubt for the second time.
        """
        self.wiping.unknown(sum(one.attempts > 0 for one in waiting))
        parcels = [_parcel_of(one) for one in waiting]
        for parcel in parcels:
            if self.delivery.forgets(parcel):
                self._forget(_parting_of(parcel), parcel, ())
        doubtful = {one.chat_id for one in parcels if one.attempts}
        for parcel in parcels:
            if parcel.chat_id in doubtful:
                self.delivery.send(parcel)
        with suppress(TimeoutError):
            async with asyncio.timeout(_SETTLING):
                await self.delivery.settled()
        for parcel in parcels:
            if parcel.chat_id not in doubtful:
                self.delivery.send(parcel)

    async def settled(self) -> None:
        """Wait until every answer has gone out and every chat that was left is cleared."""
        await self.delivery.settled()
        await self.wiping.settled()

    async def stop(self) -> None:
        """Let go of what is under way: outbox and ledger keep it for the next start."""
        await self.delivery.stop()
        await self.wiping.stop()

    def erase(self, user_id: int) -> None:
        """Erase a person who does not want to hear from us any more."""
        self.struck.forget(user_id)
        self.erasures.now(user_id)


def _parting_of(parcel: Parcel) -> Parting:
    """Go on with clearing the chat of somebody whom an earlier run had not yet erased."""
    language = parcel.reader.language
    return Parting(parcel.chat_id, parcel.chat_id, 0.0, parcel.face, language, forgets=True)


def _parcel_of(one: Pending) -> Parcel:
    """Take a reply up again where an earlier run left it."""
    place, item = getattr(one.reply, "place", ""), getattr(one.reply, "item", "")
    reader = Session(
        place,
        one.language,
        item,
        one.country,
        told=one.told,
        town=one.town,
        said=one.said,
        idle=one.idle,
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
