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


ACTS: Final[Mapping[Role, frozenset[Act]]] = {
    Role.VOLUNTEER: frozenset({Act.LEAD, Act.WRITE}),
    Role.APPROVER: frozenset({Act.APPROVE}),
    Role.HELPER: frozenset(),
    Role.OPERATOR: frozenset(),
}
"""What a role may do through the bot; an operator acts on the machine itself."""
