"""Which part of the rate a process may use, so that all of them together never exceed it. Pure.

Nobody asks the others. Each reads again and again how many there are, and takes its part of the
rate by that; what it read is good for three seconds. So who comes waits until whatever the others
go by has it in it, and whatever they sent before is more than a second old; then no second holds
more than the rate. Who leaves, or is dead, leaves its part to the others in the same way.
"""

from typing import Final

from bot.mailing.pace import GUARD, LATE_MOST, Pace
from bot.store.letters import Place

GOOD_FOR: Final = 3.0
"""Seconds for which it is known how many send. A lease is longer by more than clocks may differ."""

_PAST: Final = 1.0 + LATE_MOST + GUARD
"""Seconds after which what was sent by an older share is in no second with what is sent now."""


def part(rate: int, place: Place) -> int:
    """Give a process its part of the rate; the parts of all of them are the rate.

    With one more among them nobody's part is larger: so those who know of different numbers
    exceed the rate neither, as long as each knows of all that send.
    """
    whole, more = divmod(rate, place.many)
    return whole + (place.before < more)


def take(pace: Pace, place: Place, asked: float, now: float) -> None:
    """Let `pace` use this process's part: `place` was asked for and is now known, in its seconds."""
    until = asked + GOOD_FOR
    since = now + _PAST
    if place.new:
        pace.allow(0, now, now, until)
        since += GOOD_FOR if place.many > 1 else 0.0
    pace.allow(part(pace.rate, place), now, since, until)
