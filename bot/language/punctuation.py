"""The marks between words: a sentence ends as one, and quotes, dashes and spaces are real ones."""

import re
from collections.abc import Iterator
from typing import Final

from bot.language.marks import TAG

_CLOSING: Final = "\"'»”’)] "
_ENDS: Final = ".?!:…"
_SLIPS: Final = (
    (re.compile(r" {2,}"), "two spaces in a row", "leave one"),
    (re.compile(r" [,.;:?!](?!\.)"), "a space before a mark", "take it away"),
    (re.compile(r"(?<=\w) - (?=\w)"), "a hyphen for a dash", "write –, or — where it is usual"),
    (re.compile(r'"'), 'a straight quote "', "write the quotes of the language: «» or “”"),
)


def slips(english: str, translation: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the marks of a translation, and what may mend it."""
    plain, source = TAG.sub("", translation), TAG.sub("", english)
    for pattern, what, hint in _SLIPS:
        if pattern.search(plain) and not pattern.search(source):
            yield what, hint
    wanted, ends = _end(source), _end(plain)
    # A title may ask in one language and name in another.
    if wanted and wanted != "?" and not ends:
        yield f"the end differs: the English ends with {wanted}", "end it alike"
    elif ends and ends != "?" and not wanted:
        yield f"the end differs: the English does not end with {ends}", "end it alike"


def _end(text: str) -> str:
    """Name the mark a text ends with, looking past quotes; nothing for a label."""
    last = text.rstrip(_CLOSING)[-1:]
    return last if last in _ENDS else ""
