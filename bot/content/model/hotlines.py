"""Lines a person can call, and the rules that say which of them may be shown."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.content.model.base import (
    Confidence,
    Country,
    Frozen,
    Hours,
    Id,
    Reports,
    Source,
    Text,
)


class Need(StrEnum):
    """What a person may want from a line, in the words of the menu."""

    DANGER = "danger"
    TALK = "talk"
    CHILD = "child"
    MEDICAL = "medical"
    LEGAL = "legal"


class Cost(StrEnum):
    """What a call costs, as far as a source says so."""

    FREE = "free"
    FREE_MOBILE = "free_from_mobiles"
    ORDINARY = "ordinary"
    INTERNET = "internet"
    UNKNOWN = "unknown"


class Hotline(Frozen):
    """A line a person can reach, with everything she should know before she calls.

    `number` is what a person dials inside the country; `e164` is present only where a source
    or the numbering plan makes the international form certain. `checked` is the day the
    sources were last compared; `called` the day somebody in the role `by` last
    rang the number, if ever.
    """

    id: Id
    name: Text
    number: Annotated[str, StringConstraints(pattern=r"^[0-9+() -]{2,24}$")]
    e164: Annotated[str, StringConstraints(pattern=r"^\+[1-9]\d{6,14}$")] | None = None
    channel: Literal["phone", "whatsapp"] = "phone"
    landline_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{2,6}$")] | None = None
    needs: tuple[Need, ...]
    emergency: bool = False
    serves: Text
    says_whom: bool = False
    """Whether it says whom it serves wherever its number stands: its name speaks of some only."""
    hours: Hours = Hours()
    languages: tuple[str, ...] = ()
    cost: Cost = Cost.UNKNOWN
    reports: Reports
    remark: Text | None = None
    conflicts: tuple[Literal["hours", "operator", "scope", "number"], ...] = ()
    confidence: Confidence
    verify_before_use: bool
    publish: Literal["yes", "with_warning", "verify_first", "no"]
    checked: date
    called: date | None = None
    by: str | None = None
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


class Lines(Frozen):
    """A country's lines in the order they are offered, and the time zone they live in."""

    country: Country
    timezone: str
    hotlines: tuple[Hotline, ...]


class Rule(Frozen):
    """What is done with a line whose facts match `when`: the first matching rule decides.

    Every key of `when` names a fact of the line and lists the values that match.
    """

    when: Mapping[
        Literal["confidence", "verify_before_use", "publish", "conflicts"], tuple[str | bool, ...]
    ] = Field(default_factory=dict)
    show: bool
    caution: Text | None = None


class Rules(Frozen):
    """Which lines may be shown, with which caution, and for how many days after `checked`."""

    shelf_life_days: Annotated[int, Field(ge=1, le=3660)]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
