"""`tirek people`: how many get news, never who."""

import asyncio
import csv
import sys
from typing import Annotated

import typer

from bot.campaigns.audience import LEAST
from bot.campaigns.people import People
from bot.commands.common import SettingsFile
from bot.settings import load_settings


def people(
    settings: SettingsFile = None,
    *,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the table as CSV.")] = False,
) -> None:
    """Show how many get news, by language, country, age and topic."""
    from bot.app import count_people, read_world

    chosen = load_settings(settings)
    counted = asyncio.run(count_people(chosen, read_world(chosen).content.topics))
    if as_csv:
        _write(counted)
    else:
        _print(counted)


def _write(counted: People) -> None:
    """Write a line for each count; a hidden one stands as it is shown, as -."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("by", "kind", "people"))
    out.writerow(("all", "", _text(counted.all)))
    for way, there in counted.by.items():
        out.writerows((way, _kind(way, kind), _text(many)) for kind, many in there.items())


def _print(counted: People) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(f"News: {_text(counted.all)}")
    for way, there in counted.by.items():
        drawn = Table(way, "people")
        for kind, many in there.items():
            drawn.add_row(_kind(way, kind), _text(many))
        console.print(drawn)
    rounded = "Counts are rounded down to tens."
    hidden = f"Shown as -: those below {LEAST}, and one that would tell another one."
    console.print(f"{rounded} {hidden}", style="dim")


def _text(many: int | None) -> str:
    return "-" if many is None else str(many)


def _kind(way: str, kind: str) -> str:
    """Name those who told nothing: no age, or no topic, which stands for all."""
    return kind or {"age": "not told", "topics": "all"}.get(way, "")
