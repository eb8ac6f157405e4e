"""Content while it is being read: what could be understood so far, and what could not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.content.gazetteer import PlacesDraft
from bot.content.geonames import read_rows
from bot.content.model import (
    Cited,
    Command,
    Content,
    Directory,
    DisclosureLexicon,
    Flow,
    Gazetteer,
    Kinds,
    Lines,
    NeverFile,
    Node,
    Outreach,
    Plan,
    Quiz,
    Rules,
    Sectors,
    Services,
    Template,
    WishList,
)
from bot.content.model.news import NewsTopic
from bot.content.model.wishes import NO_WISHES
from bot.content.notes import Notes, stem_of
from bot.content.places_file import PlacesFile
from bot.content.services_files import read_services
from bot.content.tree import Tree


@dataclass(slots=True)
class Draft(Notes):
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
    written: PlacesDraft = field(default_factory=PlacesDraft)
    places: Gazetteer = field(default_factory=Gazetteer)
    services: dict[str, Services] = field(default_factory=dict)
    kinds: Kinds | None = None
    sectors: Sectors | None = None
    pickup: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[str, Cited] = field(default_factory=dict)
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)
    wish_list: WishList = NO_WISHES
    topics: tuple[NewsTopic, ...] = ()
    sessions: Mapping[str, Plan] = field(default_factory=dict)
    campaigns: Mapping[str, Template] = field(default_factory=dict)
    outreach: Outreach = field(default_factory=Outreach)
    never: NeverFile = field(default_factory=NeverFile)
    disclosures: DisclosureLexicon = field(default_factory=DisclosureLexicon)

    def content(self) -> Content:
        """Return the content.

        Raises:
            ValueError: if there are problems, or no start or rules.
        """
        if self.problems or self.rules is None or not self.starts:
            raise ValueError("a draft with problems is no content")
        return Content(**self._parts())

    def partly(self) -> Content:
        """Return what there is of the content, for judging its parts; rules may be missing."""
        return Content.model_construct(**self._parts())

    def add(self, folder: str, tree: Tree) -> None:
        """Take in one file of `folder`, noting its problems."""
        self.problems.extend(tree.problems)
        self.origin.trees.append(tree)
        if not isinstance(tree.data, dict):
            self.unread = self.unread or folder == "flows"
            self.lost.add((folder, stem_of(tree)))
            if not tree.problems:
                self.note(tree, (), "a mapping is wanted here", "lines of 'key: value'")
        elif folder == "flows":
            self._flow(tree, tree.data)
        elif not self._facts(folder, stem_of(tree), tree, tree.data):
            self.lost.add((folder, stem_of(tree)))

    def add_rows(self, path: Path, file: str) -> None:
        """Take in the table of GeoNames, noting its problems."""
        self.written.table, self.written.rows = read_rows(path, file, self)

    def settle(self) -> None:
        """Put the places together once every file is in."""
        self.places = self.written.gazetteer(self)

    def _parts(self) -> dict[str, Any]:
        return {
            "start": self.starts[0][0] if self.starts else "",
            "nodes": self.nodes,
            "commands": self.commands,
            "countries": self.countries,
            "rules": self.rules,
            "places": self.places,
            "directory": self._directory(),
            "disclosures": self.disclosures,
            "pickup": self.pickup,
            "sources": self.sources,
            "quizzes": self.quizzes,
            "wish_list": self.wish_list,
            "topics": self.topics,
            "sessions": self.sessions,
            "campaigns": self.campaigns,
            "outreach": self.outreach,
            "origin": self.origin,
        }

    def _directory(self) -> Directory:
        read: Any = self.services
        return Directory.model_construct(
            countries=read,
            kinds=self.kinds or Kinds(),
            sectors=self.sectors or Sectors(),
            never=self.never.never,
        )

    def _facts(self, folder: str, stem: str, tree: Tree, data: dict[str, Any]) -> bool:
        """Take in a file that is no flow; tell whether it could be understood."""
        match folder, stem:
            case "hotlines", "rules":
                self.rules = self.valid(Rules, tree, (), data)
                self.origin.things["rules", ""] = (tree, ())
                return self.rules is not None
            case "hotlines", _:
                return self._lines(tree, data)
            case "places", _:
                return self._places(tree, data)
            case "services", "kinds":
                self.kinds = self.valid(Kinds, tree, (), data)
                for kind in self.kinds.kinds if self.kinds else ():
                    self.origin.things["kind", kind] = (tree, ("kinds", kind))
                return self.kinds is not None
            case "services", "sectors":
                self.sectors = self.valid(Sectors, tree, (), data)
                for sector in self.sectors.sectors if self.sectors else ():
                    self.origin.things["sector", sector] = (tree, ("sectors", sector))
                return self.sectors is not None
            case "services", "never":
                never = self.valid(NeverFile, tree, (), data)
                self.never = never or self.never
                return never is not None
            case _:
                return self._services(tree, data)

    def _flow(self, tree: Tree, data: dict[str, Any]) -> None:
        nodes = data.get("nodes")
        flow = self.valid(Flow, tree, (), {**data, **({"nodes": ()} if "nodes" in data else {})})
        if flow and flow.start:
            self.starts.append((flow.start, tree))
        for index, command in enumerate(flow.commands if flow else ()):
            place = ("commands", index)
            if self.first("command", command.name, tree, place):
                self.commands[command.name] = command
        if isinstance(nodes, dict) and nodes:
            for name, body in nodes.items():
                self._node(tree, name, body)
        elif "nodes" in data:
            self.note(tree, ("nodes",), "nodes are wanted here", "a mapping of 'id: node'")

    def _node(self, tree: Tree, name: str, body: Any) -> None:
        place = ("nodes", name)
        if not self.first("node", name, tree, place):
            return
        self.broken.add(name)
        if isinstance(body, dict) and "id" in body:
            what, hint = "unknown key 'id'", "the id stands above the node"
            self.problems.append(tree.at((*place, "id"), what, hint, key=True))
            return
        if isinstance(body, dict):
            body = {**body, "id": name, **_paragraphs(body, "text"), **_paragraphs(body, "easy")}
        node = self.valid(Node, tree, place, body)
        if node:
            self.broken.remove(name)
            self.nodes[name] = node

    def _lines(self, tree: Tree, data: dict[str, Any]) -> bool:
        lines = self.valid(Lines, tree, (), data)
        if lines is None or not self.stemmed(tree, "country", lines.country):
            return False
        self.countries[lines.country] = lines
        self.origin.things["country", lines.country] = (tree, ())
        for index, line in enumerate(lines.hotlines):
            self.first("line", line.id, tree, ("hotlines", index))
        return True

    def _places(self, tree: Tree, data: dict[str, Any]) -> bool:
        file = self.valid(PlacesFile, tree, (), data)
        if file is None or not self.stemmed(tree, "country", file.country):
            return False
        self.origin.things["places", file.country] = (tree, ())
        self.written.add(tree, file, self)
        return True

    def _services(self, tree: Tree, data: dict[str, Any]) -> bool:
        services = read_services(self, tree, data)
        if services is not None:
            self.services[services.country] = services
        return services is not None


def _paragraphs(body: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Let a node's `text` and `easy` be one text or a list of texts and mappings."""
    if key not in body or isinstance(body[key], dict):
        return {}
    text = body[key] if isinstance(body[key], list) else [body[key]]
    return {key: [each if isinstance(each, dict) else {"text": each} for each in text]}
