"""People who want no more news while a campaign goes out, by its button and by `/forget`."""

import random
from collections.abc import Iterable

from tests.crash.letters import TEXT, Letters
from tests.standin.server import StandIn

ASKS = "Delete what I keep about you?"
"""With what the question begins that comes before she is forgotten."""

SOON = 5.0
"""Seconds after which nothing may go to somebody who left (R16)."""


class Leavers:
    """Lets people leave, one at a time, and knows what came to them afterwards."""

    def __init__(self, tg: StandIn, letters: Letters, people: Iterable[int], seed: int) -> None:
        """Choose among `people`, by chance."""
        self._tg, self._letters = tg, letters
        self._staying = [*people]
        random.Random(f"leave/{seed}").shuffle(self._staying)
        self._before: dict[int, int] = {}

    @property
    def people(self) -> frozenset[int]:
        """Who left."""
        return frozenset(self._before)

    async def next(self) -> None:
        """Let one more leave: in turns by the button of the message, and by a command."""
        reads = (one for one in self._staying if self._letters.shown(one))
        who = next(reads, None) if len(self._before) % 2 else self._staying[-1]
        if who is None:
            return
        self._staying.remove(who)
        self._before[who] = len(self._tg.chat(who).events)
        if len(self._before) % 2:
            await self._tg.say(who, "/forget")
            await self._tg.say(who, "/forget")  # it asks once; the second is the yes
        else:
            await self._tg.tap(who, "No more news", self._letters.shown(who))

    def told(self, who: int) -> float | None:
        """Tell when the bot first told her that she is out, by the double's clock."""
        after = self._tg.chat(who).events[self._before[who] :]
        done = (one for one in after if one.what in ("sent", "edited", "deleted"))
        return next((one.at for one in done if not one.text.startswith((TEXT, ASKS))), None)

    @property
    def unheard(self) -> int:
        """Count those whom the bot never answered."""
        return sum(self.told(who) is None for who in self._before)

    @property
    def written_to(self) -> int:
        """Count the messages that went to people later than 5 s after they had been told."""
        late = 0
        for who in self._before:
            told = self.told(who) or float("inf")
            late += sum(at > told + SOON for at in self._letters.times(who))
        return late
