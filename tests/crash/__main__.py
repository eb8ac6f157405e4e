"""`python -m tests.crash`: kill the bot at 50 seeded points while 2,000 updates flow; print counts."""

import argparse
import asyncio
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bot.app import read_world
from bot.engine.stage import Stage
from bot.settings import load_settings
from tests.crash.sweep import sweep


def main() -> int:
    """Run one sweep and print its figures; 1 if anything was lost, wrong, there three times or left there."""
    parse = argparse.ArgumentParser(prog="python -m tests.crash")
    parse.add_argument("--people", type=int, default=200)
    parse.add_argument("--acts", type=int, default=10)
    parse.add_argument("--kills", type=int, default=50)
    parse.add_argument("--seed", type=int, default=1)
    chosen = parse.parse_args()
    stage = Stage(read_world(load_settings()))
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(sweep(Path(folder), stage, **vars(chosen)))
    for name, figure in asdict(outcome).items():
        sys.stdout.write(f"{name.replace('_', ' '):>12}: {figure:,.0f}\n")
    return 0 if outcome.good else 1


if __name__ == "__main__":
    raise SystemExit(main())
