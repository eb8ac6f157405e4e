"""Many people at once, as many as a test can watch without slowing the bot down."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from itertools import count

from bot.engine.stage import Stage
from tests.journeys.visitor import Visitor
from tests.standin.server import StandIn

CODES = ("kk", "ky", "tg", "uz", "ru", "en")
COUNTRIES = ("kz", "kg", "tj", "uz")
_IDS = count(6_000_000_000, 7_919)
"""Ids of today's length, far apart; nobody comes twice."""


def crowd(tg: StandIn, stage: Stage, size: int) -> list[Visitor]:
    """Make `size` people whom nobody has met, in all languages."""
    return [Visitor(tg, stage, next(_IDS), CODES[n % len(CODES)]) for n in range(size)]


async def each(
    people: Sequence[Visitor], act: Callable[[Visitor], Awaitable[None]], at_once: int = 40
) -> None:
    """Let each do `act`, `at_once` of them at the same time."""
    free = asyncio.Semaphore(at_once)

    async def one(person: Visitor) -> None:
        async with free:
            await act(person)

    async with asyncio.TaskGroup() as tasks:
        for person in people:
            tasks.create_task(one(person))


def country_of(person: Visitor) -> str:
    """Draw a country; the same person always draws the same one."""
    return random.Random(person.id).choice(COUNTRIES)
