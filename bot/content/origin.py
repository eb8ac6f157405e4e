"""Where every piece of the content was written, so that any later check can say so."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.content.problem import Problem
from bot.content.tree import Place, Tree


@dataclass(frozen=True, slots=True)
class Origin:
    """The files, and the place of each named thing in them.

    Attributes:
        trees: the files with texts that people read, in the order they were read.
        things: for a kind (`"node"`, `"command"`, `"country"`, `"line"`, `"rules"`) and an id,
            the file and the place where the thing is written.
        root: the name of the folder that holds all files.
    """

    trees: list[Tree] = field(default_factory=list)
    things: dict[tuple[str, str], tuple[Tree, Place]] = field(default_factory=dict)
    root: str = "content"

    def at(
        self, kind: str, name: str, *place: str | int, what: str, hint: str = "", key: bool = False
    ) -> Problem:
        """Place a problem at something inside the thing called `name`, as near as possible."""
        known = self.things.get((kind, name))
        if known is None:
            return Problem(self.root, 1, 1, what, hint)
        tree, base = known
        return tree.at((*base, *place), what, hint, key=key)

    def written(self) -> Iterator[tuple[Tree, Place, str]]:
        """Every text of every file with its place, in reading order."""
        for tree in self.trees:
            for place, text in tree.texts():
                yield tree, place, text
