"""A thing to be said, before any language: the English text and what fills its placeholders."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Union

Value = Union[str, int, date, time, "Say", tuple["Value", ...]]
"""What fills a placeholder; a tuple becomes a list joined as the language joins lists."""


@dataclass(frozen=True, slots=True)
class Say:
    """`text` is the gettext msgid; `{name}` in it is filled from `values` after translation.

    A plain `str` value goes in as it is (a number, a name), a `Say` is translated first.
    """

    text: str
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
