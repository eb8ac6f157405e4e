"""`tirek gaps`: where people looked for help that is not known to be near."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import SettingsFile, shown
from bot.counting.table import SumTable
from bot.settings import load_settings


def gaps(
    settings: SettingsFile = None,
    weeks: Annotated[int, typer.Option(min=1, max=51, help="Finished weeks to add up.")] = 12,
    picture: Annotated[
        Path | None, typer.Option(help="Write a map and a table as SVG, too.")
    ] = None,
) -> None:
    """Show where people looked for help that is not known to be near."""
    from bot.app import read_world
    from bot.commands.counts import count_gaps
    from bot.directory.gaps import picture as draw

    chosen = load_settings(settings)
    places = read_world(chosen).content.places
    counted = asyncio.run(count_gaps(chosen, places, weeks))
    if picture is not None:
        picture.write_text(draw(counted, places), "utf-8")
        typer.echo(f"The picture is in {picture}", err=True)
    _print(counted)


def _print(counted: SumTable) -> None:
    from rich.table import Table

    drawn = Table("region", *counted.columns, "shown", title=f"{counted.title}, {counted.period}")
    for row in counted.rows:
        drawn.add_row(row.name, *map(counted.period.text, row.sums), str(row.shown))
    shown(drawn, notes=counted.notes)
