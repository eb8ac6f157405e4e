"""`tirek staff` and `tirek audit`: roles, invitations, and what was done about them."""

import asyncio
import time
from typing import Annotated

import typer

from bot.commands.common import SettingsFile
from bot.settings import load_settings
from bot.staff.audit import head as head_of
from bot.staff.roles import Role

staff = typer.Typer(no_args_is_help=True, help="Invite people who work with this bot.")
audit = typer.Typer(
    no_args_is_help=True,
    help="What was done about roles and campaigns, and whether that log is whole.",
)

Code = Annotated[str, typer.Argument(help="A code that an earlier command has printed.")]


@staff.command()
def invite(role: Role, settings: SettingsFile = None) -> None:
    """Make a link that invites one person, once, for a day."""
    from bot.commands import team

    typer.echo(asyncio.run(team.invite(load_settings(settings), role)))


@staff.command("list")
def list_(settings: SettingsFile = None) -> None:
    """Show how many serve in each role, by code, and which invitations are open."""
    from bot.commands import team

    typer.echo(asyncio.run(team.listed(load_settings(settings))))


@staff.command()
def confirm(
    code: Code,
    words: Annotated[
        str, typer.Option(prompt="The three words she reads to you", help="As you heard them.")
    ],
    settings: SettingsFile = None,
) -> None:
    """Give the role to somebody who passed the test, once you have heard her three words."""
    from bot.commands import team

    typer.echo(asyncio.run(team.confirm(load_settings(settings), code, words)))


@staff.command()
def end(code: Code, settings: SettingsFile = None) -> None:
    """End the role of the person behind a code, at once."""
    from bot.commands import team

    typer.echo(asyncio.run(team.end(load_settings(settings), code)))


@audit.command()
def show(settings: SettingsFile = None) -> None:
    """Print what was done about roles and campaigns, and when: by role, never by whom."""
    from bot.commands import team

    typer.echo(team.printed(asyncio.run(team.audit(load_settings(settings)))))


@audit.command()
def verify(
    written: Annotated[str, typer.Argument(help="A head that you wrote down before.")] = "",
    settings: SettingsFile = None,
) -> None:
    """Verify every row; with a head written down before, also that nothing before it was replaced."""
    from bot.commands import team

    entries = asyncio.run(team.audit(load_settings(settings)))
    typer.echo(team.verified(entries, written, time.time()))


@audit.command()
def head(settings: SettingsFile = None) -> None:
    """Print the head of the log, to be written down on paper."""
    from bot.commands import team

    typer.echo(str(head_of(asyncio.run(team.audit(load_settings(settings))))))
