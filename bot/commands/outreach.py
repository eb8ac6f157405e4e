"""`tirek outreach`: posters with codes to scan, and how often they were scanned."""

import asyncio
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import SettingsFile, shown, write_sums
from bot.counting.table import SumTable
from bot.errors import TirekError
from bot.settings import Settings, load_settings

outreach = typer.Typer(
    no_args_is_help=True, help="Draw posters, and see how often they are scanned."
)


@outreach.command()
def draw(
    poster: Annotated[str, typer.Argument(help="The id of a poster in content/outreach.")],
    language: Annotated[str, typer.Option(help="What it is printed in: kk, ky, tg, uz, ru, en.")],
    place: Annotated[
        str, typer.Option(help="Where it will hang, as in content/outreach/places.yaml.")
    ],
    settings: SettingsFile = None,
    out: Annotated[Path, typer.Option(help="The folder to write into.")] = Path(),
    address: Annotated[
        str, typer.Option(help="The bot's address, t.me/…; Telegram is asked if this is left out.")
    ] = "",
) -> None:
    """Write a poster as a PDF in grey and as a PNG in colour, A4 at 300 dots an inch."""
    from bot import posters
    from bot.app import read_world
    from bot.pictures.poster import DOTS
    from bot.pictures.poster import poster as drawn

    chosen = load_settings(settings)
    world = read_world(chosen)
    known, places = world.content.outreach.posters, world.content.outreach.places
    _one_of("poster", poster, known)
    _one_of("kind of place", place, places)
    _one_of("language", language, world.offered.languages)
    if missing := posters.untranslated(world, known[poster], language):
        raise TirekError(
            f"This poster is not in {language} yet, and a sheet in two languages helps nobody. "
            f"To be translated (see docs/translate.md):\n" + "\n".join(missing)
        )
    at = posters.address(address or _asked(chosen), world.lexicon)
    canvas = drawn(posters.sheet(world, known[poster], language, places[place], at))
    out.mkdir(parents=True, exist_ok=True)
    for ending, written in (("pdf", canvas.pdf(DOTS, grey=True)), ("png", canvas.png())):
        file = out / f"{poster}-{language}-{place}.{ending}"
        file.write_bytes(written)
        typer.echo(str(file))


@outreach.command()
def scans(
    settings: SettingsFile = None,
    weeks: Annotated[int, typer.Option(min=1, max=51, help="Finished weeks to add up.")] = 12,
    *,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the table as CSV.")] = False,
) -> None:
    """Show how often posters were scanned, by kind of place; sums only, never people."""
    from bot.app import read_world
    from bot.commands.counts import count_scans

    chosen = load_settings(settings)
    counted = asyncio.run(count_scans(chosen, read_world(chosen).content.outreach, weeks))
    if as_csv:
        write_sums("poster", counted)
    else:
        _print(counted)


def _one_of(what: str, given: str, known: Collection[str]) -> None:
    """Refuse a name that there is not, and say which there are."""
    if given not in known:
        raise TirekError(f"There is no {what} '{given}'. There are: {', '.join(known)}.")


def _asked(settings: Settings) -> str:
    """Ask Telegram what the bot is called.

    Raises:
        TirekError: there is no token, or no answer.
    """
    from bot.channels.telegram.profile import address_of

    token = settings.telegram.token
    found = asyncio.run(address_of(settings.telegram.api_url, token)) if token else ""
    if not found:
        raise TirekError("Telegram does not say what the bot is called. Give --address t.me/….")
    return found


def _print(counted: SumTable) -> None:
    from rich.table import Table

    drawn = Table("poster", *counted.columns, title=f"{counted.title}, {counted.period}")
    for row in counted.rows:
        drawn.add_row(row.name, *map(counted.period.text, row.sums))
    shown(
        drawn,
        notes=(*counted.notes, "Scans are counted, not people: who scans twice counts twice."),
    )
