"""Files that each hold one thing: read, understood as a model, noted where they cannot be."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from bot.content.notes import Notes
from bot.content.tree import Tree, read_tree

_Model = TypeVar("_Model", bound=BaseModel)


def read_folder(
    content: Path, pattern: str, model: type[_Model], notes: Notes
) -> Iterator[tuple[Tree, _Model | None]]:
    """Read every file of the folder `content` that fits `pattern`, in the order of their names."""
    for path in sorted(content.glob(pattern)):
        yield read_file(content, path, model, notes)


def read_file(
    content: Path, path: Path, model: type[_Model], notes: Notes
) -> tuple[Tree, _Model | None]:
    """Read one file below the folder `content`; None stands for what cannot be understood."""
    tree = read_tree(path, f"{content.name}/{path.relative_to(content).as_posix()}")
    notes.problems.extend(tree.problems)
    return tree, None if tree.problems else notes.valid(model, tree, (), tree.data)
