"""`tirek words`: how far the translations are, and what is wrong with them."""

from collections import Counter
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

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
def sheet(
    language: Annotated[str, typer.Argument(help="ru, kk, ky, tg or uz.")],
    area: Annotated[str, typer.Argument(help="One area, such as law; `words show` lists them.")],
    to: Annotated[Path | None, typer.Option(help="Where to write it.")] = None,
    settings: SettingsFile = None,
) -> None:
    """Make a page for a reviewer: English, Russian and the translation side by side."""
    from bot.proof import review_sheet

    try:
        page = review_sheet(load_settings(settings), language, area)
    except KeyError as error:
        raise typer.BadParameter(str(error.args[0])) from error
    path = to or Path(f"tirek-{language}-{area}.html")
    path.write_text(page, "utf-8")
    typer.echo(f"Written: {path}. Send it to the reviewer; `tirek words take` takes the answer.")


@words.command()
def take(
    answers: Annotated[Path, typer.Argument(help="The file a reviewer saved.")],
    settings: SettingsFile = None,
) -> None:
    """Take back what a reviewer decided: mended texts, how far each is reviewed, and notes."""
    from bot.language.review import read_answers
    from bot.language.review import take as take_back

    chosen = load_settings(settings)
    taken = take_back(chosen.content.locales, read_answers(answers))
    typer.echo(f"{taken.good} good, {taken.mended} mended, {taken.noted} with a note.")
    if taken.refused:
        listed(taken.refused)


@words.command()
def reading(settings: SettingsFile = None) -> None:
    """Show how long sentences and words are, in the full pages and in the easy ones."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    from bot.app import read_world
    from bot.language.readability import LONG_SENTENCE, LONG_WORD, measure

    world = read_world(load_settings(settings))
    pages = [node for node in world.content.nodes.values() if node.easy]
    table = Table("in", "pages", "sentences", "words each", "longest", box=SIMPLE, pad_edge=False)
    table.add_column(f"of {LONG_SENTENCE} words or more", max_width=12)
    table.add_column(f"words of {LONG_WORD} letters or more", max_width=12)
    for language in world.offered.languages:
        for kind in ("text", "easy"):
            said = [one.text for node in pages for one in getattr(node, kind)]
            found = measure(world.words.text(language, one) for one in said)
            shares = (f"{found.long_sentences:.1%}", f"{found.long_words:.1%}")
            each = (str(found.sentences), f"{found.words:.1f}", str(found.longest), *shares)
            table.add_row(language, "full" if kind == "text" else "easy", *each)
    Console().print(table)


@words.command()
def show(settings: SettingsFile = None) -> None:
    """Show how far each language is, and how much of it a person has reviewed."""
    _show_progress(load_settings(settings))


def _show_progress(settings: Settings) -> None:
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    from bot.language.areas import area_of_file
    from bot.language.words import report
    from bot.proof import screens

    pages = Counter[str]()
    for file, names in screens(settings).items():
        pages[area_of_file(file)] += len(names)
    figures = ("words", "drafted", "native", "expert", "stale", "missing")
    table = Table("area", "screens", "in", *figures, box=SIMPLE, pad_edge=False)
    rows = report(settings.content.locales)
    for row, following in zip_longest(rows, rows[1:]):
        last = following is None or following.area != row.area
        shown = (pages[row.area] or "", row.language, *(getattr(row, name) for name in figures))
        table.add_row(row.area, *map(str, shown), end_section=last)
    Console().print(table)
