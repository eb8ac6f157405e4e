"""A thing to be said, before any language: the English text and what fills its placeholders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Union

Value = Union[str, int, date, time, "Say", "Names", "Verbatim", tuple["Value", ...]]
"""What fills a placeholder; a tuple becomes a list joined as the language joins lists."""


@dataclass(frozen=True, slots=True)
class Names:
    """A proper name by language: facts with their own spelling, which no catalogue translates."""

    spelt: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """HTML that is shown as it is in whatever language: what somebody else reads, to be looked at."""

    html: str


@dataclass(frozen=True, slots=True)
class Say:
    """`text` is the gettext msgid; `{name}` in it is filled from `values` after translation.

    A plain `str` value goes in as it is (a number, a name), a `Say` is translated first, of
    `Names` the one in the reader's language or letters is taken, `Verbatim` is not touched.
    """

    text: str
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
