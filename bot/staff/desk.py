"""Where a turn asks how somebody stands, and where what she did is noted: open for one batch."""

from typing import Protocol

from bot.campaigns.board import Board, Writing
from bot.staff.doings import Doing
from bot.staff.standing import NOBODY, Standing


class Desk(Protocol):
    """Looks up and notes within one transaction, so that of two who take up a link one does."""

    def standing(self, user_id: int, token: str) -> Standing:
        """Look up how she stands, and what the invitation `token` opens; "" asks for none."""

    def board(self, user_id: int) -> Board | None:
        """Look up the campaigns she may see; None where she has nothing to do with them."""

    def note(self, user_id: int, doing: Doing | Writing) -> None:
        """Note what she did."""


class NoDesk:
    """A bot for which nobody works."""

    def standing(self, user_id: int, token: str) -> Standing:  # noqa: ARG002 - the port's signature
        """Know nobody."""
        return NOBODY

    def board(self, user_id: int) -> None:
        """See nothing."""

    def note(self, user_id: int, doing: Doing | Writing) -> None:
        """Note nothing."""
