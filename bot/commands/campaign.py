"""`tirek campaign`: write campaigns, prove them, and see them as their readers will."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.campaigns.commands import Command, Pause, Recall, Resume, Stop
from bot.commands.common import SettingsFile, listed, write_report
from bot.errors import TirekError
from bot.settings import load_settings

campaign = typer.Typer(no_args_is_help=True, help="Messages to those who asked for news.")

Name = Annotated[str, typer.Argument(help="The id of the campaign: its file without .yaml.")]


Code = Annotated[str, typer.Argument(help="What `tirek campaign list` calls it.")]


@campaign.command()
def new(name: Name, settings: SettingsFile = None) -> None:
    """Write a file to begin a campaign from, into the content folder."""
    from bot.content.campaigns_files import FOLDER, beginning
    from bot.content.load import read
    from bot.engine.blocks import SPECS

    folder = load_settings(settings).content.folder
    topics = [one.id for one in read(folder, SPECS).topics]
    if not topics:
        raise TirekError(f"There is nothing to ask for news of: {folder}/topics.yaml is missing.")
    path = folder / FOLDER / f"{name}.yaml"
    try:
        text = beginning(name, topics)
    except ValueError as error:
        raise TirekError(f"{error}.") from error
    if path.exists():
        raise TirekError(f"{path} is there already. Take another name.")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    typer.echo(f"Written: {path}. Change its texts, then: tirek campaign check {name}")


@campaign.command("check")
def check_campaign(name: Name, settings: SettingsFile = None) -> None:
    """List what is wrong with a campaign, and the languages in which nobody could read it."""
    from bot.app import read_world
    from bot.commands.preview import found, lacking
    from bot.content.campaigns_files import FOLDER
    from bot.proof import prove

    chosen = load_settings(settings)
    file = f"{chosen.content.folder.name}/{FOLDER}/{name}.yaml"
    problems = prove(chosen, datetime.now(UTC).date(), screens=False)
    about = [str(one) for one in problems if one.file == file]
    if not about:
        world = read_world(chosen)
        about = lacking(world, found(world, name), world.offered.languages)
    listed(about)


@campaign.command()
def preview(
    name: Name,
    language: Annotated[str | None, typer.Option(help="Only this one: kk, ky, tg, uz, ru.")] = None,
    settings: SettingsFile = None,
) -> None:
    """Show a campaign as its readers see it, in each language; those that are missing first."""
    from bot.app import read_world
    from bot.commands.preview import found, shown

    world = read_world(load_settings(settings))
    typer.echo(shown(world, found(world, name), language))


@campaign.command("list")
def list_(settings: SettingsFile = None) -> None:
    """List the campaigns of the last year: how far each has come, in round numbers."""
    from bot.commands import sending

    typer.echo(asyncio.run(sending.all_campaigns(load_settings(settings))))


@campaign.command()
def show(
    code: Code,
    settings: SettingsFile = None,
    *,
    follow: Annotated[bool, typer.Option("--follow", help="Go on until it is done.")] = False,
) -> None:
    """Show what became of the readers of a campaign: round numbers, and nobody."""
    from bot.app import read_world
    from bot.commands import sending

    chosen = load_settings(settings)
    if follow:
        content = read_world(chosen).content
        zones = {content.countries[one].timezone for one in chosen.offered.countries}
        with suppress(KeyboardInterrupt):
            asyncio.run(_redraw(sending.follow(chosen, code, zones)))
    typer.echo(asyncio.run(sending.one_campaign(chosen, code)))


async def _redraw(shown: AsyncIterator[str]) -> None:
    """Draw each over the one before; where nobody looks, only the last is worth a line."""
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    with Live(console=Console(highlight=False), auto_refresh=False, transient=True) as live:
        async for one in shown:
            live.update(Text(one), refresh=True)


@campaign.command()
def correct(code: Code, name: Name, settings: SettingsFile = None) -> None:
    """Propose what the file of a campaign says now instead of what has gone out."""
    from bot.app import read_world
    from bot.commands import sending
    from bot.commands.preview import found
    from bot.engine.campaigns import made

    chosen = load_settings(settings)
    world = read_world(chosen)
    words = made(world, found(world, name), code)
    typer.echo(asyncio.run(sending.correct(chosen, words)))


@campaign.command()
def draw(
    code: Code,
    out: Annotated[Path, typer.Option(help="The file to write: it ends in .png or .pdf.")],
    language: Annotated[str | None, typer.Option(help="kk, ky, tg, uz, uz_Cyrl, ru, en.")] = None,
    settings: SettingsFile = None,
) -> None:
    """Draw how a campaign went out: messages by the quarter of an hour, pauses, quiet hours."""
    from bot.commands.reporting import headway_of
    from bot.pictures.headway import DOTS

    if out.suffix not in (".png", ".pdf"):
        raise TirekError(f"{out} ends neither in .png nor in .pdf.")
    canvas = asyncio.run(headway_of(load_settings(settings), code, language))
    out.write_bytes(canvas.png() if out.suffix == ".png" else canvas.pdf(DOTS))
    typer.echo(str(out))


@campaign.command()
def export(settings: SettingsFile = None) -> None:
    """Print what may be published of the campaigns of the last year, as CSV, with noise."""
    from bot.commands.reporting import campaigns_published

    notes = (
        "Each is published once the second week after that of its start has begun.",
        "The random part is drawn once: asked for again, nothing changes.",
        "Taps are counted, not people; leaves are of whoever had its message last.",
    )
    write_report("campaign", asyncio.run(campaigns_published(load_settings(settings))), notes)


@campaign.command()
def pause(code: Code, settings: SettingsFile = None) -> None:
    """Send no more of a campaign for now."""
    _do(code, Pause(), settings)


@campaign.command()
def resume(code: Code, settings: SettingsFile = None) -> None:
    """Go on with a campaign that was paused."""
    _do(code, Resume(), settings)


@campaign.command()
def stop(code: Code, settings: SettingsFile = None) -> None:
    """Send no more of a campaign, for good."""
    _do(code, Stop(), settings)


@campaign.command()
def recall(code: Code, settings: SettingsFile = None) -> None:
    """Stop a campaign and delete what has arrived; possible for 47 hours after its start."""
    _do(code, Recall(), settings)


def _do(code: str, command: Command, settings: SettingsFile) -> None:
    from bot.commands import sending

    typer.echo(asyncio.run(sending.do(load_settings(settings), code, command)))
