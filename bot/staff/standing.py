"""What a turn may know of the person who takes it, as far as she works with the bot."""

from dataclasses import dataclass
from typing import Final

from bot.staff.invitation import Waiting
from bot.staff.roles import ACTS, Act, Role

NEW_FOR: Final = 5 * 60
"""Seconds in which what somebody wrote still counts as new (R24): its answer expires then, too."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to the team, looked up anew at each doing that needs it.

    Attributes:
        role: the role she has.
        invited: the role she is invited to, once she has taken the invitation up.
        passed: whether she has passed the test of that invitation.
        check: bytes that the words for her confirmation are drawn from; empty without one.
        opens: the role of the invitation that the link of this very doing opens, if it is unused.
        waiting: those whom she may confirm; looked up for nobody else.
    """

    role: Role | None = None
    invited: Role | None = None
    passed: bool = False
    check: bytes = b""
    opens: Role | None = None
    waiting: tuple[Waiting, ...] = ()

    def may(self, act: Act) -> bool:
        """Tell whether her role lets her do `act`."""
        return self.role is not None and act in ACTS[self.role]


NOBODY = Standing()
"""Everybody who does not work with the bot."""
