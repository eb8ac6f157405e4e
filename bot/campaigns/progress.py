"""How far a campaign has come: a bar, how many a minute, and when it will be done. Pure.

All of it follows from counts as they may be told (`bot.campaigns.estimate`): what is shown every
few seconds must not tell more than what is shown once.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.campaigns.hours import NIGHT
from bot.campaigns.proposal import CORRECTABLE, Phase, Proposal

WIDTH: Final = 12
"""Blocks of a bar: they stand in one line on the smallest phone."""

_DONE, _LEFT = "█", "░"

_WINDOW: Final = 120.0
"""Seconds of late over which it is counted how many go out in a minute."""

_SHORTEST: Final = 4.0
"""Seconds that two looks must be apart to tell a rate."""

_MINUTE: Final = 60.0
_DAY: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may go out at most: messages in a second, and of all campaigns on one day (UTC)."""

    a_second: int = 25
    a_day: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Going:
    """How far a campaign has come, told in tens; 0 where it is less than may be told.

    Attributes:
        readers: how many it had when it began.
        sent: messages that arrived.
        blocked: readers who had blocked the bot.
        departed: readers who left the news before their turn.
        others: readers who cannot be reached for any other reason.
        recalled: messages that were taken back.
        corrected: messages that say by now what was corrected.
        a_minute: how many readers had their turn, or were corrected, in a minute of late; None where
            nobody has looked for long enough.
        everybody: whether each reader had a turn: whoever is left was put off.
        waits: until when the last of those who were put off waits, in epoch seconds; 0 for nobody.
        today: messages of all campaigns on this day (UTC).
    """

    readers: int
    sent: int = 0
    blocked: int = 0
    departed: int = 0
    others: int = 0
    recalled: int = 0
    corrected: int = 0
    a_minute: int | None = None
    everybody: bool = False
    waits: int = 0
    today: int = 0

    @property
    def left(self) -> int:
        """Tell how many are still to be written to."""
        settled = self.sent + self.blocked + self.departed + self.others
        return max(self.readers - settled, 0)


class Sure(StrEnum):
    """How sure a forecast is."""

    ABOUT = "about"
    NOT_BEFORE = "not before"
    """It may be later: some wait for their morning, or nobody knows yet how fast it goes."""
    ENDS = "ends"
    """Its time is over then, and not everybody will have been reached."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """When it will be done, in epoch seconds, and how sure that is."""

    at: float
    sure: Sure


@dataclass(slots=True)
class Looks:
    """What was seen of one campaign of late: the moment, and how many were done with by then."""

    _seen: deque[tuple[float, int]] = field(default_factory=deque)

    def note(self, at: float, done: int) -> None:
        """Add a look; a clock that was set back, or a count that fell, begins anew."""
        if self._seen and (at < self._seen[-1][0] or done < self._seen[-1][1]):
            self._seen.clear()
        self._seen.append((at, done))
        while self._seen[0][0] < at - _WINDOW:
            self._seen.popleft()

    @property
    def a_minute(self) -> float | None:
        """Tell how many were done with in a minute; None before there is enough to tell."""
        if not self._seen:
            return None
        (began, first), (at, last) = self._seen[0], self._seen[-1]
        return (last - first) / (at - began) * _MINUTE if at - began >= _SHORTEST else None


def bar(part: float) -> str:
    """Draw how much of it is done, from 0 to 1: full only when all is, empty only when nothing is."""
    full = int(min(max(part, 0.0), 1.0) * WIDTH)
    if part > 0.0:
        full = max(full, 1)
    return _DONE * full + _LEFT * (WIDTH - full)


def part(going: Going, proposal: Proposal) -> float:
    """Tell how much of what is being done is done, from 0 to 1."""
    if proposal.phase is Phase.DONE:
        return 1.0
    if proposal.phase is Phase.RECALLED:
        return _of(going.recalled, going.sent)
    if proposal.phase is Phase.CORRECTING:
        return _of(going.corrected, going.sent)
    return _of(going.readers - going.left, going.readers)


def forecast(
    going: Going, proposal: Proposal, limits: Limits, now: float, zones: Iterable[str]
) -> Forecast | None:
    """Tell when all will be done, at `now` in epoch seconds; None where nothing goes on.

    `zones` are the time zones of its readers, such as `Asia/Bishkek`: most of them read nothing at
    night, so what would end in one of their nights goes on in the morning.
    """
    to_edit = max(going.sent - going.corrected, 0) if proposal.amending else 0
    letters = going.left if proposal.phase is Phase.SENDING else 0
    if proposal.phase not in (Phase.SENDING, Phase.CORRECTING) or not letters + to_edit:
        return None
    rate = going.a_minute or limits.a_second * _MINUTE
    usual = now + (letters + to_edit) / rate * _MINUTE
    later = [usual]
    if letters:
        later += [going.waits, _after_today(letters, going, limits, now)]
        later += [] if going.everybody else [NIGHT.free(usual, zone) for zone in zones]
    at = max(later)
    ends = proposal.ends if letters else proposal.starts + CORRECTABLE
    if at >= ends:
        return Forecast(ends, Sure.ENDS)
    return Forecast(at, Sure.ABOUT if at == usual and going.a_minute else Sure.NOT_BEFORE)


def _after_today(letters: int, going: Going, limits: Limits, now: float) -> float:
    """Give the beginning of the day (UTC) on which the last may go by the number of each day."""
    beyond = letters - max(limits.a_day - going.today, 0)
    days = -(-beyond // limits.a_day) if beyond > 0 else 0
    return (now // _DAY + days) * _DAY if days else now


def _of(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
