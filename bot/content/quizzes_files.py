"""The files under `content/quizzes/`: one quiz each, in the order of their names."""

from pathlib import Path
from typing import Final

from bot.content.model.quizzes import Quiz
from bot.content.notes import Notes, stem_of
from bot.content.tree import read_tree

FOLDER: Final = "quizzes"
"""Where the files lie in the content folder."""


def read_quizzes(content: Path, notes: Notes) -> dict[str, Quiz]:
    """Read every file; what cannot be read is noted and left out."""
    found: dict[str, Quiz] = {}
    for path in sorted((content / FOLDER).glob("*.yaml")):
        tree = read_tree(path, f"{content.name}/{FOLDER}/{path.name}")
        notes.problems.extend(tree.problems)
        notes.origin.trees.append(tree)
        read = None if tree.problems else notes.valid(Quiz, tree, (), tree.data)
        if read is None:
            continue
        if read.quiz != stem_of(tree):
            what, hint = f"this is quiz '{read.quiz}'", f"the file is called {path.name}"
            notes.note(tree, ("quiz",), what, hint)
        elif notes.first("quiz", read.quiz, tree, ()):
            found[read.quiz] = read
    return found
