"""The letters that one process has: those that wait, those under way, and what became of others."""

import asyncio
import math
from collections import deque
from collections.abc import Callable

from bot.mailing.failing import Failing
from bot.mailing.pace import Pace
from bot.store.letters import COPIES, Fate, Letter, Settled

_SMOOTH = 8
"""Exchanges, and answers, over which it is told how long one takes."""

_UNHURRIED = 0.05
"""Seconds that may pass between answers and the next letters: half of what `Pace` makes up for."""


class Tray:
    """Keeps what was claimed until it is settled, and knows when the next exchange is worth its commit.

    Attributes:
        waiting: letters that have not gone yet.
        calls: letters under way.
        settled: what became of letters since the last exchange.
        failing: by campaign, what became of its last messages.
        ready: set where a letter waits.
        wanted: set where the next exchange is not to wait for its time.
        stopping: whether nothing more is to be claimed.
    """

    def __init__(self, window: int, pace: Pace, wall: Callable[[], float]) -> None:
        """Hold `window` letters at most, at `pace`; `wall` in epoch seconds."""
        self._window, self._pace, self._wall = window, pace, wall
        self.waiting: deque[Letter] = deque()
        self.calls: dict[asyncio.Task[None], Letter] = {}
        self.settled: list[Settled] = []
        self.failing: dict[str, Failing] = {}
        self.ready, self.wanted = asyncio.Event(), asyncio.Event()
        self.stopping = False
        self._lasts = self._takes = 0.0

    @property
    def held(self) -> list[Letter]:
        """List the letters that are not settled."""
        over = {id(one.letter) for one in self.settled}  # a call may be settled and about to end
        return [one for one in (*self.calls.values(), *self.waiting) if id(one) not in over]

    def exchanged(self, took: float) -> None:
        """Note how long an exchange took, in seconds."""
        self._lasts += (took - self._lasts) / _SMOOTH

    def answered(self, took: float) -> None:
        """Note how long an answer took, in seconds."""
        self._takes += (took - self._takes) / _SMOOTH

    def settle(
        self, letter: Letter, fate: Fate, message_id: int | None = None, due: float = 0
    ) -> None:
        """Note what became of a letter; `due` is in seconds from now."""
        if letter.message_id is None or fate in (Fate.RECALLED, Fate.CORRECTED, Fate.KEPT):
            # A 429 is obeyed to its last moment; what waits for nothing waits for no clock either.
            when = math.ceil(self._wall() + due) if due else int(letter.claimed)
            self.settled.append(Settled(letter, fate, message_id, when))
        if fate not in (Fate.UNSENT, Fate.RECALLED):
            given_up = fate is Fate.DOUBTFUL and letter.attempts >= COPIES
            if fate is not Fate.DOUBTFUL or given_up:
                one = self.failing.setdefault(letter.campaign, Failing())
                one.note(failed=given_up or fate in (Fate.FAILED, Fate.KEPT))
                if one.too_many:
                    self.give_back()
        self.ask_for_more()

    def ask_for_more(self) -> None:
        """Exchange letters if few are left: each exchange is a commit that turns wait for.

        Where answers and an exchange take less than the letters of a window, all are exchanged at
        once: the fewest commits. Else few are as many as go while it lasts, so that half of the
        window goes while the other half is brought; and if in that time all of it could go, all of
        it is brought at once, for that is as quick.
        """
        window, share = self._window, self._pace.share or 1
        going = self._lasts * share
        if self._lasts + self._takes < min(window / share, _UNHURRIED):
            enough = not self.waiting and not self.calls
        elif going < window:
            enough = len(self.waiting) <= min(math.ceil(going), window // 2)
        else:
            enough = not self.waiting and (not self.calls or 4 * len(self.settled) >= 3 * window)
        if self.stopping or (enough and self.settled):
            self.wanted.set()

    def give_back(self) -> None:
        """Give back what is claimed and has not gone."""
        while self.waiting:
            self.settle(self.waiting.popleft(), Fate.UNSENT)
