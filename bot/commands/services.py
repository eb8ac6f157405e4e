"""`tirek services`: which numbers to ring next, and what came of it."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from bot.commands.common import SettingsFile
from bot.settings import load_settings

services = typer.Typer(no_args_is_help=True, help="The directory of lines and services.")

Plain = Annotated[bool, typer.Option("--plain", help="Tab-separated lines, for other programs.")]


@services.command()
def due(
    settings: SettingsFile = None,
    within: Annotated[int, typer.Option(min=0, help="Days ahead to look for what grows old.")] = 30,
    *,
    plain: Plain = False,
) -> None:
    """List the calls to make, the most important first, and what to ask."""
    from rich.console import Console
    from rich.table import Table

    from bot.app import read_world
    from bot.directory.due import COLUMNS, calls, row

    content = read_world(load_settings(settings)).content
    rows = [row(call) for call in calls(content, _today(), within)]
    if plain:
        for one in rows:
            typer.echo("\t".join(one))
        return
    table = Table(*COLUMNS, title=f"{len(rows)} calls to make")
    for one in rows:
        table.add_row(*one)
    Console().print(table)


@services.command()
def verify(
    id_: Annotated[str, typer.Argument(metavar="ID", help="A line or service, as in the files.")],
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day of the call.")],
    by: Annotated[str, typer.Option(help="Who called: a role such as coordinator, no name.")],
    changed: Annotated[
        list[str] | None, typer.Option(help="What is otherwise, as key=value; may be repeated.")
    ] = None,
    settings: SettingsFile = None,
) -> None:
    """Write down that somebody rang and what turned out otherwise; nothing else is touched."""
    from bot.content.verify import changes_of
    from bot.content.verify import verify as write_down

    folder = load_settings(settings).content.folder
    changes = changes_of(changed or ())
    where = write_down(folder, id_, on=on.date(), by=by, changes=changes, today=_today())
    typer.echo(f"Written to {where}. The bot reads it after: systemctl reload tirek")


@services.command()
def table(settings: SettingsFile = None, *, plain: Plain = False) -> None:
    """Show what each region has for each need, and what is withheld and why."""
    from rich.console import Console

    from bot.app import read_world
    from bot.directory import coverage

    chosen = load_settings(settings)
    rows = coverage.table(read_world(chosen).content, chosen.directory.policy, _today())
    if plain:
        for line in coverage.plain(rows):
            typer.echo(line)
        return
    Console().print(coverage.rich(rows))


def _today() -> date:
    return datetime.now(UTC).date()
