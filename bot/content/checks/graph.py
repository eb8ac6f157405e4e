"""Whether every screen can be reached and left, and help is never far."""

from collections import deque
from collections.abc import Iterator, Mapping
from itertools import product

from bot.content.checks.library import SOURCES
from bot.content.checks.terms import Terms
from bot.content.model import Condition, Content, Node
from bot.content.problem import Problem

TAPS = 2
"""Taps from any screen to help, at most."""


def check_graph(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield unreachable nodes, dead ends, unasked questions and screens far from help."""
    yield from _unreached(content, terms)
    for node in content.nodes.values():
        yield from _unasked(node, content, terms)
        yield from _dead_end(node, content, terms)
    yield from _far_from_help(content, terms)
    yield from _without(content, terms)


def _without(content: Content, terms: Terms) -> Iterator[Problem]:
    """Yield what every conversation needs and no node gives."""
    nodes = content.nodes.values()
    called = {node.block for node in nodes}
    missing = [f"block: {name}" for name in sorted(terms.needed - called)]
    if not any(node.help for node in nodes):
        missing.append("help: true")
    for what in missing:
        yield content.origin.at(
            "node", content.start, what=f"no node says '{what}'", hint="add it to one", key=True
        )


def holds(when: Condition, language: str, country: str) -> bool:
    """Tell whether a condition holds; one on the country does not while it is unknown ("")."""
    return (not when.country or country in when.country) and (
        not when.language or language in when.language
    )


def people(terms: Terms) -> Iterator[tuple[str, str]]:
    """Every language with every country, and with none yet ("")."""
    return product(terms.languages, ("", *terms.countries))


def _askers(content: Content, terms: Terms) -> dict[str, list[str]]:
    """Name the nodes that ask for each fact."""
    found: dict[str, list[str]] = {}
    for node in content.nodes.values():
        spec = terms.blocks.get(node.block or "")
        if spec and spec.asks:
            found.setdefault(spec.asks, []).append(node.id)
    return found


def _unreached(content: Content, terms: Terms) -> Iterator[Problem]:
    askers = _askers(content, terms)
    nodes = content.nodes.values()
    doors = [node.id for node in nodes if node.called or node.block in terms.needed]
    doors += [node.id for node in nodes if node.cover][:1]
    waiting = [content.start, *(each.goto for each in content.commands.values()), *doors]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in content.nodes:
            continue
        seen.add(name)
        node = content.nodes[name]
        waiting += [choice.goto for choice in node.choices]
        waiting += [node.goto] if node.goto else []
        waiting += [asker for fact in node.needs for asker in askers.get(fact, ())]
        spec = terms.blocks.get(node.block or "")
        opened = {*(spec.opens if spec else ()), *([SOURCES] if node.sources else [])}
        waiting += [other.id for other in content.nodes.values() if other.block in opened]
    for name in content.nodes.keys() - seen:
        what = f"nothing leads to node '{name}'"
        yield content.origin.at(
            "node", name, what=what, hint="add a choice, or delete it", key=True
        )


def _unasked(node: Node, content: Content, terms: Terms) -> Iterator[Problem]:
    askers = _askers(content, terms)
    for index, fact in enumerate(node.needs):
        if fact not in askers:
            what = f"node '{node.id}' needs the {fact}, and no block asks for it"
            yield content.origin.at("node", node.id, "needs", index, what=what)


def _dead_end(node: Node, content: Content, terms: Terms) -> Iterator[Problem]:
    if node.goto or node.leaves:
        return
    lost = [who for who in people(terms) if not _ways(node, *who)]
    if lost and len(lost) == len([*people(terms)]):
        what = f"node '{node.id}' leads nowhere"
        yield content.origin.at("node", node.id, what=what, hint="add a choice", key=True)
    elif lost:
        what = f"node '{node.id}' leads nowhere {_who(*lost[0])}"
        yield content.origin.at("node", node.id, "choices", what=what, key=True)


def _ways(node: Node, language: str, country: str) -> set[str]:
    """Name the nodes one tap leads to."""
    found = {each.goto for each in node.choices if holds(each.when, language, country)}
    return found | ({node.goto} if node.goto else set())


def _far_from_help(content: Content, terms: Terms) -> Iterator[Problem]:
    reported: set[str] = set()
    for language, country in people(terms):
        taps = _taps(content, terms, language, country)
        for node in content.nodes.values():
            far = taps.get(node.id)
            if node.leaves or node.cover:  # the end, or what must know nothing of help
                continue
            if node.id in reported or (far is not None and far <= TAPS):
                continue
            reported.add(node.id)
            distance = "out of reach" if far is None else f"{far} taps away"
            when = "" if far is None and not _conditional(content) else _who(language, country)
            what = f"help is {distance} from node '{node.id}' {when}".rstrip()
            hint = f"at most {TAPS} taps: add a choice that leads towards help"
            yield content.origin.at("node", node.id, what=what, hint=hint, key=True)


def _conditional(content: Content) -> bool:
    return any(
        choice.when.country or choice.when.language
        for node in content.nodes.values()
        for choice in node.choices
    )


def _taps(content: Content, terms: Terms, language: str, country: str) -> Mapping[str, int]:
    """Count the taps from each node to the nearest help."""
    into: dict[str, list[str]] = {}
    for node in content.nodes.values():
        for goto in _ways(node, language, country):
            into.setdefault(goto, []).append(node.id)
    taps = {node.id: 0 for node in content.nodes.values() if _helps(node, terms)}
    waiting = deque(taps)
    while waiting:
        here = waiting.popleft()
        for before in into.get(here, ()):
            if before not in taps:
                taps[before] = taps[here] + 1
                waiting.append(before)
    return taps


def _helps(node: Node, terms: Terms) -> bool:
    spec = terms.blocks.get(node.block or "")
    return node.help or bool(spec and spec.help)


def _who(language: str, country: str) -> str:
    return (
        f"for a person who reads {language} in {country}"
        if country
        else (f"for a person who reads {language} and chose no country")
    )
