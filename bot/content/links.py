"""Whether everything that content names exists: targets, blocks, options, the start."""

from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import ValidationError

from bot.content.blocks import BlockSpec
from bot.content.draft import Draft
from bot.content.explain import explain, near
from bot.content.model import Node
from bot.content.problem import Problem

SHOWN: Final = ("text", "block", "goto", "choices", "needs")
"""The keys of a node that belong to a screen: one that leaves has none of them."""


def link(draft: Draft, blocks: Mapping[str, BlockSpec]) -> Iterator[Problem]:
    """Yield every name in the draft that leads nowhere."""
    yield from _start(draft)
    yield from _lines(draft)
    for command in draft.commands.values():
        yield from _target(draft, command.goto, "command", command.name, "goto")
    for node in draft.nodes.values():
        yield from _leaving(draft, node)
        yield from _ways(draft, node)
        yield from _block(draft, node, blocks)


def _start(draft: Draft) -> Iterator[Problem]:
    for name, tree in draft.starts:
        hint = near(name, draft.nodes)
        if name not in draft.nodes.keys() | draft.broken and (hint or not draft.unread):
            yield tree.at(("start",), f"start is '{name}', which is no node", hint)
    for _, tree in draft.starts[1:]:
        first = draft.starts[0][1].file
        yield tree.at(("start",), "there is more than one start", f"the first is in {first}")
    if not draft.nodes and not draft.unread:
        yield Problem(
            f"{draft.origin.root}/flows", 1, 1, "no flow is here", "add a file with nodes"
        )
    elif not draft.starts and not draft.unread:
        file = draft.origin.trees[0].file
        yield Problem(file, 1, 1, "no file says where to begin", "add 'start: id' to one flow")


def _lines(draft: Draft) -> Iterator[Problem]:
    if draft.rules is None and ("rules", "") not in draft.origin.things:
        what = "this file is missing: nothing may be shown without rules"
        yield Problem(f"{draft.origin.root}/hotlines/rules.yaml", 1, 1, what)


def _leaving(draft: Draft, node: Node) -> Iterator[Problem]:
    """Yield what a node says that nobody will ever see, because the chat is cleared instead."""
    for key in SHOWN if node.leaves else ():
        if getattr(node, key):
            what = f"node '{node.id}' leaves: it has no '{key}'"
            hint = "the start screen is what stays"
            yield draft.origin.at("node", node.id, key, what=what, hint=hint, key=True)


def _ways(draft: Draft, node: Node) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, choice in enumerate(node.choices):
        place = ("choices", index)
        if choice.id in seen:
            what = f"choice '{choice.id}' is in node '{node.id}' twice"
            yield draft.origin.at("node", node.id, *place, "id", what=what)
        seen.add(choice.id)
        yield from _target(draft, choice.goto, "node", node.id, *place, "goto", of=choice.id)
    if node.goto is not None:
        yield from _target(draft, node.goto, "node", node.id, "goto")


def _target(
    draft: Draft, goto: str, kind: str, name: str, *place: str | int, of: str = ""
) -> Iterator[Problem]:
    if goto in draft.nodes or goto in draft.broken:
        return
    hint = near(goto, draft.nodes)
    if draft.unread and not hint:  # it may well be in the file that could not be read
        return
    who = f"choice '{of}'" if of else f"{kind} '{name}'"
    what = f"{who} goes to '{goto}', which is no node"
    yield draft.origin.at(kind, name, *place, what=what, hint=hint)


def _block(draft: Draft, node: Node, blocks: Mapping[str, BlockSpec]) -> Iterator[Problem]:
    at = draft.origin.at
    if node.block is None:
        if node.options:
            what = "'with' without a block"
            yield at("node", node.id, "with", what=what, hint="add 'block:'", key=True)
        return
    spec = blocks.get(node.block)
    if spec is None:
        hint = near(node.block, blocks, f"known: {', '.join(sorted(blocks))}")
        what = f"there is no block '{node.block}'"
        yield at("node", node.id, "block", what=what, hint=hint)
        return
    try:
        spec.options.model_validate(node.options)
    except ValidationError as error:
        tree, base = draft.origin.things["node", node.id]
        yield from explain(error, tree, (*base, "with"), spec.options)
    if spec.goto == "required" and node.goto is None:
        what = f"block '{spec.name}' needs to know where it leads"
        yield at("node", node.id, "block", what=what, hint="add 'goto: id' to the node")
    if spec.goto == "none" and node.goto is not None:
        what = f"block '{spec.name}' leads nowhere by itself"
        yield at("node", node.id, "goto", what=what, hint="use choices", key=True)
