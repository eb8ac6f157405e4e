"""`python -m tests.bench`: run every program in turn, round after round, and print the figures.

It never fails for slowness: it measures. It fails when Tirek does not answer at all.
"""

import argparse
import gc
import os
import platform
import tempfile
import time
from pathlib import Path
from typing import Any

import uvloop
from rich.console import Console

from bot.app import read_world
from bot.settings import load_settings
from tests.bench.double import Double
from tests.bench.engine import engine_figures
from tests.bench.measure import FULL, QUICK, Figures, Pace, Round
from tests.bench.programs import ALL, RIVALS, ROOT, TIREK, cores, pin, settings_file
from tests.bench.report import medians, show, write


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round, under two minutes")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there")
    parser.add_argument("--tirek", action="store_true", help="Tirek alone, for tuning")
    return parser.parse_args()


async def _measure(pace: Pace, *, alone: bool, console: Console) -> dict[str, list[Figures]]:
    programs = [one for one in ALL if one.python != RIVALS or RIVALS.exists()]
    if len(programs) < len(ALL):
        console.print("The other libraries are not there: `make bench` sets them up.")
    if alone:
        programs = [TIREK]
    rounds: dict[str, list[Figures]] = {one.name: [] for one in programs}
    on = cores()
    pin(on[:1])
    # Collecting garbage here would show as latency there; nothing here makes cycles.
    gc.disable()
    async with Double() as double:
        for number in range(pace.rounds):
            for program in programs:
                with console.status(f"round {number + 1} of {pace.rounds}: {program.name}"):
                    burst = program is TIREK or number < pace.rival_bursts
                    one = Round(program, double, pace)
                    try:
                        rounds[program.name].append(await one.run(on, burst=burst))
                    except RuntimeError as fault:
                        if program is TIREK:
                            raise
                        console.print(str(fault), markup=False)
                gc.collect()
    gc.enable()
    return {name: figures for name, figures in rounds.items() if figures}


def _engine() -> Figures:
    with tempfile.TemporaryDirectory(prefix="tirek-bench-") as name:
        settings = load_settings(settings_file(Path(name), "http://127.0.0.1"), {})
        return engine_figures(read_world(settings))


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "load": [round(each, 2) for each in os.getloadavg()],
        "python": platform.python_version(),
        "sync_ms": round(_sync() * 1000, 2),
    }


def _sync() -> float:
    """Time one `fsync`, which each commit of ours waits for: in seconds, the median of many."""
    took = []
    with tempfile.NamedTemporaryFile(prefix="tirek-bench-") as file:
        for _ in range(21):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - began)
    return sorted(took)[len(took) // 2]


def main() -> None:
    """Measure, print, and write where asked."""
    arguments = _arguments()
    console, machine = Console(highlight=False), _machine()
    console.print(
        "{cores} cores, load {load[0]} before the start, Python {python}, a sync of the disk\n"
        "takes {sync_ms} ms. Compare ratios, not figures. ptb is python-telegram-bot with its\n"
        "defaults; raw is HTTP written by hand that keeps, checks and repeats nothing.".format(
            **machine
        )
    )
    pace = QUICK if arguments.quick else FULL
    rounds = uvloop.run(_measure(pace, alone=arguments.tirek, console=console))
    engine = _engine()
    rounds[TIREK.name] = [one | engine for one in rounds[TIREK.name]]
    middle = medians(rounds)
    show(console, middle)
    for name, value in engine.items():
        console.print(f"{name}: {value:.1f}")
    if arguments.json:
        write(arguments.json, machine, rounds, middle)


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
