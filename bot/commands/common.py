"""What commands have in common: the settings file, a list of problems, tables with their notes."""

import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.counting.table import SumTable

SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="The settings file; bot.yaml by default.")
]


def listed(problems: list[str]) -> None:
    """Print the problems and end with 1 if there are any."""
    for problem in problems:
        typer.echo(problem)
    if problems:
        typer.echo(f"{len(problems)} problem{'s' * (len(problems) > 1)}", err=True)
        raise typer.Exit(1)
    typer.echo("No problems.")


def shown(*drawn: Any, notes: Iterable[str]) -> None:
    """Print tables or lines, and below them in grey how to read them."""
    from rich.console import Console

    console = Console()
    for one in drawn:
        console.print(one)
    for note in notes:
        console.print(note, style="dim")


def write_sums(of: str, counted: SumTable) -> None:
    """Write a table of sums as CSV, a row for each `of`; a hidden sum stands as it is shown, such as <20."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow((of, *counted.columns))
    for row in counted.rows:
        out.writerow((row.name, *map(counted.period.text, row.sums)))


def write_report(of: str, counted: SumTable, notes: Iterable[str]) -> None:
    """Write a table of sums as CSV, below lines that say what was done to its numbers."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    for line in (counted.title, *counted.notes, *notes):
        out.writerow((f"# {line}",))
    write_sums(of, counted)
