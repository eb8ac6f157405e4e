"""`tirek near`: what lies near a place somebody names, for people and for scripts."""

import sys
from datetime import UTC, datetime
from typing import Annotated, get_args

import typer

from bot.commands.common import SettingsFile
from bot.content.model import Country, Sector
from bot.errors import TirekError
from bot.settings import load_settings


def near(
    text: Annotated[str | None, typer.Argument(help="A town, village, district or region.")] = None,
    country: Annotated[
        str | None, typer.Option(help="kz, kg, tj or uz; all four when left out.")
    ] = None,
    need: Annotated[
        Sector | None, typer.Option(help="The kind of help; every kind when left out.")
    ] = None,
    language: Annotated[str, typer.Option(help="The language of names.")] = "en",
    settings: SettingsFile = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read a query a line, print an object a line.")
    ] = False,
) -> None:
    """Show the services near a place, however its name is spelt."""
    from bot.app import read_world
    from bot.commands.near_answers import Near, stream

    if country is not None and country not in get_args(Country):
        raise TirekError(f"no country '{country}' (known: {', '.join(get_args(Country))})")
    if not jsonl and not text:
        raise TirekError('name a place: tirek near "Osh", or give a place a line with --jsonl')
    world = read_world(load_settings(settings))
    today = datetime.now(UTC).date()
    asked = Near(world.content.places, world.places, world.atlas, today, country, need, language)
    if not text:
        stream(asked, sys.stdin.buffer, sys.stdout)
    elif jsonl:
        stream(asked, [text.encode()], sys.stdout)
    else:
        typer.echo(asked.told(text))
