"""One round with one program: every figure of it by name."""

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from tests.bench.crowd import Crowd, Sample
from tests.bench.double import Double
from tests.bench.programs import TIREK, Program, Running, started

FAR = 0.05
"""Seconds each call takes where the distance to Telegram is measured."""

BURST = 2000
"""Updates that come in the same moment."""

CROWD, CROWDS = 100, (10, 100, 1000)
"""People at once: for most measurements, and as it grows."""

Figures = dict[str, float]
"""A figure by its name; times in milliseconds unless the name says otherwise."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How much time to take: seconds for each measurement, and rounds over all programs.

    The others meet a burst in `rival_bursts` of the rounds; it takes the slowest a while.
    """

    seconds: float
    rounds: int
    rival_bursts: int


FULL, QUICK = Pace(2.0, 3, 1), Pace(0.6, 1, 0)


class Round:
    """One program, started afresh, put through everything it can do."""

    def __init__(self, program: Program, double: Double, pace: Pace) -> None:
        self.figures: Figures = {}
        self._program, self._double, self._pace = program, double, pace
        self._numbers = itertools.count(1_000_000)
        self._running: Running | None = None

    async def run(self, cores: Sequence[int], *, burst: bool) -> Figures:
        """Start the program, measure, stop it.

        Args:
            cores: the double runs on the first, the program on the last.
            burst: whether to measure what happens to many updates in the same moment.

        Raises:
            RuntimeError: if it does not answer; with what it said.
        """
        self._double.forget()
        first = asyncio.ensure_future(self._people(1).enter(1))
        await asyncio.sleep(0)
        began = time.perf_counter()
        async with started(self._program, self._double.url, cores) as self._running:
            await first
            self.figures["start_s"] = time.perf_counter() - began
            kinds = {"text": self._program.echoes, "tap": self._program.has_menu}
            for kind in (kind for kind, able in kinds.items() if able):
                await self._speed(kind)
                if burst:
                    await self._burst(kind)
            if self._program.has_menu:
                await self._far()
            if self._program is TIREK:
                await self._growth()
            self.figures["memory_mb"] = self._running.memory()
        return self.figures

    async def _speed(self, kind: str) -> None:
        people = await self._inside(CROWD, kind)
        sample = await people.as_fast_as_possible(self._pace.seconds)
        lost = await people.finished()
        self._note(kind, sample)
        half = await people.at_rate(sample.rate / 2, self._pace.seconds)
        self._note(f"{kind}.half", half)
        self.figures[f"{kind}.lost"] = lost + half.lost

    async def _burst(self, kind: str) -> None:
        sample = await (await self._inside(BURST, kind)).all_at_once()
        self.figures[f"{kind}.burst"] = sample.answered
        self.figures[f"{kind}.burst_s"] = sample.seconds

    async def _far(self) -> None:
        people = await self._inside(1000, "tap")
        self._double.delay = FAR
        # Connections open and the first answers come back before anything is counted.
        sample = await people.as_fast_as_possible(self._pace.seconds, ramp=1.0)
        self._double.delay = 0.0
        await people.finished()
        self._note("far", sample)
        self._double.delay = FAR
        self._note("far.half", await people.at_rate(sample.rate / 2, self._pace.seconds))
        self._double.delay = 0.0

    async def _growth(self) -> None:
        for count in CROWDS:
            people = await self._inside(count, "tap")
            self._note(f"crowd.{count}", await people.as_fast_as_possible(self._pace.seconds))
            await people.finished()

    async def _inside(self, count: int, kind: str) -> Crowd:
        """Bring new people to where measuring begins."""
        people = self._people(count)
        await people.enter(self._program.steps)
        people.tapping = kind == "tap"
        return people

    def _people(self, count: int) -> Crowd:
        first = next(self._numbers)
        self._numbers = itertools.count(first + count)
        return Crowd(
            self._double,
            range(first, first + count),
            self._program.wanted,
            self._program.text,
            lambda: self._running.cpu() if self._running else 0.0,
        )

    def _note(self, name: str, sample: Sample) -> None:
        visible = _percentiles(sample.visible)
        self.figures |= {
            f"{name}.rate": sample.rate,
            f"{name}.cpu_us": sample.cost,
            f"{name}.p50": visible[0],
            f"{name}.p99": visible[1],
            f"{name}.double": sample.double,
        }
        if sample.acknowledged:
            self.figures[f"{name}.spinner_p50"] = _percentiles(sample.acknowledged)[0]


def _percentiles(seconds: list[float]) -> tuple[float, float]:
    """Give the 50th and the 99th percentile in milliseconds."""
    if len(seconds) < 2:
        return (float("nan"), float("nan"))
    cuts = quantiles(seconds, n=100, method="inclusive")
    return cuts[49] * 1000, cuts[98] * 1000
