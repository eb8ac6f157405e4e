"""A sweep: people talk, the bot is killed again and again, and everything is counted."""

import asyncio
import random
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.engine.stage import Stage
from bot.engine.step import Engine
from tests.crash.people import Person, Tally
from tests.process import BotProcess
from tests.standin.server import StandIn


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of one sweep."""

    updates: int
    exits: int
    people: int
    kills: int
    lost: int
    wrong: int
    doubled: int
    most_copies: int
    notes: int
    locations_left: int
    violations: int
    pending: int
    seconds: float

    @property
    def good(self) -> bool:
        """Tell whether nothing was lost, nothing was wrong, and nothing came three times or stayed."""
        faults = self.lost, self.wrong, self.violations, self.pending, self.locations_left
        return not any(faults) and self.most_copies <= 2


async def sweep(
    folder: Path, stage: Stage, *, people: int, acts: int, kills: int, seed: int
) -> Outcome:
    """Let `people` do `acts` things each while the bot is killed at `kills` seeded points."""
    draw, tally, began = random.Random(seed), Tally(), time.monotonic()
    total = people * acts
    points = sorted(draw.sample(range(total // 50, total - total // 50), kills))
    async with StandIn(seed=seed) as tg, BotProcess(folder, tg) as bot:
        engine = Engine(stage)  # folds every label of the book: one for all of them
        everybody = [Person(10_000_000 + n, engine, tg, seed, tally) for n in range(people)]

        async def killing() -> None:
            for point in points:
                await tg.world.pulse.until(partial(_reached, tally, point), 120, "enough updates")
                # Anywhere within a turn: before, in the middle of or after its commit.
                await asyncio.sleep(draw.random() * 0.03)
                tally.kills += 1
                await bot.kill()
                await bot.start()

        await asyncio.gather(killing(), *(person.act(acts) for person in everybody))
        await tg.settled(quiet=1.0, timeout=60)
        judged = [person.judge() for person in everybody]
        return Outcome(
            updates=tally.sent,
            exits=tally.exits,
            people=people,
            kills=kills,
            lost=len(tally.lost),
            wrong=sum(not in_order for *_, in_order in judged),
            doubled=sum(extra for extra, *_ in judged),
            most_copies=max(most for _, most, *_ in judged),
            notes=sum(count for _, _, count, _ in judged),
            locations_left=sum(person.left() for person in everybody),
            violations=len(tg.record.violations),
            pending=len(await tg.pending()),
            seconds=time.monotonic() - began,
        )


def _reached(tally: Tally, point: int) -> bool:
    return tally.sent >= point
