"""The command line: parse, call the app, print."""

import asyncio
import gc
import os
import random
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.commands.campaign import campaign
from bot.commands.claims import claims
from bot.commands.common import SettingsFile, listed
from bot.commands.gaps import gaps
from bot.commands.learning import learning
from bot.commands.lockdown import lockdown
from bot.commands.near import near
from bot.commands.outreach import outreach
from bot.commands.people import people
from bot.commands.rotate import rotate
from bot.commands.services import services
from bot.commands.sessions import sessions
from bot.commands.staff import audit, staff
from bot.commands.understand import understand
from bot.commands.words import words
from bot.errors import TirekError
from bot.settings import Settings, load_settings

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

cli.add_typer(words, name="words")
cli.add_typer(services, name="services")
cli.add_typer(staff, name="staff")
cli.add_typer(audit, name="audit")
cli.add_typer(campaign, name="campaign")
cli.add_typer(outreach, name="outreach")
cli.add_typer(people, name="people")
cli.command()(near)
cli.command()(gaps)
cli.command()(learning)
cli.command()(sessions)
cli.command()(understand)
cli.command()(claims)
cli.command()(rotate)
cli.command()(lockdown)

Language = Annotated[
    str | None,
    typer.Option(help="Begin as a phone in this language would: kk, ky, tg, uz, ru, en."),
]
Seed = Annotated[int | None, typer.Option(help="Make everything that is drawn repeatable.")]
Plain = Annotated[bool, typer.Option("--plain", help="No colours, for pipes and screen readers.")]


@cli.command()
def run(settings: SettingsFile = None) -> None:
    """Serve Telegram; without a token, open the same bot in this terminal."""
    chosen = load_settings(settings)
    logs.set_up(chosen.log.level)
    if chosen.telegram.token is None:
        typer.echo(
            f"No token in {_short(chosen.telegram.token_file)}: here is the bot itself.\n", err=True
        )
        _chat(chosen, None, plain=not sys.stdout.isatty())
        return
    from bot.app import serve

    _loop(serve(chosen))


@cli.command()
def chat(
    settings: SettingsFile = None,
    language: Language = None,
    seed: Seed = None,
    *,
    plain: Plain = False,
) -> None:
    """Talk to the bot in this terminal; nothing is kept."""
    random.seed(seed)
    chosen = load_settings(settings)
    logs.set_up(chosen.log.level)
    _chat(chosen, language, plain=plain or not sys.stdout.isatty())


@cli.command()
def check(settings: SettingsFile = None) -> None:
    """Prove the content in every language; list every problem as file:line:col."""
    from bot.proof import prove

    chosen = load_settings(settings)
    listed([str(problem) for problem in prove(chosen, datetime.now(UTC).date())])


@cli.command()
def schema(folder: Annotated[Path, typer.Argument()] = Path("schemas")) -> None:
    """Write the JSON Schemas of the content files, for editors that help while writing."""
    from bot.content.schema import write
    from bot.engine.blocks import SPECS

    write(folder, SPECS)
    typer.echo(f"Schemas are in {folder}/")


def _chat(settings: Settings, language: str | None, *, plain: bool) -> None:
    from bot.app import chat as talk

    _loop(talk(settings, language, plain=plain))


def _loop(work: Coroutine[None, None, None]) -> None:
    """Run on uvloop where there is one: a tenth faster for nothing."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


def _short(path: Path) -> str:
    """Name a file as seen from here."""
    return os.path.relpath(path)


def _claim_streams() -> None:
    """Write UTF-8 whatever the locale, and take the places of streams that came closed.

    Else the first socket would take the place, and a socket is no place to read lines from.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for life
        elif mode == "w" and isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _collect_rarely() -> None:
    """Look for garbage rarely: libraries and content are a million things that stay.

    With the usual thresholds the collector walks through them again and again, at the start and
    while requests come and go: measured, that was half of the processor time of a tap.
    """
    gc.set_threshold(50_000, 20, 50)


def main() -> None:
    """Run the command line; an error we know is one clear text and exit code 1."""
    _collect_rarely()
    _claim_streams()
    try:
        cli()
    except TirekError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    finally:
        gc.freeze()  # else all that was read is looked through once more, only to end


if __name__ == "__main__":
    main()
