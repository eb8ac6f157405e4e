"""Where a turn asks how somebody stands, and where what she did is noted: open for one batch."""

from typing import Protocol

from bot.staff.doings import Doing
from bot.staff.standing import NOBODY, Standing


class Desk(Protocol):
    """Looks up and notes within one transaction, so that of two who take up a link one does."""

    def standing(self, user_id: int, token: str) -> Standing:
        """Look up how she stands, and what the invitation `token` opens; "" asks for none."""

    def note(self, user_id: int, doing: Doing) -> None:
        """Note what she did."""


class NoDesk:
    """A bot for which nobody works."""

    def standing(self, user_id: int, token: str) -> Standing:  # noqa: ARG002 - the port's signature
        """Know nobody."""
        return NOBODY

    def note(self, user_id: int, doing: Doing) -> None:
        """Note nothing."""
