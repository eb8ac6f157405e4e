"""`python -m tests.bench.mailing`: what campaigns cost as the readers grow, and what help feels of them."""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.campaigns.audience import Audience, Reader
from bot.campaigns.subscription import Subscription
from bot.store.batch import Subscriber
from bot.store.keys import KeyRing
from bot.store.letters import Caps, Exchange, Fate, Settled
from bot.store.store import Store
from tests.mailing.approved import AGREED, FIRST, appoint, approve, campaign
from tests.mailing.running import prepared, settings
from tests.process import BotProcess
from tests.standin.server import StandIn

_REGIONS = [f"region-{n}" for n in range(50)]
_MESSAGES = 4000
_TAPS = 200


async def grown(folder: Path, readers: int) -> list[str]:
    """Measure a store with so many readers: to count them, to begin, and for each message."""
    now = [time.time()]
    store = await Store.open(
        f"sqlite:///{folder}/{readers}.db",
        KeyRing(folder / f"keys-{readers}"),
        clock=lambda: now[0],
    )
    dice = random.Random(readers)
    for at in range(0, readers, 5000):
        people = {
            FIRST + n: Subscriber(
                FIRST + n,
                Subscription(AGREED, 1, Reader("en", "kg", dice.choice(_REGIONS))),
            )
            for n in range(at, min(at + 5000, readers))
        }
        await store._database.run(partial(_keep, store, people))
    await appoint(store)
    cells = [f"{readers:,}"]
    for audience in (Audience(), Audience(regions=frozenset(_REGIONS[:1]))):
        began = time.process_time()
        await store.mailroom.reach(audience)
        cells.append(f"{(time.process_time() - began) * 1000:.1f}")
    for name, regions in (("all", frozenset()), ("one", frozenset(_REGIONS[:1]))):
        now[0] = await approve(
            store, lambda: now[0], campaign(name), Audience(regions=frozenset(regions))
        )
        began = time.process_time()
        await store.mailroom.exchange(Exchange(b"me"), _awake, _CAPS)
        cells.append(f"{(time.process_time() - began) * 1000:.1f}")
        cells.append(f"{await _each(store):.0f}")
        now[0] += 3 * 24 * 3600
        await store.mailroom.exchange(Exchange(b"me"), _awake, _CAPS)
    await store.close()
    return cells


def _keep(store: Store, people: dict[int, Subscriber], connection: Connection) -> None:
    store._subscribers.keep(connection, people)


_CAPS = Caps(3, 10**9)


def _awake(_subscription: Subscription, at: float) -> float:
    return at


async def _each(store: Store) -> float:
    """Measure the microseconds of processor time for each message, claimed and settled eight at a time."""
    settled: list[Settled] = []
    times, done = [], 0
    while done < _MESSAGES:
        began = time.process_time()  # a busy machine costs no processor time of ours
        handed = await store.mailroom.exchange(Exchange(b"me", settled, (), 8), _awake, _CAPS)
        if not handed.letters:
            break
        times.append((time.process_time() - began) / len(handed.letters))
        settled = [Settled(one, Fate.SENT, 7) for one in handed.letters]
        done += len(settled)
    return statistics.median(times) * 1e6


async def felt(folder: Path) -> list[str]:
    """Measure how long people wait for an answer, in turns without a campaign and during one."""
    quiet, busy = folder / "quiet", folder / "busy"
    waits: dict[str, list[float]] = {"quiet": [], "busy": []}
    quiet.mkdir()
    busy.mkdir()
    async with StandIn() as still, StandIn() as sending:
        await prepared(busy, sending, _TAPS * 4)
        async with (
            BotProcess(quiet, still) as _,
            BotProcess(busy, sending, extra=settings(per_second=25)) as _,
        ):
            for tg in (still, sending):
                await tg.say(1, "/start")
                await tg.wait_shown(1, "", 60)
            await sending.wait_calls("sendMessage", 50, 90)
            for _turn in range(_TAPS):
                for name, tg in (("quiet", still), ("busy", sending)):
                    waits[name].append(await _wait(tg))
    return [
        f"{name}: p50 {_part(all_, 0.5):.1f} ms, p95 {_part(all_, 0.95):.1f} ms, "
        f"p99 {_part(all_, 0.99):.1f} ms"
        for name, all_ in waits.items()
    ]


async def _wait(tg: StandIn) -> float:
    before = len(tg.chat(1).events)
    began = time.perf_counter()
    await tg.say(1, "/menu")
    await tg.world.pulse.until(lambda: len(tg.chat(1).events) > before + 1, 30, "an answer")
    return (time.perf_counter() - began) * 1000


def _part(all_: list[float], part: float) -> float:
    return sorted(all_)[min(int(len(all_) * part), len(all_) - 1)]


async def main() -> int:
    """Print both tables."""
    parse = argparse.ArgumentParser(prog="python -m tests.bench.mailing")
    parse.add_argument("--readers", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parse.add_argument("--no-help", action="store_true")
    chosen = parse.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(
            "readers | count all, ms | count a region, ms | begin, ms | a message, us "
            "| begin a region, ms | a message of it, us\n"
        )
        for readers in chosen.readers:
            sys.stdout.write(" | ".join(await grown(Path(folder), readers)) + "\n")
            sys.stdout.flush()
        if not chosen.no_help:
            sys.stdout.write("\n".join(await felt(Path(folder))) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
