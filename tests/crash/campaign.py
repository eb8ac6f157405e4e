"""A campaign goes out while the bot is killed, ended or frozen, or its database crashes: who got what."""

import asyncio
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from bot.campaigns.proposal import Phase
from tests.crash.leavers import Leavers
from tests.crash.letters import Letters
from tests.crash.workers import workers
from tests.mailing.running import opened, prepared, settings
from tests.process import BotProcess
from tests.standin.server import StandIn
from tests.store.embedded import Server

Way = Literal["killed", "ended", "frozen", "server"]

_MOST = {"killed": 8, "ended": 0, "frozen": 8, "server": 8}
"""Messages that may be doubled by each blow (R33, R36)."""

_TAKEOVER = 15.0
"""Seconds after which another process has gone on (R37)."""

_FROZEN = 20.0
"""Seconds for which a process stands still: longer than any lease, and than another may take to go on."""

_PATIENCE = 300.0
_LATENCY = 20  # milliseconds


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to whom.

    Attributes:
        way: what happens to a process, or to the server of the database, again and again.
        blows: how often.
        readers: how many people get the campaign; one in fifty leaves while it goes.
        rate: messages a second.
        processes: how many stand beside each other; each blow hits one of them.
    """

    way: Way
    blows: int
    readers: int
    rate: int = 300
    processes: int = 1
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of one campaign; `silence` is the longest between a blow and the next message."""

    blows: int
    left: int
    lost: int
    doubled: int
    most_copies: int
    after_leaving: int
    unheard: int
    unsure: int
    violations: int
    unfinished: int
    silence: float
    seconds: float

    def broken(self, plan: Plan) -> list[str]:
        """Name the promises that were not kept."""
        none = ("lost", "after_leaving", "unheard", "violations", "unfinished")
        broken = [name for name in none if getattr(self, name)]
        broken += ["doubled"] if self.doubled > _MOST[plan.way] * plan.blows else []
        broken += ["most_copies"] if self.most_copies > 2 else []
        late = plan.processes > 1 and self.silence > _TAKEOVER
        return broken + (["takeover"] if late else [])


async def campaign(
    folder: Path,
    plan: Plan,
    server: Server | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> Outcome:
    """Send a campaign in `folder`, or with the database on `server`; tell `say` how it goes."""
    dice, began, url = random.Random(plan.seed), time.monotonic(), server.url if server else ""
    part = plan.readers // 20
    points = sorted(dice.sample(range(part, plan.readers - part), plan.blows))
    leaving = sorted(dice.sample(range(part, plan.readers - part), plan.readers // 50))
    async with StandIn(seed=plan.seed) as tg:
        await tg.set_latency(_LATENCY)
        people = await prepared(folder, tg, plan.readers, url=url)
        letters = Letters(tg, people)
        leavers = Leavers(tg, letters, people, plan.seed)
        chosen = settings(paid="true", per_second=plan.rate)
        silences = [0.0]

        def reached(point: int) -> bool:
            return letters.look().count >= point

        def over() -> bool:
            return not letters.look().missing - leavers.people

        def listening() -> bool:
            started = plan.processes + (len(silences) - 1) * (plan.way in ("killed", "ended"))
            return len(tg.record.of("setWebhook")) >= started

        async def leave() -> None:
            for point in leaving:
                await tg.world.pulse.until(partial(reached, point), _PATIENCE, "readers")
                await leavers.next()

        async with workers(folder, tg, plan.processes, url, chosen) as bots:
            departing = asyncio.create_task(leave())
            for number, point in enumerate(points, 1):
                await tg.world.pulse.until(partial(reached, point), _PATIENCE, "messages")
                if plan.processes > 1:
                    await tg.world.pulse.until(
                        listening, _PATIENCE, "one beside the one that is hit"
                    )
                # Anywhere within a claim, a call and its settling.
                await asyncio.sleep(dice.random() * 0.05)
                going_on = asyncio.create_task(_going_on(tg, letters, over))
                await _strike(plan.way, dice.choice(bots), server)
                silences.append(await going_on)
                say(f"{number}/{plan.blows}: {letters.count:,} sent")
            await departing
            with suppress(TimeoutError):  # who is lost is counted below
                await tg.world.pulse.until(over, _PATIENCE, "the last")
            # Longer than a lease: what is in doubt has come again by then.
            await tg.settled(quiet=8.0, timeout=120)
        store = await opened(folder, url=url)
        progress = await store.mailroom.one("spring")
        await store.close()
        copies = [letters.look().copies(one) for one in people]
        stayed = [letters.copies(one) for one in people if one not in leavers.people]
        return Outcome(
            blows=plan.blows,
            left=len(leavers.people),
            lost=stayed.count(0),
            doubled=sum(more - 1 for more in copies if more),
            most_copies=max(copies),
            after_leaving=leavers.written_to,
            unheard=leavers.unheard,
            unsure=progress.totals.unsure,
            violations=len(tg.record.violations),
            unfinished=int(progress.phase is not Phase.DONE),
            silence=max(silences),
            seconds=time.monotonic() - began,
        )


async def _going_on(tg: StandIn, letters: Letters, over: Callable[[], bool]) -> float:
    """Tell how many seconds it takes until more has come than could be under way when it was struck."""
    struck, seen = time.monotonic(), letters.look().count
    await tg.world.pulse.until(
        lambda: letters.look().count > seen + 8 or over(), _PATIENCE, "more than was under way"
    )
    return time.monotonic() - struck


async def _strike(way: Way, bot: BotProcess, server: Server | None) -> None:
    match way:
        case "killed":
            await bot.kill()
            await bot.start()
        case "ended":
            await bot.stop()
            await bot.start()
        case "frozen":
            await bot.send(signal.SIGSTOP)
            await asyncio.sleep(_FROZEN)
            await bot.send(signal.SIGCONT)
        case "server":
            assert server is not None
            await server.crash()
