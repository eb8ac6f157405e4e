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
        yield from _cover(node, content)
        yield from _twins(node, content, terms)
        for place, when in _conditions(node):
            yield from _condition(node, place, when, content, terms)
            yield from _forgotten(node, place, when, content)
            yield from _unknown(node, place, when, content, terms)
    yield from _callings(content)


def _exit(node: Node, content: Content) -> Iterator[Problem]:
    if not node.sensitive or any(_leaves(choice, content) for choice in node.choices):
        return
    what = f"the sensitive node '{node.id}' has no exit that is always there"
    exit_ = next((each.id for each in content.nodes.values() if each.leaves), "")
    hint = f"add a choice that goes to '{exit_}'" if exit_ else "add a node with 'leaves: true'"
    yield content.origin.at("node", node.id, what=what, hint=hint, key=True)


def _leaves(choice: Choice, content: Content) -> bool:
    node = content.nodes.get(choice.goto)
    return choice.when == Condition() and node is not None and node.leaves


def _cover(node: Node, content: Content) -> Iterator[Problem]:
    """Yield ways from behind the cover to anything else."""
    if not node.cover:
        return
    if node.sensitive:
        what = f"the cover node '{node.id}' cannot be sensitive"
        yield content.origin.at("node", node.id, "sensitive", what=what, key=True)
    ways = [(("choices", at, "goto"), each.goto) for at, each in enumerate(node.choices)]
    for place, goto in (*ways, (("goto",), node.goto)):
        there = content.nodes.get(goto or "")
        if there is not None and not there.cover:
            what = f"the cover node '{node.id}' leads to '{goto}', which tells what this bot is"
            yield content.origin.at("node", node.id, *place, what=what)


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


def _forgotten(node: Node, place: Place, when: Condition, content: Content) -> Iterator[Problem]:
    """Yield choices that would be gone when they are tapped."""
    if when.heard and place[0] == "choices":
        what = "a choice cannot hang on what was heard: it is forgotten when she taps"
        yield content.origin.at("node", node.id, *place, "heard", what=what, key=True)


def _unknown(
    node: Node, place: Place, when: Condition, content: Content, terms: Terms
) -> Iterator[Problem]:
    """Yield conditions on what is remembered where nobody looks it up."""
    spec = terms.blocks.get(node.block or "")
    if when.remembered is not None and not (spec and spec.remembers):
        what = "whether she is remembered is known on the screens of quizzes only"
        yield content.origin.at("node", node.id, *place, "remembered", what=what, key=True)


def _callings(content: Content) -> Iterator[Problem]:
    """Find words that call two screens."""
    taken: dict[str, str] = {}
    for node in content.nodes.values():
        for word in filter(None, (each.strip() for each in (node.called or "").split(","))):
            owner = taken.setdefault(word.casefold(), node.id)
            if owner != node.id:
                what = f"'{word}' already calls node '{owner}'"
                yield content.origin.at("node", node.id, "called", what=what)
