"""The desk of one batch: where a turn looks up how somebody stands, and notes what she did."""

from sqlalchemy import Connection

from bot.campaigns.board import Board, Drafted, Ordered, Reworded, Rewritten, Writing
from bot.campaigns.commands import By
from bot.staff.doings import Doing
from bot.staff.roles import Act
from bot.staff.standing import Standing
from bot.store.mailroom import Mailroom
from bot.store.team import TeamBook


class OpenDesk:
    """The desk of one batch, on the connection of its transaction."""

    def __init__(
        self, book: TeamBook, mailroom: Mailroom, connection: Connection, now: int
    ) -> None:
        """Look up and note at `now`, epoch seconds."""
        self._book, self._mailroom = book, mailroom
        self._connection, self._now = connection, now

    def standing(self, user_id: int, token: str) -> Standing:
        """Look up how she stands: one query, made only when it is asked."""
        return self._book.standing(self._connection, user_id, token, self._now)

    def board(self, user_id: int) -> Board | None:
        """Look up the campaigns she may see, by her role at this moment."""
        by = self._by(user_id)
        if not _sees(by):
            return None
        return self._mailroom.board(self._connection, by, self._now)

    def begun(self, user_id: int) -> Board | None:
        """As `board`, but only those that have begun: cheap enough to be looked up every few seconds."""
        by = self._by(user_id)
        if not _sees(by):
            return None
        return self._mailroom.board(self._connection, by, self._now, waiting=False)

    def note(self, user_id: int, doing: Doing | Writing) -> None:
        """Apply what she did, seen at once by the turns after this one.

        Raises:
            StoreError: another process was faster; the turn is to be taken again.
        """
        match doing:
            case Drafted() | Rewritten() | Ordered() | Reworded():
                self._mailroom.note(self._connection, doing, self._by(user_id), self._now)
            case _:
                self._book.note(self._connection, user_id, doing, self._now)

    def _by(self, user_id: int) -> By:
        name = self._book.called(self._connection, user_id)
        return By(name, self._book.standing_of(self._connection, name))


def _sees(by: By) -> bool:
    """Tell whether her role lets her see campaigns."""
    return by.standing.may(Act.WRITE) or by.standing.may(Act.APPROVE)
