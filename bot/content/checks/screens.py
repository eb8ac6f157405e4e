"""Whether each screen offers a way out, and shows each person something that makes sense."""

from collections.abc import Iterator

from bot.content.checks.graph import holds, people
from bot.content.checks.terms import Terms
from bot.content.model import Choice, Condition, Content, Node
from bot.content.problem import Problem
from bot.content.tree import Place


def check_screens(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield sensitive screens without exit, twin labels and conditions that make no sense."""
    for node in content.nodes.values():
        yield from _exit(node, content)
        yield from _twins(node, content, terms)
        for place, when in _conditions(node):
            yield from _condition(node, place, when, content, terms)
    yield from _callings(content)


def _exit(node: Node, content: Content) -> Iterator[Problem]:
    if not node.sensitive or any(_leaves(choice, content) for choice in node.choices):
        return
    what = f"the sensitive node '{node.id}' has no exit that is always there"
    hint = f"add a choice 'close' that goes to '{content.start}'"
    yield content.origin.at("node", node.id, what=what, hint=hint, key=True)


def _leaves(choice: Choice, content: Content) -> bool:
    always = choice.when == Condition()
    return always and (choice.id == "close" or choice.goto == content.start)


def _twins(node: Node, content: Content, terms: Terms) -> Iterator[Problem]:
    seen: list[Choice] = []
    for index, choice in enumerate(node.choices):
        label = choice.text.casefold()
        for other in seen:
            together = any(holds(choice.when, *p) and holds(other.when, *p) for p in people(terms))
            if other.text.casefold() == label and together:
                what = f"choices '{other.id}' and '{choice.id}' look the same: '{choice.text}'"
                place = ("choices", index, "text")
                yield content.origin.at("node", node.id, *place, what=what)
        seen.append(choice)


def _conditions(node: Node) -> Iterator[tuple[Place, Condition]]:
    for index, paragraph in enumerate(node.text):
        yield ("text", index, "when"), paragraph.when
    for index, choice in enumerate(node.choices):
        yield ("choices", index, "when"), choice.when


def _condition(
    node: Node, place: Place, when: Condition, content: Content, terms: Terms
) -> Iterator[Problem]:
    for key, named, offered in (
        ("country", when.country, terms.countries),
        ("language", when.language, terms.languages),
    ):
        strangers = [each for each in named if each not in offered]
        if strangers and len(strangers) == len(named):
            what = f"this can never be shown: {key} '{strangers[0]}' is not offered"
            yield content.origin.at("node", node.id, *place, key, what=what, key=True)
        elif strangers:
            index = [*named].index(strangers[0])
            what = f"{key} '{strangers[0]}' is not offered"
            yield content.origin.at("node", node.id, *place, key, index, what=what)


def _callings(content: Content) -> Iterator[Problem]:
    """Find words that call two screens."""
    taken: dict[str, str] = {}
    for node in content.nodes.values():
        for word in filter(None, (each.strip() for each in (node.called or "").split(","))):
            owner = taken.setdefault(word.casefold(), node.id)
            if owner != node.id:
                what = f"'{word}' already calls node '{owner}'"
                yield content.origin.at("node", node.id, "called", what=what)
