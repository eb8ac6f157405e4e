"""The words and times of the chart that shows how a campaign went out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import groupby
from math import ceil
from typing import Final
from zoneinfo import ZoneInfo

from bot.campaigns.audience import Audience
from bot.campaigns.headway import QUARTER, Stretch, quarter
from bot.campaigns.hours import NIGHT
from bot.campaigns.proposal import LASTS
from bot.engine.world import World
from bot.language.say import Say
from bot.pictures.headway import Bar, Headway, Legend, Scale, Span, top

TITLE: Final = Say("How the campaign went out")

_HOUR: Final = 3600
_LEAST: Final = 2 * _HOUR
"""Seconds that the chart is wide at least."""

_LABELS: Final = 9
"""Hours that are written below at most."""

_STEPS: Final = (1, 2, 3, 4, 6)
"""How many hours may lie between two that are written."""


def painted(
    world: World, language: str, audience: Audience, starts: int, stretches: Sequence[Stretch]
) -> Headway:
    """Put the chart together in a language, of what `bot.campaigns.headway.told` gives.

    `starts` is when the campaign started, in epoch seconds. The clock is that of the first country
    it is for; quiet hours are those of whoever chose no others, where it is night in all of them.
    """
    said = partial(world.plain, language)
    meant = [one for one in world.offered.countries if one in (audience.countries or {one})]
    lines = [world.content.countries[one] for one in meant or world.offered.countries]
    zones = [ZoneInfo(one.timezone) for one in lines]
    left = starts // _HOUR * _HOUR
    end = quarter(starts + LASTS + _HOUR)  # whatever a wrong clock noted
    within = (one for one in stretches if left <= one.begins and one.first <= end)
    kept = [replace(one, last=min(one.last, end)) for one in within]
    last = max((one.ends for one in kept), default=left)
    wide = max(ceil((last - left) / _HOUR) * _HOUR, _LEAST)
    bars = tuple(Bar(_span(one, left), one.sent) for one in kept if not one.paused)
    start = datetime.fromtimestamp(starts, zones[0])
    sent = sum(one.many for one in bars)
    began = Say(
        "Starts: {day}, {time} ({zone})",
        {"day": start.date(), "time": start.time(), "zone": str(zones[0])},
    )
    return Headway(
        title=said(TITLE),
        facts=(said(began), said(Say("Sent so far: about {n}", {"n": sent}))),
        quarters=wide // QUARTER,
        bars=bars,
        quiet=tuple(_quiet(zones, left, wide)),
        paused=tuple(_span(one, left) for one in kept if one.paused),
        hours=tuple(_hours(said, zones[0], left, wide)),
        each=_scale(said, max((one.many / _quarters(one.span) for one in bars), default=0)),
        all=_scale(said, sent),
        legend=Legend(
            bars=said(Say("Messages in 15 minutes")),
            curve=said(Say("All messages until then")),
            quiet=said(Say("Quiet hours")),
            paused=said(Say("Paused")),
        ),
        note=said(
            Say(
                "All counts are rounded to tens. Few messages are shown together with those of the "
                "time beside them."
            )
        ),
    )


def _span(one: Stretch, left: int) -> Span:
    return Span((one.begins - left) // QUARTER, (one.ends - left) // QUARTER)


def _quarters(span: Span) -> int:
    return span.ends - span.begins


def _scale(said: Callable[[Say], str], most: float) -> Scale:
    end = top(most)
    half, whole = (said(Say("{n}", {"n": many})) for many in (end // 2, end))
    return Scale(end, half, whole)


def _quiet(zones: Sequence[ZoneInfo], left: int, wide: int) -> Iterator[Span]:
    """Find the times in which it is quiet in all of these zones."""

    def quiet(at: int) -> bool:
        return all(NIGHT.covers(left + at * QUARTER, zone.key) for zone in zones)

    for is_quiet, some in groupby(range(wide // QUARTER), quiet):
        if is_quiet:
            together = [*some]
            yield Span(together[0], together[-1] + 1)


def _hours(
    said: Callable[[Say], str], zone: ZoneInfo, left: int, wide: int
) -> Iterator[tuple[int, str]]:
    """Name full hours by the clock of a zone, as many as have room."""
    step = next((one for one in _STEPS if wide // _HOUR // one < _LABELS), _STEPS[-1])
    for at in range(wide // QUARTER + 1):
        here = datetime.fromtimestamp(left + at * QUARTER, zone)
        if here.minute == 0 and here.hour % step == 0:
            yield at, said(Say("{time}", {"time": here.time()}))
