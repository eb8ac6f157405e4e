"""`python -m tests.crash`: kill the bot at seeded points, and count what is lost and doubled.

While 2,000 updates flow, at 50 points; or with `--campaign` while a campaign goes to 10,000 readers,
on each database, with one process and with two.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from bot.app import read_world
from bot.engine.stage import Stage
from bot.settings import load_settings
from tests.crash.campaign import Outcome, Plan, campaign
from tests.crash.sweep import sweep
from tests.store.embedded import Server, postgres


def main() -> int:
    """Run what was asked for and print its figures; 1 if a promise was not kept."""
    parse = argparse.ArgumentParser(prog="python -m tests.crash")
    parse.add_argument("--people", type=int, default=200)
    parse.add_argument("--acts", type=int, default=10)
    parse.add_argument("--kills", type=int, default=50)
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--campaign", action="store_true", help="kill it while a campaign goes out")
    parse.add_argument("--readers", type=int, default=10_000, help="of the campaign")
    parse.add_argument("--only", default="", help="campaigns whose name holds this")
    chosen = parse.parse_args()
    if chosen.campaign:
        return _campaigns(chosen.readers, chosen.kills, chosen.seed, chosen.only)
    return _turns(chosen.people, chosen.acts, chosen.kills, chosen.seed)


def _turns(people: int, acts: int, kills: int, seed: int) -> int:
    stage = Stage(read_world(load_settings()))
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(
            sweep(Path(folder), stage, people=people, acts=acts, kills=kills, seed=seed)
        )
    for name, figure in asdict(outcome).items():
        sys.stdout.write(f"{name.replace('_', ' '):>12}: {figure:,.0f}\n")
    return 0 if outcome.good else 1


def _campaigns(readers: int, kills: int, seed: int, only: str) -> int:
    """Send a campaign in each way, one after the other; the names are the rows of the table."""
    one, two = Plan("killed", kills, readers, seed=seed), max(kills // 5, 1)
    plans = {
        "SQLite, killed": one,
        "SQLite, told to end": replace(one, way="ended", blows=3),
        "PostgreSQL, killed": one,
        "PostgreSQL, told to end": replace(one, way="ended", blows=3),
        "PostgreSQL itself crashes": replace(one, way="server", blows=3),
        "of two processes one is killed": replace(one, blows=two, processes=2),
        "of two processes one is told to end": replace(one, way="ended", blows=3, processes=2),
        "of two processes one stands still": replace(one, way="frozen", blows=2, processes=2),
    }
    outcomes: dict[str, Outcome] = {}
    broken = []
    for name, plan in plans.items():
        if only not in name:
            continue
        sys.stderr.write(f"{name} …\n")
        with tempfile.TemporaryDirectory() as folder, _server(name) as server:
            outcome = asyncio.run(campaign(Path(folder), plan, server, _say))
        outcomes[name] = outcome
        sys.stderr.write(_table({name: outcome}))
        broken += [f"{name}: {what.replace('_', ' ')}" for what in outcome.broken(plan)]
    sys.stdout.write(_table(outcomes))
    sys.stdout.write(f"load of the machine: {os.getloadavg()[1]:.1f}\n")
    sys.stdout.write("".join(f"NOT KEPT: {one}\n" for one in broken))
    return 1 if broken else 0


@contextmanager
def _server(name: str) -> Iterator[Server | None]:
    if name.startswith("SQLite"):
        yield None
        return
    with postgres() as server:
        yield server


def _say(how_far: str) -> None:
    sys.stderr.write(f"  {how_far}\n")


def _table(outcomes: dict[str, Outcome]) -> str:
    rows = {name: asdict(one) for name, one in outcomes.items()}
    heads = [head for row in [*rows.values()][:1] for head in row]
    wide = max(map(len, ["", *rows])) + 1
    words = [head.replace("_", " ") for head in heads]
    lines = [" " * wide + "  ".join(words)]
    lines += [
        name.ljust(wide)
        + "  ".join(
            f"{row[head]:,.0f}".rjust(len(word)) for head, word in zip(heads, words, strict=True)
        )
        for name, row in rows.items()
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
