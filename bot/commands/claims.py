"""`tirek claims`: everything the library states, with where it is from."""

import csv
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from bot.commands.common import SettingsFile
from bot.content.model import Content, Node
from bot.settings import load_settings

HEADING = ("page", "country", "claim", "law", "checked", "good until", "source", "title", "date",
           "confidence", "url")  # fmt: skip


def claims(
    settings: SettingsFile = None,
    page: Annotated[str, typer.Option(help="Only pages whose id begins so.")] = "",
) -> None:
    """Print every paragraph that has a source, one line for each source, as CSV."""
    from bot.app import read_world

    content = read_world(load_settings(settings)).content
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(HEADING)
    for node in content.nodes.values():
        if node.id.startswith(page):
            out.writerows(_rows(node, content))


def _rows(node: Node, content: Content) -> Iterator[tuple[str, ...]]:
    law = node.law
    told = ("", "", "") if law is None else (law.act, str(law.checked), str(law.good_until))
    for paragraph in node.text[1:]:
        country = law.country if law else ", ".join(paragraph.when.country)
        for name in node.sources:
            cited = content.sources[name]
            where = (name, cited.title, cited.date or "", cited.confidence, cited.url or "")
            yield (node.id, country, paragraph.text, *told, *where)
