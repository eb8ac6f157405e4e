"""`tirek words`: how far the translations are, and what is wrong with them."""

from dataclasses import astuple
from itertools import zip_longest

import typer

from bot.commands.common import SettingsFile, listed
from bot.settings import Settings, load_settings

words = typer.Typer(no_args_is_help=True, help="The catalogues of translations.")


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
    listed([str(problem) for problem in prove_words(chosen)])


@words.command()
def show(settings: SettingsFile = None) -> None:
    """Show how far each language is, and how much of it a person has reviewed."""
    _show_progress(load_settings(settings))


def _show_progress(settings: Settings) -> None:
    from rich.console import Console
    from rich.table import Table

    from bot.language.words import report
    from bot.proof import screens

    pages = screens(settings)
    figures = ("words", "translated", "stale", "missing", "drafted", "native", "expert")
    table = Table("area", "screens", "language", *figures)
    rows = report(settings.content.locales)
    for row, following in zip_longest(rows, rows[1:]):
        area, *rest = astuple(row)
        last = following is None or following.area != area
        table.add_row(area, str(pages[area] or ""), *map(str, rest), end_section=last)
    Console().print(table)
