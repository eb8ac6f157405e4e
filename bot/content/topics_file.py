"""`topics.yaml`: what somebody can ask for news about."""

from pathlib import Path
from typing import Final

from bot.content.model.news import NewsTopic, NewsTopics
from bot.content.notes import Notes
from bot.content.tree import read_tree

FILE: Final = "topics.yaml"
"""Where they lie in the content folder."""


def read_topics(content: Path, notes: Notes) -> tuple[NewsTopic, ...]:
    """Read them; where there is no such file there is nothing to choose from."""
    path = content / FILE
    if not path.is_file():
        return ()
    tree = read_tree(path, f"{content.name}/{FILE}")
    notes.problems.extend(tree.problems)
    notes.origin.trees.append(tree)
    read = None if tree.problems else notes.valid(NewsTopics, tree, (), tree.data)
    if read is None:
        return ()
    for at, topic in enumerate(read.topics):
        notes.first("topic", topic.id, tree, ("topics", at))
    return read.topics
