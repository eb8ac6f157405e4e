"""YAML files as plain data that still know where every key and value stands.

Nothing in a file is executed or expanded: tags, anchors and aliases are refused, sizes are
limited, and words that YAML 1.1 quietly turns into something else must be quoted.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml
from yaml.resolver import Resolver

from bot.content.problem import Problem
from bot.content.text import Refused, decoded, read_bytes

MAX_VALUES: Final = 50_000
"""Keys and values a file may hold; 1 MB of ordinary content has about 40,000."""
MAX_DEPTH: Final = 16
"""Levels of nesting; content needs six."""
MAX_PROBLEMS: Final = 100
"""Problems listed for one file: more are not read by anybody in one sitting."""

Place = tuple[str | int, ...]
"""The way to a value from the top of its file: keys and positions (from 0)."""

_WORDS = {"true": True, "false": False}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
_REMEDIES = {
    "mapping values are not allowed": "put a text that holds ': ' in quotes",
    "found character that cannot start any token": "indent with spaces; quote a text that "
    "begins with @, ` or %",
    "could not find expected ':'": "a key ends with ': '",
    "did not find expected key": "look at the indentation, and for a quote inside a quoted text",
    "did not find expected ',' or": "close the bracket; quote a text that holds ':' or ','",
    "did not find expected node content": "a value is missing, or a bracket is not closed",
    "found unexpected end of stream": "a quote or bracket is not closed",
    "did not find expected '-' indicator": "look at the indentation of this list",
}


class Spot(NamedTuple):
    """Where something stands: line and column from 1.

    `spelt` is how an unquoted word is written; `leaf` is false for mappings and lists.
    """

    line: int
    col: int
    spelt: str | None = None
    leaf: bool = True


class Spots(NamedTuple):
    """Where each value begins, and where the key of each value of a mapping does."""

    values: dict[Place, Spot]
    keys: dict[Place, Spot]


@dataclass
class Tree:
    """What one file says, and where.

    Attributes:
        file: the name shown to authors.
        data: plain data: dict, list, str, int, float, bool or None.
        problems: what could not be read; `data` then lacks it.
        text: all that is written, comments too.
    """

    file: str
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    text: str = field(default="", repr=False)

    @property
    def values(self) -> dict[Place, Spot]:
        """Where each value begins."""
        return self._spots.values

    @property
    def keys(self) -> dict[Place, Spot]:
        """Where the key of each value of a mapping begins."""
        return self._spots.keys

    @cached_property
    def _spots(self) -> Spots:
        """What stands where, found when somebody asks: a bot that starts on sound content never does."""
        spots = Spots({}, {})
        if self.text:
            with suppress(yaml.MarkedYAMLError, Refused):
                _Builder(Tree(self.file), self.text, spots).build()
        return spots

    def at(self, place: Place, what: str, hint: str = "", *, key: bool = False) -> Problem:
        """Place a problem at a value, or at its key.

        What is absent is placed at its nearest ancestor: at the text itself where a text stands
        for something longer, at the key where something is missing below it.
        """
        while place and place not in self.values:
            place = place[:-1]
            key = place in self.values and not self.values[place].leaf
        spots = self.keys if key and place in self.keys else self.values
        spot = spots.get(place, Spot(1, 1))
        return Problem(self.file, spot.line, spot.col, what, hint)

    def nearest(self, place: Place) -> Spot:
        """Where a value stands, or the nearest one that contains it or stands for it."""
        while place and place not in self.values:
            place = place[:-1]
        return self.values.get(place, Spot(1, 1))

    def texts(self) -> Iterator[tuple[Place, str]]:
        """Every text in the file, with its place, in reading order."""
        waiting: list[tuple[Place, Any]] = [((), self.data)]
        while waiting:
            place, value = waiting.pop()
            if isinstance(value, str):
                yield place, value
            elif isinstance(value, Mapping):
                waiting.extend(((*place, key), each) for key, each in reversed([*value.items()]))
            elif isinstance(value, list):
                waiting.extend(((*place, i), each) for i, each in reversed([*enumerate(value)]))


def read_tree(path: Path, file: str) -> Tree:
    """Read the YAML file at `path`; never raises, what is wrong is in `Tree.problems`."""
    try:
        return tree_of(read_bytes(path, file), file)
    except Refused as refused:
        return Tree(file, problems=[refused.problem])


def tree_of(raw: bytes, file: str) -> Tree:
    """Read the bytes of a YAML file that is shown as `file`; never raises, as `read_tree`."""
    tree = Tree(file)
    try:
        tree.text = decoded(raw, file)
        _Builder(tree, tree.text).build()
    except yaml.MarkedYAMLError as error:
        tree.problems.append(_syntax(file, error))
    except Refused as refused:
        tree.problems.append(refused.problem)
    tree.problems = sorted(tree.problems)[:MAX_PROBLEMS]
    return tree


def _syntax(file: str, error: yaml.MarkedYAMLError) -> Problem:
    """Say what the parser stumbled on, with a remedy where one is known."""
    mark = error.problem_mark or error.context_mark
    what = error.problem or "this cannot be read as YAML"
    hint = next((mend for said, mend in _REMEDIES.items() if said in what), "")
    line, col = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(file, line, col, f"YAML: {what}", hint)


class _Builder:
    """Turn the events of the C parser into data; note in `spots`, if given, where each stands."""

    def __init__(self, tree: Tree, text: str, spots: Spots | None = None) -> None:
        self._tree, self._spots = tree, spots
        self._next: Callable[[], Any] = yaml.CSafeLoader(text).get_event
        self._resolve: Callable[..., str] = Resolver().resolve
        self._count = 0

    def build(self) -> None:
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            self._tree.problems.append(Problem(self._tree.file, 1, 1, "the file is empty"))
            return
        self._tree.data = self._value(self._next(), ())
        self._next()  # the document ends
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            self._note(after, "a second document begins here", "one file holds one document")

    def _value(self, event: yaml.Event, place: Place) -> Any:
        self._allow(event, place)
        spelt = event.value if isinstance(event, yaml.ScalarEvent) and event.implicit[0] else None
        if self._spots is not None:
            self._spots.values[place] = _spot(event, spelt)
        if isinstance(event, yaml.ScalarEvent):
            return event.value if spelt is None else self._plain(event, spelt)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := self._next(), yaml.SequenceEndEvent):
                items.append(self._value(event, (*place, len(items))))
            return items
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place)
        return None

    def _mapping(self, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse(event, "a key must be a word", "use 'key: value'")
            key = event.value
            self._allow(event, place)
            here = (*place, key)
            if key in found:
                first = (self._tree if self._spots is None else self._spots).keys[here].line
                self._note(event, f"'{_short(key)}' is here twice", f"first in line {first}")
                here = (*place, key, "again")
            elif self._spots is not None:
                self._spots.keys[here] = _spot(event)
            value = self._value(self._next(), here)
            found.setdefault(key, value)
        return found

    def _plain(self, event: yaml.ScalarEvent, spelt: str) -> str | int | float | bool | None:
        """Read an unquoted word as YAML 1.1 does, but only where there is no second opinion."""
        tag = self._resolve(yaml.ScalarNode, spelt, (True, False)).rpartition(":")[2]
        if tag == "null":
            return None
        if tag == "bool":
            if spelt not in _WORDS:
                meant = "true" if spelt.lower() in ("yes", "on", "true") else "false"
                hint = f'write "{spelt}" for the word, or {meant}'
                self._note(event, f"unquoted {spelt} means {meant} in YAML", hint)
            return _WORDS.get(spelt, spelt)
        if tag in ("int", "float"):
            if not _NUMBER.fullmatch(spelt):
                hint = f'write "{_short(spelt)}"'
                self._note(event, f"unquoted {_short(spelt)} is an odd number in YAML", hint)
                return spelt
            return float(spelt) if tag == "float" else int(spelt)
        return spelt

    def _allow(self, event: yaml.Event, place: Place) -> None:
        """Refuse what content never needs and attackers do."""
        self._count += 1
        if self._count > MAX_VALUES:
            raise self._refuse(event, f"more than {MAX_VALUES} values", "divide the file")
        if len(place) > MAX_DEPTH:
            raise self._refuse(event, f"more than {MAX_DEPTH} levels deep")
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            self._note(event, f"*{_short(anchor)} repeats another value", "write it out")
        elif anchor:
            self._note(event, f"&{_short(anchor)} names a value", "write each value out")
        if tag := getattr(event, "tag", None):
            self._note(event, f"the tag {_short(tag)} is not allowed", "write the plain value")

    def _note(self, event: yaml.Event, what: str, hint: str = "") -> None:
        spot = _spot(event)
        self._tree.problems.append(Problem(self._tree.file, spot.line, spot.col, what, hint))

    def _refuse(self, event: yaml.Event, what: str, hint: str = "") -> Refused:
        spot = _spot(event)
        return Refused(self._tree.file, what, hint, spot.line, spot.col)


def _spot(event: yaml.Event, spelt: str | None = None) -> Spot:
    """Tell where an event begins; the parser marks every event it makes."""
    mark, leaf = event.start_mark, not isinstance(event, yaml.CollectionStartEvent)
    return Spot(mark.line + 1, mark.column + 1, spelt, leaf) if mark else Spot(1, 1, spelt, leaf)


def _short(text: Any) -> str:
    """Cut a text that could fill a page."""
    text = str(text)
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - a line's worth
