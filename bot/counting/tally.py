"""What is counted, and what a count is."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is counted."""

    GAP = "gap"
    """A search that found nothing near: a region and a sector."""
    ANSWER = "answer"
    """An item of a quiz that somebody was asked: the item, and how it went."""
    BEFORE = "before"
    """The same before a session of a group, where nothing is explained yet."""
    AFTER = "after"
    """The same after it."""
    WISH = "wish"
    """A ribbon tied to the wishing tree: a country, and the ribbon."""
    SESSION = "session"
    """Somebody who took part in a session of a group: where it was, and a group of people."""
    SCAN = "scan"
    """The link of a poster that was opened: the poster, and the kind of place where it hangs."""
    CAMPAIGN = "campaign"
    """What readers did with a campaign: its id, and what (`bot/campaigns/response.py`)."""
    PEOPLE = "people"
    """Who gets news, as it is published of a week: how they are told apart, and which of them."""
    RESULT = "result"
    """What became of a campaign, as it is published: its id, and what (`bot/campaigns/results.py`)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Something happened that is counted by the week: in which cell of a table, never by whom.

    Attributes:
        kind: which table.
        row: the id of its row.
        column: the id of its column.
        many: how often it happened at once.
    """

    kind: Kind
    row: str
    column: str
    many: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """How often something happened in one week, give or take noise.

    Attributes:
        week: its Monday, in days since 1970-01-01, UTC.
        row: the id of the row of its table.
        column: the id of the column.
        count: how often, plus a random number drawn once, so it may be off and even below zero.
    """

    week: int
    row: str
    column: str
    count: int
