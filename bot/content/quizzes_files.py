"""The files under `content/quizzes/`: one quiz each, in the order of their names."""

from pathlib import Path
from typing import Final

from bot.content.files import read_folder
from bot.content.model.quizzes import Quiz
from bot.content.notes import Notes

FILES: Final = "quizzes/*.yaml"
"""Where they lie in the content folder."""


def read_quizzes(content: Path, notes: Notes) -> dict[str, Quiz]:
    """Read every file; what cannot be read is noted and left out."""
    found: dict[str, Quiz] = {}
    for tree, read in read_folder(content, FILES, Quiz, notes):
        notes.origin.trees.append(tree)
        if read and notes.named(tree, "quiz", read.quiz):
            found[read.quiz] = read
    return found
