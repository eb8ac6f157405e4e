"""The parts of a text that are not words: placeholders, markup and numbers."""

import re

PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}")
"""A slot to be filled, such as `{city}`; the group is its name."""

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>")
"""A tag of the markup; the groups are the slash, the name and the attributes."""

NUMBER = re.compile(r"\d+")


def placeholders(text: str) -> frozenset[str]:
    """Name the slots of a text."""
    return frozenset(PLACEHOLDER.findall(text)) if "{" in text else frozenset()


def tags(text: str) -> list[str]:
    """List the tags of a text, attributes included, in an order that word order cannot change."""
    return sorted(found[0] for found in TAG.finditer(text))


def well_nested(text: str) -> bool:
    """Tell whether every opened tag is closed in turn, as Telegram demands of a message."""
    open_tags: list[str] = []
    for slash, name, _ in TAG.findall(text):
        if not slash:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags


def numbers(text: str) -> frozenset[str]:
    """List the runs of digits in a text, outside placeholders and tags."""
    return frozenset(NUMBER.findall(TAG.sub(" ", PLACEHOLDER.sub(" ", text))))
