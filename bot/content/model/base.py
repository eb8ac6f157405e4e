"""What all of the content is made of: ids, texts, countries, languages, sources, hours."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
"""A word a person can read in a diff: lower-case letters, digits and single hyphens."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4096, strip_whitespace=True)]
"""English source text, the gettext msgid. Markup: `<b>`, `<i>`, `<code>` and `<a>` only."""

Country = Literal["kz", "kg", "tj", "uz"]
Language = Literal["en", "ru", "kk", "ky", "tg", "uz", "uz_Cyrl"]


class Frozen(BaseModel):
    """A value of the content: strict about unknown keys, never changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Confidence(StrEnum):
    """How sure the sources make us: official or two independent ones, one good one, or less."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Reports(StrEnum):
    """Whether who answers must pass the call on to the police."""

    IS_POLICE = "is_police"
    MUST = "must"
    SERIOUS_CASES = "serious_cases"
    UNKNOWN = "unknown"


class Hours(Frozen):
    """When a line answers, in the time zone of its country.

    `always` is true for round the clock; otherwise `days` (ISO, Monday 1) and `opens`/`closes`
    as `HH:MM`. Leave everything out where no source says it: then nothing is claimed.
    """

    always: bool = False
    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = ()
    opens: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    closes: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None

    @property
    def known(self) -> bool:
        """Tell whether any source says when the line answers."""
        return self.always or (bool(self.days) and self.opens is not None)


class Source(Frozen):
    """Where a fact was read: a page or a named document, and its date as far as known.

    `title` is for whoever checks; it may tell the topic and is never shown to a person. She sees
    `by`, a short neutral name, or else the site of `url`.
    """

    by: str | None = None
    title: str
    url: str | None = None
    date: str | None = None
