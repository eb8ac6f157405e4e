"""`tirek learning`: how hard each question of the quizzes is, and what sessions changed."""

import asyncio
import csv
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import SettingsFile, shown
from bot.learning.report import LearningReport
from bot.settings import load_settings


def learning(
    settings: SettingsFile = None,
    weeks: Annotated[int, typer.Option(min=1, max=51, help="Finished weeks to add up.")] = 12,
    picture: Annotated[Path | None, typer.Option(help="Write bars as SVG, too.")] = None,
    *,
    table: Annotated[bool, typer.Option("--csv", help="Write CSV instead of a table.")] = False,
) -> None:
    """Show how hard each question is, and what sessions changed; sums only, never people."""
    from bot.app import read_world
    from bot.commands.counts import count_answers
    from bot.learning.report import plot

    chosen = load_settings(settings)
    quizzes = read_world(chosen).content.quizzes.values()
    report = asyncio.run(count_answers(chosen, quizzes, weeks))
    if picture is not None:
        picture.write_text(plot(report), "utf-8")
        typer.echo(f"The picture is in {picture}", err=True)
    if table:
        _write(report)
    else:
        _print(report)


def _write(report: LearningReport) -> None:
    out = csv.writer(sys.stdout)
    out.writerow(("quiz", "question", "asked", "right", "wrong", "skipped", "share of right"))
    for one in report.lines:
        sums = map(report.period.text, (one.right, one.wrong, one.skipped))
        out.writerow((one.quiz, one.item, one.kind, *sums, one.share or ""))


def _print(report: LearningReport) -> None:
    from rich.table import Table

    title = f"Questions and answers, {report.period}"
    drawn = Table("question", "asked", "right", "wrong", "skipped", "share", title=title)
    for one in report.lines:
        sums = map(report.period.text, (one.right, one.wrong, one.skipped))
        drawn.add_row(f"{one.quiz}: {one.item}", one.kind, *sums, str(one.share or "–"))
    changed = (f"{one.quiz}: {one.item}: {one.before} → {one.after}" for one in report.shifts)
    shown(drawn, *changed, notes=report.notes)
