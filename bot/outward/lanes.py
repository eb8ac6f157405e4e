"""Lanes: what waits for one chat, in order."""

import asyncio
from collections import deque
from dataclasses import dataclass

from bot.engine.replies import PassOn, Picture, Remove, Show
from bot.outward.parcels import Parcel

_FULL = 20
"""Parcels waiting in one lane before a screen takes the place of the screen before it."""

Key = tuple[int, bool]
"""A chat, and whether messages are cleared away there: neither waits for the other."""


def key_of(parcel: Parcel) -> Key:
    """Name the lane of a parcel."""
    return parcel.chat_id, isinstance(parcel.reply, Remove | PassOn)


@dataclass(slots=True)
class Lane:
    """What waits for one chat, the first of it being delivered.

    Attributes:
        parcels: what waits, in order.
        calling: whether a call is under way that nobody can take back.
        left: whether she has left the chat: what is under way is not tried again.
        noted: whether what arrives after she has left is noted in the ledger.
        shown: the message in which the call under way then showed itself.
        task: who delivers.
    """

    parcels: deque[Parcel]
    calling: bool = False
    left: bool = False
    noted: bool = True
    shown: int | None = None
    task: asyncio.Task[int | None] | None = None

    def add(self, parcel: Parcel) -> Parcel | None:
        """Put a parcel at the end; return the one whose place it takes, if it takes one.

        Nobody misses a screen once the next one comes: screens of one who floods (R40). Nor does
        anybody miss a picture that is asked for again while it waits.
        """
        missed = self.parcels.pop() if self._replaces(parcel) else None
        self.parcels.append(parcel)
        return missed

    def _replaces(self, parcel: Parcel) -> bool:
        """Tell whether a parcel makes the last one that waits needless; the first is under way."""
        waits = len(self.parcels)
        if isinstance(parcel.reply, Picture):
            return waits > 1 and self.parcels[-1].reply == parcel.reply
        shows = isinstance(parcel.reply, Show)
        return shows and waits >= _FULL and isinstance(self.parcels[-1].reply, Show)
