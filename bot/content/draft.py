"""Content while it is being read: what could be understood so far, and what could not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from bot.content.explain import explain
from bot.content.model import Command, Content, Flow, Lines, Node, Rules
from bot.content.origin import Origin
from bot.content.problem import Problem
from bot.content.tree import Place, Tree

GIVEN: Final[Mapping[type[BaseModel], tuple[str, ...]]] = {Node: ("id",)}
"""The keys of a model that stand elsewhere in the file than among the others."""

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(slots=True)
class Draft:
    """The readable part of the content.

    Attributes:
        broken: ids of nodes that exist but could not be understood: targets that are no typo.
        unread: whether a whole file of nodes could not be read.
    """

    starts: list[tuple[str, Tree]] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    unread: bool = False
    commands: dict[str, Command] = field(default_factory=dict)
    countries: dict[str, Lines] = field(default_factory=dict)
    rules: Rules | None = None
    origin: Origin = field(default_factory=Origin)
    problems: list[Problem] = field(default_factory=list)

    def content(self) -> Content:
        """Return the content.

        Raises:
            ValueError: if there are problems, or no start or rules.
        """
        if self.problems or self.rules is None or not self.starts:
            raise ValueError("a draft with problems is no content")
        return Content(
            start=self.starts[0][0],
            nodes=self.nodes,
            commands=self.commands,
            countries=self.countries,
            rules=self.rules,
            origin=self.origin,
        )

    def partly(self) -> Content:
        """Return what there is of the content, for judging its parts; rules may be missing."""
        rules: Any = self.rules
        return Content.model_construct(
            start=self.starts[0][0] if self.starts else "",
            nodes=self.nodes,
            commands=self.commands,
            countries=self.countries,
            rules=rules,
            origin=self.origin,
        )

    def add(self, folder: str, tree: Tree) -> None:
        """Take in one file of `folder`, noting its problems."""
        self.problems.extend(tree.problems)
        self.origin.trees.append(tree)
        if not isinstance(tree.data, dict):
            self.unread = self.unread or folder == "flows"
            if not tree.problems:
                self._note(tree, (), "a mapping is wanted here", "lines of 'key: value'")
            return
        if folder == "flows":
            self._flow(tree, tree.data)
        elif tree.file.endswith("/rules.yaml"):
            self.rules = self._valid(Rules, tree, (), tree.data)
            self.origin.things["rules", ""] = (tree, ())
        else:
            self._lines(tree, tree.data)

    def _flow(self, tree: Tree, data: dict[str, Any]) -> None:
        nodes = data.get("nodes")
        flow = self._valid(Flow, tree, (), {**data, **({"nodes": ()} if "nodes" in data else {})})
        if flow and flow.start:
            self.starts.append((flow.start, tree))
        for index, command in enumerate(flow.commands if flow else ()):
            place = ("commands", index)
            if self._first("command", command.name, tree, place):
                self.commands[command.name] = command
        if isinstance(nodes, dict) and nodes:
            for name, body in nodes.items():
                self._node(tree, name, body)
        elif "nodes" in data:
            self._note(tree, ("nodes",), "nodes are wanted here", "a mapping of 'id: node'")

    def _node(self, tree: Tree, name: str, body: Any) -> None:
        place = ("nodes", name)
        if not self._first("node", name, tree, place):
            return
        self.broken.add(name)
        if isinstance(body, dict) and "id" in body:
            what, hint = "unknown key 'id'", "the id stands above the node"
            self.problems.append(tree.at((*place, "id"), what, hint, key=True))
            return
        if isinstance(body, dict):
            body = {**body, "id": name, **_paragraphs(body)}
        node = self._valid(Node, tree, place, body)
        if node:
            self.broken.remove(name)
            self.nodes[name] = node

    def _lines(self, tree: Tree, data: dict[str, Any]) -> None:
        lines = self._valid(Lines, tree, (), data)
        if lines is None:
            return
        stem = tree.file.rpartition("/")[2].removesuffix(".yaml")
        if lines.country != stem:
            hint = f"the file is called {stem}.yaml"
            self._note(tree, ("country",), f"this is country '{lines.country}'", hint)
            return
        self.countries[lines.country] = lines
        self.origin.things["country", lines.country] = (tree, ())
        for index, line in enumerate(lines.hotlines):
            self._first("line", line.id, tree, ("hotlines", index))

    def _first(self, kind: str, name: str, tree: Tree, place: Place) -> bool:
        """Remember where a thing is written; a second one of the same id is a problem."""
        if (kind, name) not in self.origin.things:
            self.origin.things[kind, name] = (tree, place)
            return True
        other, where = self.origin.things[kind, name]
        first = other.at(where, "", key=True)
        what = f"{kind} '{name}' is here for the second time"
        hint = f"first at {first.file}:{first.line}"
        self.problems.append(tree.at(place, what, hint, key=True))
        return False

    def _valid(self, model: type[_Model], tree: Tree, place: Place, data: Any) -> _Model | None:
        """Validate `data` as `model`, or note what is wrong with it."""
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.problems.extend(explain(error, tree, place, model, GIVEN.get(model, ())))
            return None

    def _note(self, tree: Tree, place: Place, what: str, hint: str = "") -> None:
        self.problems.append(tree.at(place, what, hint))


def _paragraphs(body: Mapping[str, Any]) -> dict[str, Any]:
    """Let a node's `text` be one text or a list of texts and mappings."""
    if "text" not in body or isinstance(body["text"], dict):
        return {}
    text = body["text"] if isinstance(body["text"], list) else [body["text"]]
    return {"text": [each if isinstance(each, dict) else {"text": each} for each in text]}
