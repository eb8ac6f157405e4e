"""The files under `content/sources/`: where the library knows what it says from."""

from pathlib import Path
from typing import Final

from bot.content.model.library import Cited, SourcesFile
from bot.content.notes import Notes
from bot.content.tree import read_tree

FOLDER: Final = "sources"
"""Where the files lie in the content folder."""


def read_sources(content: Path, notes: Notes) -> dict[str, Cited]:
    """Read every file; what cannot be read is noted and left out, as is a second one of an id."""
    found: dict[str, Cited] = {}
    for path in sorted((content / FOLDER).rglob("*.yaml")):
        tree = read_tree(path, f"{content.name}/{path.relative_to(content).as_posix()}")
        notes.problems.extend(tree.problems)
        read = None if tree.problems else notes.valid(SourcesFile, tree, (), tree.data)
        found |= {
            name: source
            for name, source in (read.sources.items() if read else ())
            if notes.first("source", name, tree, ("sources", name))
        }
    return found
