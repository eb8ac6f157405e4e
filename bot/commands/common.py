"""What every command has in common: the settings file, and a list of problems."""

from pathlib import Path
from typing import Annotated

import typer

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
