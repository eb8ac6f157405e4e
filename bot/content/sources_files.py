"""The files under `content/sources/`: where the library knows what it says from."""

from pathlib import Path
from typing import Final

from bot.content.files import read_folder
from bot.content.model.library import Cited, SourcesFile
from bot.content.notes import Notes

FILES: Final = "sources/**/*.yaml"
"""Where they lie in the content folder."""


def read_sources(content: Path, notes: Notes) -> dict[str, Cited]:
    """Read every file; what cannot be read is noted and left out, as is a second one of an id."""
    found: dict[str, Cited] = {}
    for tree, read in read_folder(content, FILES, SourcesFile, notes):
        found |= {
            name: source
            for name, source in (read.sources.items() if read else ())
            if notes.first("source", name, tree, ("sources", name))
        }
    return found
