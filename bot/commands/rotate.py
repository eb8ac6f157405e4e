"""`tirek rotate`: replace the key under which those lie who asked to be known for longer."""

import asyncio
from typing import Annotated

import typer

from bot.commands.common import SettingsFile
from bot.settings import load_settings


def rotate(
    settings: SettingsFile = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Replace the long-term key, beside the service: afterwards a copy of the old one opens nothing."""
    from bot.commands import rotating

    chosen = load_settings(settings)
    if not yes:
        typer.echo(asyncio.run(rotating.promise(chosen)))
        typer.confirm("\nBegin?", abort=True)
    typer.echo(asyncio.run(rotating.rotate(chosen)))
