"""The command line: parse, call the app, print."""

import asyncio
import os
import random
import sys
from collections.abc import Coroutine
from dataclasses import astuple
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.errors import TirekError
from bot.settings import Settings, load_settings

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

words = typer.Typer(no_args_is_help=True, help="The catalogues of translations.")
cli.add_typer(words, name="words")

SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="The settings file; bot.yaml by default.")
]
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
    _report([str(problem) for problem in prove(chosen, datetime.now(UTC).date())])


@cli.command()
def schema(folder: Annotated[Path, typer.Argument()] = Path("schemas")) -> None:
    """Write the JSON Schemas of the content files, for editors that help while writing."""
    from bot.content.schema import write
    from bot.engine.blocks import SPECS

    write(folder, SPECS)
    typer.echo(f"Schemas are in {folder}/")


@words.command()
def update(settings: SettingsFile = None) -> None:
    """Take new and changed sentences into every catalogue, then show how far each is."""
    from bot.language.words import update as bring_in_step
    from bot.proof import texts

    chosen = load_settings(settings)
    bring_in_step(chosen.content.locales, texts(chosen))
    _show_progress(chosen)


@words.command("check")
def check_words(settings: SettingsFile = None) -> None:
    """List every translation that is missing, stale or unsound as file:line:col."""
    from bot.proof import prove_words

    chosen = load_settings(settings)
    _report([str(problem) for problem in prove_words(chosen)])


@words.command()
def show(settings: SettingsFile = None) -> None:
    """Show how far each language is, and how much of it a person has reviewed."""
    _show_progress(load_settings(settings))


def _show_progress(settings: Settings) -> None:
    from rich.console import Console
    from rich.table import Table

    from bot.language.words import report

    table = Table("language", "translated", "stale", "missing", "drafted", "native", "expert")
    for row in report(settings.content.locales):
        table.add_row(*(str(figure) for figure in astuple(row)))
    Console().print(table)


def _report(problems: list[str]) -> None:
    """Print the problems and end with 1 if there are any."""
    for problem in problems:
        typer.echo(problem)
    if problems:
        typer.echo(f"{len(problems)} problem{'s' * (len(problems) > 1)}", err=True)
        raise typer.Exit(1)
    typer.echo("No problems.")


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


def main() -> None:
    """Run the command line; an error we know is one clear text and exit code 1."""
    _claim_streams()
    try:
        cli()
    except TirekError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
