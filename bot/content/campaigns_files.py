"""The files under `content/campaigns/`: one campaign each, in the order of their names."""

from pathlib import Path
from typing import Final

from bot.content.model.campaigns import Template
from bot.content.notes import Notes, stem_of
from bot.content.tree import read_tree

FOLDER: Final = "campaigns"
"""Where the files lie in the content folder."""


def read_campaigns(content: Path, notes: Notes) -> dict[str, Template]:
    """Read every file; what cannot be read is noted and left out."""
    found: dict[str, Template] = {}
    for path in sorted((content / FOLDER).glob("*.yaml")):
        tree = read_tree(path, f"{content.name}/{FOLDER}/{path.name}")
        notes.problems.extend(tree.problems)
        notes.origin.trees.append(tree)
        read = None if tree.problems else notes.valid(Template, tree, (), tree.data)
        if read is None:
            continue
        if read.campaign != stem_of(tree):
            what, hint = f"this is campaign '{read.campaign}'", f"the file is called {path.name}"
            notes.note(tree, ("campaign",), what, hint)
        elif notes.first("campaign", read.campaign, tree, ()):
            found[read.campaign] = read
    return found
