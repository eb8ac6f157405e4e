"""Changes to one mapping inside a YAML text that leave every other byte where it was."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

import yaml

from bot.content.tree import Place

_BREAK: Final = re.compile(r"\r\n|\r|\n")
_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w ()'’.;/-]*[\w)'’.])?")


class SpliceError(ValueError):
    """The text is written in a way that only a person can change."""


class Splice:
    """A mapping at `place` of `text`, and what will be changed in it.

    The text must be readable YAML without tags and anchors, as `bot.content.tree` reads it, and
    a mapping must stand at `place`.
    """

    def __init__(self, text: str, place: Place) -> None:
        """Find the mapping."""
        self._text = text
        self._lines = [0, *(found.end() for found in _BREAK.finditer(text))]
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
        self._top = self._find(root, place)
        self._edits: list[tuple[int, int, int, str]] = []

    def put(self, key: str, value: str, order: Sequence[str], inside: Place = ()) -> None:
        """Let `key` of the mapping, or of one `inside` it, have a value written as YAML.

        A key that is not there is put behind the last of those that come before it in `order`.

        Raises:
            SpliceError: if a comment stands between the key and its value, or nothing is there
                to put the key behind.
        """
        mapping = self._find(self._top, inside)
        items = {item.value: (item, node) for item, node in mapping.value}
        if key in items:
            self._replace(*items[key], value)
            return
        before = order[: order.index(key)]
        anchors = [items[each][1] for each in reversed(before) if each in items]
        if not anchors:
            raise SpliceError(f"there is nothing to put '{key}' behind")
        end = self._end(anchors[0])
        if mapping.flow_style:
            self._edits.append((end, end, len(self._edits), f", {key}: {value}"))
            return
        indent = " " * mapping.start_mark.column
        line = bisect_right(self._lines, end - 1)
        ending = self._ending(line)
        if line < len(self._lines):
            at = self._lines[line]
            self._edits.append((at, at, len(self._edits), f"{indent}{key}: {value}{ending}"))
        else:  # the last line of the file, and it is not ended
            at = len(self._text)
            self._edits.append((at, at, len(self._edits), f"{ending}{indent}{key}: {value}"))

    def done(self) -> str:
        """Return the text with all changes."""
        parts, at = [], 0
        for start, end, _, text in sorted(self._edits):
            parts += [self._text[at:start], text]
            at = end
        return "".join((*parts, self._text[at:]))

    def _replace(self, key: yaml.Node, node: yaml.Node, value: str) -> None:
        start, end = self._start(node), self._end(node)
        colon = self._text.index(":", self._offset(key.end_mark)) + 1
        between = self._text[colon:start]
        if between.strip():
            raise SpliceError("a comment stands between a key and its value")
        if _BREAK.search(between) or not between:
            start, value = colon, f" {value}"
        self._edits.append((start, max(start, end), len(self._edits), value))

    def _find(self, node: yaml.Node | None, place: Place) -> yaml.MappingNode:
        for step in place:
            if isinstance(node, yaml.SequenceNode):
                node = node.value[step]
            elif isinstance(node, yaml.MappingNode):
                node = next(each for key, each in node.value if key.value == step)
        if not isinstance(node, yaml.MappingNode):
            raise SpliceError("no mapping is here")
        return node

    def _ending(self, line: int) -> str:
        """Return the line break of the line with this number, from 1, or of the first line."""
        ends = [*_BREAK.finditer(self._text)]
        return ends[min(line, len(ends)) - 1][0] if ends else "\n"

    def _start(self, node: yaml.Node) -> int:
        return self._offset(node.start_mark)

    def _end(self, node: yaml.Node) -> int:
        """Find where a value ends, without the space, breaks and comments behind it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        start, end = self._start(node), self._offset(node.end_mark)
        return start + len(self._text[start:end].rstrip())

    def _offset(self, mark: yaml.Mark) -> int:
        return self._lines[mark.line] + mark.column


def scalar(text: str) -> str:
    """Write a text as YAML: as it is where that is safe, else in double quotes."""
    words = yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ())
    if _PLAIN.fullmatch(text) and not any(pattern.match(text) for _, pattern in words):
        return text
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'
