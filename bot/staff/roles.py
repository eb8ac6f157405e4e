"""Roles, and what each of them may do."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is to this bot."""

    VOLUNTEER = "volunteer"
    APPROVER = "approver"
    HELPER = "helper"
    OPERATOR = "operator"


class Act(StrEnum):
    """Something that not everybody may do."""

    LEAD = "lead"
    """Lead a session: ask a group before and after it, and play live quizzes in it."""
    WRITE = "write"
    """Write a campaign and propose it."""
    APPROVE = "approve"
    """Approve a campaign of somebody else; stop any campaign."""
    CONFIRM = "confirm"
    """Be the second person who says yes to a new one (R26)."""


ACTS: Final[Mapping[Role, frozenset[Act]]] = {
    Role.VOLUNTEER: frozenset({Act.LEAD, Act.WRITE}),
    Role.APPROVER: frozenset({Act.APPROVE, Act.CONFIRM}),
    Role.HELPER: frozenset(),
    Role.OPERATOR: frozenset({Act.CONFIRM}),
}
"""What a role may do through the bot; whoever works on the machine itself needs none for that."""

FOUNDERS: Final = 2
"""How many that may confirm others are confirmed by the operator alone, before there are any."""


def may_found(role: Role, confirming: int) -> bool:
    """Tell whether the operator alone may confirm somebody as `role`.

    `confirming` is how many serve who may confirm others: once there are enough of them, it takes
    one of them. A role that confirms nobody is never given by one person.
    """
    return Act.CONFIRM in ACTS[role] and confirming < FOUNDERS
