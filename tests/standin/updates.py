"""The queue of what the bot has yet to hear, as Telegram keeps it."""

import math
import random
import re
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import msgspec

from tests.standin.clock import Clock

DAY = 86_400.0
LIFE = {"callback_query": 150.0}  # seconds; anything else is kept for a day
SILENT_BY_DEFAULT = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
FUTURE = 10  # an offset further beyond the tail than this is taken for a mistake
OWN_ID = re.compile(r'"update_id"\s*:\s*([0-9]{1,15})')


class Update(msgspec.Struct):
    """One update in the queue. `lane` is what a webhook keeps in order: a chat or a person."""

    id: int
    text: str
    kind: str
    lane: str
    expires: float


class Updates:
    """Updates in order, until confirmed or expired."""

    def __init__(self, clock: Clock, first_id: int, told: Callable[[Update], None]):
        self.waiting: OrderedDict[int, Update] = OrderedDict()
        self.expired: list[int] = []
        self.allowed: frozenset[str] = frozenset()
        self.next_id = first_id
        self._clock = clock
        self._told = told
        self._soonest = math.inf

    def add(self, kind: str, body: dict[str, Any], lane: str) -> int | None:
        """Queue an update and return its id; None when the bot does not want this kind."""
        if kind not in self.allowed if self.allowed else kind in SILENT_BY_DEFAULT:
            return None
        text = msgspec.json.encode({"update_id": self.next_id, kind: body}).decode()
        return self._queue(self.next_id, text, kind, lane)

    def add_raw(self, text: str) -> int:
        """Queue a text verbatim under the id it names, or the next one if that is of the past."""
        named = OWN_ID.search(text)
        number = int(named[1]) if named else self.next_id
        return self._queue(max(number, self.next_id), text, "raw", "raw")

    def _queue(self, number: int, text: str, kind: str, lane: str) -> int:
        expires = self._clock.now() + LIFE.get(kind, DAY)
        update = Update(number, text, kind, lane, expires)
        self.waiting[number] = update
        self._soonest = min(self._soonest, expires)
        self.next_id = number + 1
        self._told(update)
        return number

    def jump(self, to: int | None, dice: random.Random) -> int:
        """Number the next update `to`, or at random, as after a week of silence."""
        self.next_id = dice.randrange(1, 2**31 - 1) if to is None else to
        return self.next_id

    def allow(self, kinds: list[str] | None) -> None:
        """What to queue from now on; an empty list is the default, None changes nothing."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def take(self, offset: int, limit: int) -> list[Update]:
        """Forget what `offset` confirms and give the first `limit` that are left.

        A negative offset counts from the end and forgets all before it.
        """
        self.expire()
        if offset < 0:
            offset = max(offset, -len(self.waiting))
            self._forget_while(lambda _: len(self.waiting) > -offset)
        elif offset <= self.next_id + FUTURE:
            self._forget_while(lambda first: first < offset)
        found: list[Update] = []
        for update in self.waiting.values():
            if len(found) == limit:
                break
            found.append(update)
        return found

    def _forget_while(self, true: Callable[[int], bool]) -> None:
        while self.waiting and true(next(iter(self.waiting))):
            self.waiting.popitem(last=False)

    def expire(self) -> None:
        """Drop what is too old; the ids stay in `expired`."""
        now = self._clock.now()
        if now < self._soonest:
            return
        late = [number for number, update in self.waiting.items() if update.expires <= now]
        for number in late:
            del self.waiting[number]
        self.expired += late
        self._soonest = min((u.expires for u in self.waiting.values()), default=math.inf)
