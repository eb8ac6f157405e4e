"""Whether every page that states a fact says where it is from."""

import re
from collections.abc import Iterator
from typing import Final

from bot.content.checks.terms import Terms
from bot.content.model import Content, Node
from bot.content.problem import Problem

SOURCES: Final = "sources"
"""The block that shows where a page comes from."""
_FIGURE = re.compile(r"(?<!under )(?<!age )\b\d+(?!\d|\+|\.\w)", re.IGNORECASE)
"""A number, but for "under 18", "age 14" and "14+", which name readers, and names such as 24.kg."""
_LONGEST: Final = 14
"""Words of a sentence in easy words, at most; aim at 10."""
_SENTENCE = re.compile(r"[.!?…]+\s+|\n")


def check_library(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield figures and laws without a source, sources nobody names, and easy words that are not."""
    quizzes = content.quizzes.values()
    named = {name for quiz in quizzes for item in quiz.items for name in item.sources}
    plans = content.sessions.values()
    named |= {name for plan in plans for step in plan.steps for name in step.sources}
    for node in content.nodes.values():
        named.update(node.sources)
        yield from _sourced(node, content)
        yield from _easy(node, content)
        if node.easy and not node.sensitive:
            what = (
                f"'{node.id}' has easy words, and a screen that is not sensitive forgets the switch"
            )
            hint = "add 'sensitive: true'"
            yield content.origin.at("node", node.id, "easy", what=what, hint=hint, key=True)
        if node.law and terms.today > node.law.good_until:
            what = f"what '{node.id}' tells of the law was good until {node.law.good_until}"
            hint = "compare it with its sources and set 'checked'; until then a lawyer is named"
            yield content.origin.at("node", node.id, "law", what=what, hint=hint, key=True)
    for name in content.sources.keys() - named:
        what = f"no page, no quiz and no session names the source '{name}'"
        yield content.origin.at("source", name, what=what, key=True)
    shown = any(node.block == SOURCES for node in content.nodes.values())
    if named and not shown:
        what = f"no node says 'block: {SOURCES}', so nobody can see where pages come from"
        yield content.origin.at("node", content.start, what=what, hint="add one", key=True)


def _sourced(node: Node, content: Content) -> Iterator[Problem]:
    for at, name in enumerate(node.sources):
        if name not in content.sources:
            what = f"there is no source '{name}'"
            yield content.origin.at("node", node.id, "sources", at, what=what)
    if node.sources or not (node.easy or node.law):
        return
    figures = [at for at, one in enumerate(node.text) if _FIGURE.search(one.text)]
    for at in figures:
        what = "this states a figure, and the page names no source"
        yield content.origin.at("node", node.id, "text", at, what=what, hint="add 'sources:'")
    if node.law:
        what = "a page about the law names no source"
        yield content.origin.at("node", node.id, "law", what=what, hint="add 'sources:'", key=True)


def _easy(node: Node, content: Content) -> Iterator[Problem]:
    for at, one in enumerate(node.easy):
        longest = max((len(each.split()) for each in _SENTENCE.split(one.text)), default=0)
        if longest > _LONGEST:
            what = f"a sentence of {longest} words is not easy"
            yield content.origin.at(
                "node", node.id, "easy", at, what=what, hint="one idea in 10 words"
            )
