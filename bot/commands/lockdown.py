"""`tirek lockdown`: stop everything but the emergency numbers, at once."""

import asyncio
from typing import Annotated

import typer

from bot.commands.common import SettingsFile
from bot.settings import load_settings


def lockdown(
    settings: SettingsFile = None,
    *,
    lift: Annotated[
        bool, typer.Option("--lift", help="End the lockdown; then restart the service.")
    ] = False,
) -> None:
    """Stop sending, destroy the keys and what they protect; only emergency numbers are answered."""
    from bot.app import lock_down
    from bot.lockdown import Flag

    chosen = load_settings(settings)
    flag = Flag(chosen.store.lockdown)
    if lift:
        flag.lower()
        typer.echo("The lockdown is over. Restart the service: it starts with nothing remembered.")
        return
    flag.raise_()
    asyncio.run(lock_down(chosen))
    typer.echo(
        "Locked down. Nothing is sent any more, the keys and everything they protected are gone, "
        "and whoever writes gets the emergency numbers of every country.\n"
        "Now replace the token with BotFather (/revoke), see docs/operate.md. "
        "`tirek lockdown --lift` ends it."
    )
