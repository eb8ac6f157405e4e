"""The parts of a text that are not words: placeholders, markup and numbers."""

import re

PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}")
"""A slot to be filled, such as `{city}`; the group is its name."""

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>")
"""A tag of the markup; the groups are the slash, the name and the attributes."""

NUMBER = re.compile(r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?!-hour|\d)")
"""A number, thousands set apart or not; "24-hour" is a word that most languages have another for."""


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
    """List the numbers of a text in bare digits, outside placeholders and tags."""
    found = NUMBER.findall(TAG.sub(" ", PLACEHOLDER.sub(" ", text)))
    return frozenset(re.sub(r"\D", "", number) for number in found)
