"""A fault in what somebody wrote: where it stands, what it is, and what may help."""

from dataclasses import dataclass
from typing import Protocol, Self


class Mark(Protocol):
    """A place in a file as PyYAML counts it: from zero."""

    @property
    def name(self) -> str:
        """The file, as it is shown to people."""

    @property
    def line(self) -> int:
        """The line, from 0."""

    @property
    def column(self) -> int:
        """The column, from 0, in characters."""


class Node(Protocol):
    """Anything that knows where it begins, such as a `yaml.Node`."""

    @property
    def start_mark(self) -> Mark:
        """Where it begins."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault, addressed to its author; problems sort in reading order.

    Attributes:
        file: the file as the author knows it, with forward slashes.
        line: the line, from 1; 0 for what is no file, such as an environment variable.
        col: the column in characters, from 1.
        what: what is wrong, in plain words, naming the ids involved.
        hint: what may mend it, or empty.
    """

    file: str
    line: int
    col: int
    what: str
    hint: str = ""

    @classmethod
    def at(cls, node: Node, what: str, hint: str = "") -> Self:
        """Place a problem where `node` begins."""
        mark = node.start_mark
        return cls(mark.name, mark.line + 1, mark.column + 1, what, hint)

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        where = f"{self.file}:{self.line}:{self.col}" if self.line else self.file
        return f"{where}: {self.what}{hint}"
