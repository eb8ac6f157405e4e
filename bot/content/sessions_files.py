"""The files under `content/sessions/`: one plan each, in the order of their numbers."""

from pathlib import Path
from typing import Final

from bot.content.model.sessions import Plan
from bot.content.notes import Notes, stem_of
from bot.content.tree import read_tree

FOLDER: Final = "sessions"
"""Where the files lie in the content folder."""


def read_sessions(content: Path, notes: Notes) -> dict[str, Plan]:
    """Read every file; what cannot be read is noted and left out."""
    found: list[Plan] = []
    for path in sorted((content / FOLDER).glob("*.yaml")):
        tree = read_tree(path, f"{content.name}/{FOLDER}/{path.name}")
        notes.problems.extend(tree.problems)
        notes.origin.trees.append(tree)
        read = None if tree.problems else notes.valid(Plan, tree, (), tree.data)
        if read is None:
            continue
        if read.session != stem_of(tree):
            what, hint = f"this is session '{read.session}'", f"the file is called {path.name}"
            notes.note(tree, ("session",), what, hint)
        elif notes.first("session", read.session, tree, ()):
            found.append(read)
    return {one.session: one for one in sorted(found, key=lambda one: one.number)}
