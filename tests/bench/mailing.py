"""`python -m tests.bench.mailing`: what campaigns cost as the readers grow, and what help feels of them."""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import uvloop
from sqlalchemy import Connection

from bot.campaigns.audience import Audience, Reader
from bot.campaigns.subscription import Subscription
from bot.store.batch import Subscriber
from bot.store.keys import KeyRing
from bot.store.letters import Caps, Exchange, Fate, Settled
from bot.store.store import Store
from tests.bench.double import Double
from tests.bench.rivalry import Counter, crowd, prepared, rivalry, tirek
from tests.mailing.approved import AGREED, FIRST, appoint, approve, campaign

_REGIONS = [f"region-{n}" for n in range(50)]
_WARM = 800
"""Messages before measuring begins, while pages and statements are read for the first time."""

_TURNS, _MESSAGES, _FEWER = 6, 1000, 24
"""Turns in which each size is measured, and messages in a turn: to all, to one of fifty regions."""

_TAPS = 200


class Grown:
    """A store with so many readers: what it costs to count them, to begin, and each message."""

    def __init__(self, folder: Path, readers: int) -> None:
        """Prepare; nothing is written before `fill`."""
        self.folder, self.readers, self._now = folder, readers, time.time()
        self.cells: list[str] = [f"{readers:,}"]
        self.each: dict[str, list[float]] = {"all": [], "one": []}
        self._settled: list[Settled] = []

    async def fill(self) -> None:
        """Write the readers, and count them."""
        self.store = await Store.open(
            f"sqlite:///{self.folder}/{self.readers}.db",
            KeyRing(self.folder / f"keys-{self.readers}"),
            clock=lambda: self._now,
        )
        dice = random.Random(self.readers)
        for at in range(0, self.readers, 5000):
            people = {
                FIRST + n: Subscriber(
                    FIRST + n,
                    Subscription(AGREED, 1, Reader("en", "kg", dice.choice(_REGIONS))),
                )
                for n in range(at, min(at + 5000, self.readers))
            }
            await self.store._database.run(partial(_keep, self.store, people))
        await appoint(self.store)
        for audience in (Audience(), Audience(regions=frozenset(_REGIONS[:1]))):
            took = []
            for _ in range(5):
                began = time.process_time()
                await self.store.mailroom.reach(audience)
                took.append(time.process_time() - began)
            self.cells.append(f"{statistics.median(took) * 1000:.1f}")

    async def begin(self, name: str) -> None:
        """Begin a campaign to all of them, or to one region."""
        regions = frozenset(_REGIONS[:1] if name == "one" else ())
        # Days after the one before: nobody has had enough, and nothing of that one goes out.
        self._now += 3 * 24 * 3600
        await self.store.mailroom.exchange(Exchange(b"me"), _awake, _CAPS)
        one, audience = campaign(name), Audience(regions=regions)
        self._now = await approve(self.store, lambda: self._now, one, audience)
        began = time.process_time()
        await self.store.mailroom.exchange(Exchange(b"me"), _awake, _CAPS)
        self.cells.append(f"{(time.process_time() - began) * 1000:.1f}")
        self._settled = []
        await self.send(_WARM if name == "all" else _FEWER)

    async def send(self, messages: int) -> list[float]:
        """Claim and settle so many, eight at a time; the processor time for each, in us."""
        times: list[float] = []
        while len(times) * 8 < messages:
            began = time.process_time()  # a busy machine costs no processor time of ours
            brought = Exchange(b"me", self._settled, (), 8)
            handed = await self.store.mailroom.exchange(brought, _awake, _CAPS)
            if not handed.letters:
                break
            times.append((time.process_time() - began) / len(handed.letters) * 1e6)
            self._settled = [Settled(one, Fate.SENT, 7) for one in handed.letters]
        return times

    async def compact(self) -> None:
        """Measure how long everybody waits while the raw files are rewritten."""
        began = time.perf_counter()
        await self.store.compact()
        size = (self.folder / f"{self.readers}.db").stat().st_size / 1e6
        self.cells.append(f"{time.perf_counter() - began:.2f} s for {size:.0f} MB")


async def grown(folder: Path, sizes: Sequence[int]) -> list[list[str]]:
    """Measure all of these sizes, a little of each in turn: what else the machine does hits all."""
    stores = [Grown(folder, readers) for readers in sizes]
    for one in stores:
        await one.fill()
    for name in ("all", "one"):
        for one in stores:
            await one.begin(name)
        for turn in range(_TURNS):
            for one in stores if turn % 2 else reversed(stores):
                one.each[name] += await one.send(_MESSAGES if name == "all" else _FEWER)
        for one in stores:
            one.cells.append(f"{statistics.median(one.each[name] or [0]):.0f}")
    for one in stores:
        await one.compact()
        await one.store.close()
    return [one.cells for one in stores]


def _keep(store: Store, people: dict[int, Subscriber], connection: Connection) -> None:
    store._subscribers.keep(connection, people)


_CAPS = Caps(3, 10**9)


def _awake(_country: str, _quiet: str, at: float) -> float:
    return at


async def felt(folder: Path, rate: int) -> list[str]:
    """Measure how long people wait for an answer, in turns without a campaign and during one."""
    quiet, busy = folder / f"quiet-{rate}", folder / f"busy-{rate}"
    waits: dict[str, list[float]] = {"idle": [], f"at {rate} a second": []}
    async with Double() as still, Double() as sending:
        counters = Counter(), Counter()
        for one, double, counter, readers in (
            (quiet, still, counters[0], 20),
            (busy, sending, counters[1], 4000 + rate * 60),
        ):
            one.mkdir()
            await prepared(one, double.url, readers, rate)
            double.watcher = counter
        async with tirek(quiet), tirek(busy):
            await counters[0].until(20)
            await counters[1].until(50)
            for turn in range(_TAPS + 10):
                for name, double, counter in zip(waits, (still, sending), counters, strict=True):
                    took = await _wait(double, counter)
                    if turn >= 10:  # the first ones ask for her language and country
                        waits[name].append(took)
    return [
        f"{name}: p50 {_part(all_, 0.5):.1f} ms, p95 {_part(all_, 0.95):.1f} ms, "
        f"p99 {_part(all_, 0.99):.1f} ms"
        for name, all_ in waits.items()
    ]


async def _wait(double: Double, counter: Counter) -> float:
    counter.answered.clear()
    began = time.perf_counter()
    double.feed_text(1, b'"/menu"')
    async with asyncio.timeout(60):
        await counter.answered.wait()
    took = (time.perf_counter() - began) * 1000
    await asyncio.sleep(0.05)  # whatever follows her answer is not her next one's
    return took


def _part(all_: list[float], part: float) -> float:
    return sorted(all_)[min(int(len(all_) * part), len(all_) - 1)]


async def main() -> int:
    """Print what was asked for."""
    parse = argparse.ArgumentParser(prog="python -m tests.bench.mailing")
    parse.add_argument("--readers", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parse.add_argument("--no-help", action="store_true")
    parse.add_argument("--rival", action="store_true", help="only what a message costs, compared")
    parse.add_argument("--crowd", type=int, help="only a campaign at 1,000 a second, to so many")
    parse.add_argument("--messages", type=int, default=10_000, help="of each, with --rival")
    chosen = parse.parse_args()
    if chosen.rival:
        sys.stdout.write("\n".join(await rivalry(chosen.messages, 3)) + "\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if chosen.crowd:
            sys.stdout.write("\n".join(await crowd(Path(folder), chosen.crowd, 1000)) + "\n")
            return 0
        if chosen.readers:
            sys.stdout.write(
                "readers | count all, ms | count a region, ms | begin, ms | a message, us "
                "| begin a region, ms | a message of it, us | rewrite the file\n"
            )
            for cells in await grown(Path(folder), chosen.readers):
                sys.stdout.write(" | ".join(cells) + "\n")
        for rate in () if chosen.no_help else (25, 1000):
            sys.stdout.write("\n".join(await felt(Path(folder), rate)) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(uvloop.run(main()))
