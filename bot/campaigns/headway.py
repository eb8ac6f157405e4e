"""How a campaign went out over time: counts by the quarter of an hour, none of which is of a few."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from bot.campaigns.audience import LEAST
from bot.campaigns.estimate import STEP

QUARTER: Final = 15 * 60
"""Seconds of the shortest time that is told of."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Some quarters of an hour in a row, and how many messages arrived in them.

    Attributes:
        first: the first of them, in quarters of an hour since 1970-01-01, UTC.
        last: the last of them.
        sent: how many messages arrived.
        paused: whether it was paused then instead; nothing is counted of a pause.
    """

    first: int
    last: int
    sent: int = 0
    paused: bool = False

    @property
    def begins(self) -> int:
        """Its first second, in epoch seconds."""
        return self.first * QUARTER

    @property
    def ends(self) -> int:
        """The second after its last one, in epoch seconds."""
        return (self.last + 1) * QUARTER


def quarter(at: float) -> int:
    """Give the quarter of an hour of a moment in epoch seconds."""
    return int(at // QUARTER)


def merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Join what counts fewer than `LEAST` to the neighbour that is nearest in time.

    So nobody is seen who alone was awake at some hour. Where all of it together is as few, nothing
    of it is left. Pauses stay as they are.
    """
    counted = sorted(one for one in stretches if not one.paused)
    while counted and (least := min(counted, key=lambda one: (one.sent, one))).sent < LEAST:
        at = counted.index(least)
        beside = [*counted[max(at - 1, 0) : at], *counted[at + 1 : at + 2]]
        if not beside:
            return ()
        near = min(beside, key=lambda one: max(one.first - least.last, least.first - one.last))
        both = (near, least)
        counted = [one for one in counted if one not in both]
        joined = Stretch(
            min(one.first for one in both), max(one.last for one in both), near.sent + least.sent
        )
        counted = sorted((*counted, joined))
    return tuple(counted)


def told(stretches: Iterable[Stretch], paused_until: float | None = None) -> tuple[Stretch, ...]:
    """Give what may be shown, in order: what was counted merged, with every sum in whole tens.

    `paused_until` is the moment, in epoch seconds, until which the last pause has lasted by now; None
    where it is over.
    """
    kept = [*stretches]
    shown, all_, before = sorted(one for one in kept if one.paused), 0, 0
    if shown and paused_until is not None:
        shown[-1] = replace(shown[-1], last=max(shown[-1].last, quarter(paused_until)))
    for one in merged(kept):
        all_ += one.sent
        until = all_ // STEP * STEP
        shown.append(replace(one, sent=until - before))
        before = until
    return tuple(sorted(shown))
