"""Many chats on a clock that skips: a channel that fails as often as it is told, and who is late."""

import random
from dataclasses import dataclass, field

from bot.channels.port import Cleared, NotDelivered
from bot.store.keys import KeyRing
from bot.store.store import Store
from tests.talking import ScriptedChannel, Talk, clock

HOUR = 3600

OVERDUE = 47 * HOUR
"""Seconds after which a message that still stands is one that should have gone (R9)."""

REMOVABLE = 48 * HOUR
"""Seconds for which Telegram lets a message be removed."""


@dataclass
class Watch:
    """When each message appeared, and how old every one was that went."""

    appeared: dict[tuple[int, int], float] = field(default_factory=dict)
    gone: list[float] = field(default_factory=list)

    def look(self, channel: ScriptedChannel, who: int) -> None:
        """Note what is new in a chat."""
        for number in channel.stands[who]:
            self.appeared.setdefault((who, number), clock())

    def overdue(self, channel: ScriptedChannel) -> list[tuple[int, int]]:
        """Name the messages that stand too long, but for the neutral screens that may stay."""
        return [
            (who, number)
            for who, stands in channel.stands.items()
            for number, shown in stands.items()
            if clock() - self.appeared[who, number] > OVERDUE
            and getattr(shown, "place", "") != "start"
        ]


class FailingChannel(ScriptedChannel):
    """Fails at so many of a hundred removals, and refuses what Telegram refuses."""

    def __init__(self, failing: float, seed: int) -> None:
        super().__init__()
        self.watch, self.attempts, self.failed = Watch(), 0, 0
        self._failing, self._dice = failing, random.Random(seed)

    async def clear(self, chat_id, messages, instead):  # noqa: ARG002 - it is shown by others
        """Remove some: each call, and each message in it, may fail."""
        self.attempts += 1
        if self._dice.random() < self._failing:
            self.failed += 1
            return Cleared(after=self._dice.choice((None, 1.0, 30.0)))
        stands, at = self.stands[chat_id], self.watch.appeared
        old = {one for one in messages if one in stands and clock() - at[chat_id, one] >= REMOVABLE}
        failed = {one for one in messages if self._dice.random() < self._failing}
        gone = frozenset(messages) - old - failed
        for one in gone:
            if stands.pop(one, None) is not None:
                self.watch.gone.append(clock() - at[chat_id, one])
        return Cleared(gone=gone, left=frozenset(old - failed))

    async def _play(self, sent):
        if self._dice.random() < self._failing:
            raise NotDelivered
        return self._arrive(sent)

    def _arrive(self, sent):
        new = super()._arrive(sent)
        self.watch.look(self, sent.chat_id)
        return new


class OnDisk(Talk):
    """People who talk to a bot whose database is a file; a crash leaves that and the keys alone."""

    async def open(self, **options):
        """Begin, or begin anew."""
        if self.store is None:
            (self.folder / "data").mkdir(exist_ok=True)
            self.store = await Store.open(
                f"sqlite:///{self.folder / 'data' / 'tirek.db'}",
                KeyRing(self.folder / "keys", clock),
                clock=clock,
                marks=self.folder / "erasures",
            )
        return await super().open(**options)

    async def crash(self):
        """End without a parting: what is only in memory is gone."""
        await self.kill()
        await self.store._database.close()
        self.store = self.conversation = None
