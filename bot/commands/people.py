"""`tirek people`: how many get news, never who."""

import asyncio
import csv
import sys
from typing import Annotated

import typer

from bot.campaigns.audience import LEAST
from bot.campaigns.people import ALL, People, named
from bot.commands.common import SettingsFile, write_report
from bot.settings import load_settings

people = typer.Typer(invoke_without_command=True, help="How many get news, never who.")


@people.callback()
def show(
    asked: typer.Context,
    settings: SettingsFile = None,
    *,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the table as CSV.")] = False,
) -> None:
    """Show how many get news, by language, country, age and topic."""
    from bot.app import read_world
    from bot.commands.counts import count_people

    if asked.invoked_subcommand is not None:
        return
    chosen = load_settings(settings)
    counted = asyncio.run(count_people(chosen, read_world(chosen).content.topics))
    if as_csv:
        _write(counted)
    else:
        _print(counted)


@people.command()
def export(settings: SettingsFile = None) -> None:
    """Print what may be published of them, as CSV: with noise that is drawn once a week."""
    from bot.commands.reporting import people_published

    notes = (
        "Where one count alone would be hidden, another one is hidden with it.",
        "The random part is drawn once a week: asked for again in this week, nothing changes.",
    )
    write_report("who", asyncio.run(people_published(load_settings(settings))), notes)


def _write(counted: People) -> None:
    """Write a line for each count; a hidden one stands as it is shown, as -."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("by", "kind", "people"))
    out.writerow((ALL, "", _text(counted.all)))
    for way, there in counted.by.items():
        out.writerows((way, named(way, kind), _text(many)) for kind, many in there.items())


def _print(counted: People) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(f"News: {_text(counted.all)}")
    for way, there in counted.by.items():
        drawn = Table(way, "people")
        for kind, many in there.items():
            drawn.add_row(named(way, kind), _text(many))
        console.print(drawn)
    rounded = "Counts are rounded down to tens."
    hidden = f"Shown as -: those below {LEAST}, and one that would tell another one."
    console.print(f"{rounded} {hidden}", style="dim")


def _text(many: int | None) -> str:
    return "-" if many is None else str(many)
