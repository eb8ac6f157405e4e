"""`tirek sessions`: how many sessions were reported, and how many people took part."""

import asyncio
import csv
import sys
from typing import Annotated

import typer

from bot.commands.common import SettingsFile
from bot.directory.gaps import GapTable
from bot.settings import load_settings


def sessions(
    settings: SettingsFile = None,
    weeks: Annotated[int, typer.Option(min=1, max=51, help="Finished weeks to add up.")] = 12,
    *,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the table as CSV.")] = False,
) -> None:
    """Show how many sessions were reported in each region, and how many took part."""
    from bot.app import count_sessions, read_world

    chosen = load_settings(settings)
    counted = asyncio.run(count_sessions(chosen, read_world(chosen).content.places, weeks))
    if as_csv:
        _write(counted)
    else:
        _print(counted)


def _write(counted: GapTable) -> None:
    """Write a line for each region; a hidden sum stands as it is shown, such as <20."""
    from bot.directory.gaps.table import name

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("region", *counted.sectors))
    for row in counted.rows:
        out.writerow((name(row.region), *map(counted.text, row.sums)))


def _print(counted: GapTable) -> None:
    """Draw a table for each sex, with sessions first: thirteen columns fit in no terminal."""
    from rich.console import Console
    from rich.table import Table

    from bot.directory.gaps.table import name
    from bot.learning.headcount import AGES, SESSION, SEXES

    console, first = Console(), counted.sectors.index(SESSION)
    for number, sex in enumerate(SEXES):
        start = first + 1 + number * len(AGES)
        title = f"{counted.title}: {sex}, {counted.period}"
        drawn = Table("region", "sessions", *AGES, title=title)
        for row in counted.rows:
            sums = (row.sums[first], *row.sums[start : start + len(AGES)])
            drawn.add_row(name(row.region), *map(counted.text, sums))
        console.print(drawn)
    for note in counted.notes:
        console.print(note, style="dim")
