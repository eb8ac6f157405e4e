"""What stands behind a page of the library: its sources, and the law it tells of."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Final, Literal

from pydantic import StringConstraints

from bot.content.model.base import Country, Frozen, Id, Source, Text

LAW_LIFE: Final = timedelta(days=183)
"""How long a legal text is shown after it was compared: laws here changed almost yearly."""


Recorded = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=100)]
"""The name of a file under `content/media/`."""


class Cited(Source):
    """A source of the library; what is less sure than `medium` may not be stated at all."""

    confidence: Literal["high", "medium"]


class SourcesFile(Frozen):
    """A file under `content/sources/`: sources by the ids that pages name."""

    sources: Mapping[Id, Cited]


class Law(Frozen):
    """What a page tells of the law of a country.

    Attributes:
        country: whose law it is.
        act: the act and, where known, the article, as a reader should hear it.
        checked: the day it was compared with its sources.
        until: the last day it may be shown; `LAW_LIFE` after `checked` where nothing is said.
    """

    country: Country
    act: Text
    checked: date
    until: date | None = None

    @property
    def good_until(self) -> date:
        """The last day on which it may be shown."""
        return self.until or self.checked + LAW_LIFE
