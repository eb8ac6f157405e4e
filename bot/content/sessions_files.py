"""The files under `content/sessions/`: one plan each, in the order of their numbers."""

from pathlib import Path
from typing import Final

from bot.content.files import read_folder
from bot.content.model.sessions import Plan
from bot.content.notes import Notes

FILES: Final = "sessions/*.yaml"
"""Where they lie in the content folder."""


def read_sessions(content: Path, notes: Notes) -> dict[str, Plan]:
    """Read every file; what cannot be read is noted and left out."""
    found: list[Plan] = []
    for tree, read in read_folder(content, FILES, Plan, notes):
        notes.origin.trees.append(tree)
        if read and notes.named(tree, "session", read.session):
            found.append(read)
    return {one.session: one for one in sorted(found, key=lambda one: one.number)}
