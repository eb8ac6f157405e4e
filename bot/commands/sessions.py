"""`tirek sessions`: how many sessions were reported, and how many people took part."""

import asyncio
from typing import Annotated

import typer

from bot.commands.common import SettingsFile, shown, write_sums
from bot.counting.table import SumTable
from bot.settings import load_settings


def sessions(
    settings: SettingsFile = None,
    weeks: Annotated[int, typer.Option(min=1, max=51, help="Finished weeks to add up.")] = 12,
    *,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the table as CSV.")] = False,
) -> None:
    """Show how many sessions were reported in each region, and how many took part."""
    from bot.app import read_world
    from bot.commands.counts import count_sessions

    chosen = load_settings(settings)
    counted = asyncio.run(count_sessions(chosen, read_world(chosen).content.places, weeks))
    if as_csv:
        write_sums("region", counted)
    else:
        _print(counted)


def _print(counted: SumTable) -> None:
    """Draw a table for each sex, with sessions first: thirteen columns fit in no terminal."""
    from rich.table import Table

    from bot.learning.headcount import AGES, SESSION, SEXES

    first, tables = counted.columns.index(SESSION), []
    for number, sex in enumerate(SEXES):
        start = first + 1 + number * len(AGES)
        title = f"{counted.title}: {sex}, {counted.period}"
        drawn = Table("region", "sessions", *AGES, title=title)
        for row in counted.rows:
            sums = (row.sums[first], *row.sums[start : start + len(AGES)])
            drawn.add_row(row.name, *map(counted.period.text, sums))
        tables.append(drawn)
    shown(*tables, notes=counted.notes)
