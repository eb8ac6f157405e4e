"""The files under `content/campaigns/`: one campaign each, in the order of their names."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from bot.content.model import Id, Template
from bot.content.notes import Notes, stem_of
from bot.content.tree import Tree, read_tree

FOLDER: Final = "campaigns"
"""Where the files lie in the content folder."""

_PICTURE: Final = "picture"
_BEGINNING: Final = """\
# A campaign: see “Campaigns” in docs/write-content.md.
campaign: {name}
title: "A name of its own"
about: "What it is for, for those who choose it."
# One of: {topics}
topic: {topic}
# What the button opens: the wishing tree, or 'opens: quiz' with 'quiz:' and its id.
opens: tree
# The first 100 characters tell nothing that somebody beside her should not read.
text: |-
  Hello! Here is something new.
button: "Look"
"""


def read_campaigns(content: Path, notes: Notes) -> dict[str, Template]:
    """Read every file; what cannot be read is noted and left out."""
    found: dict[str, Template] = {}
    for path in sorted((content / FOLDER).glob("*.yaml")):
        tree = read_tree(path, f"{content.name}/{FOLDER}/{path.name}")
        notes.problems.extend(tree.problems)
        notes.origin.trees.append(tree)
        read = None if tree.problems else notes.valid(Template, tree, (), _unpictured(tree, notes))
        if read is None:
            continue
        if read.campaign != stem_of(tree):
            what, hint = f"this is campaign '{read.campaign}'", f"the file is called {path.name}"
            notes.note(tree, ("campaign",), what, hint)
        elif notes.first("campaign", read.campaign, tree, ()):
            found[read.campaign] = read
    return found


def _unpictured(tree: Tree, notes: Notes) -> Any:
    """Give what stands in a file but a picture: Telegram keeps those, and only a chat can hand it one."""
    if not isinstance(tree.data, dict) or _PICTURE not in tree.data:
        return tree.data
    hint = "take the text in the chat, then add it there with “Picture”"
    notes.note(tree, (_PICTURE,), "a file holds no picture", hint, key=True)
    return {key: value for key, value in tree.data.items() if key != _PICTURE}


def beginning(name: str, topics: Iterable[str]) -> str:
    """Write a file to begin a campaign from: it has no problem yet, and nothing to say.

    Args:
        name: the id it is to have.
        topics: the ids of topics that readers can choose, one at least.

    Raises:
        ValueError: `name` is no id.
    """
    try:
        TypeAdapter(Id).validate_python(name)
    except ValidationError as error:
        message = f"'{name}' is no id: small letters, digits and single hyphens"
        raise ValueError(message) from error
    known = [*topics]
    return _BEGINNING.format(name=name, topic=known[0], topics=", ".join(known))
