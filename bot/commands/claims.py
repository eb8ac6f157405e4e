"""`tirek claims`: everything the library, the quizzes and the sessions state, with where it is from."""

import csv
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from bot.commands.common import SettingsFile
from bot.content.model import Content, Item, Node, Plan, Quiz
from bot.settings import load_settings

HEADING = ("page", "country", "claim", "law", "checked", "good until", "source", "title", "date",
           "confidence", "url")  # fmt: skip


def claims(
    settings: SettingsFile = None,
    page: Annotated[
        str, typer.Option(help="Only pages, quizzes and sessions whose id begins so.")
    ] = "",
) -> None:
    """Print every paragraph, item and step that has a source, one line for each source, as CSV."""
    from bot.app import read_world

    content = read_world(load_settings(settings)).content
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(HEADING)
    for node in content.nodes.values():
        if node.id.startswith(page):
            out.writerows(_rows(node, content))
    for quiz in content.quizzes.values():
        if quiz.quiz.startswith(page):
            out.writerows(_items(quiz, content))
    for plan in content.sessions.values():
        if plan.session.startswith(page):
            out.writerows(_steps(plan, content))


def _rows(node: Node, content: Content) -> Iterator[tuple[str, ...]]:
    law = node.law
    told = ("", "", "") if law is None else (law.act, str(law.checked), str(law.good_until))
    for paragraph in node.text[1:]:
        country = law.country if law else ", ".join(paragraph.when.country)
        for name in node.sources:
            yield (node.id, country, paragraph.text, *told, *_where(name, content))


def _items(quiz: Quiz, content: Content) -> Iterator[tuple[str, ...]]:
    for item in quiz.items:
        for name in item.sources:
            page, country = f"{quiz.quiz}: {item.id}", item.country or ""
            yield (page, country, _stated(item), "", "", "", *_where(name, content))


def _steps(plan: Plan, content: Content) -> Iterator[tuple[str, ...]]:
    for step in plan.steps:
        stated = " / ".join(filter(None, (step.text, step.notes)))
        for name in step.sources:
            where = f"{plan.session}: {step.title}"
            yield (where, "", stated, "", "", "", *_where(name, content))


def _stated(item: Item) -> str:
    """Say what an item teaches: what it asks, what is right, and why."""
    right = [one.text for one in item.answers if one.right]
    if item.fact is not None:
        right = ["Fact." if item.fact else "Myth."]
    return " / ".join((item.text, *right, *item.order, item.why))


def _where(name: str, content: Content) -> tuple[str, ...]:
    cited = content.sources[name]
    return (name, cited.title, cited.date or "", cited.confidence, cited.url or "")
