"""What was heard of somebody a moment ago: in memory alone, while she stands at its answer."""

from dataclasses import replace
from typing import Final

from bot.engine.session import Session

LIFE: Final = 300.0
"""Seconds for which it is remembered: as long as a sensitive reply may wait (R11)."""


class JustHeard:
    """Labels by person, none older than `LIFE`; a restart forgets them all.

    They let the same answer be shown again when she names her country, types on or chooses
    another language. They are written down nowhere.
    """

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._of: dict[int, tuple[float, str, tuple[str, ...]]] = {}

    def __len__(self) -> int:
        """Count the people of whom something is remembered."""
        return len(self._of)

    def keep(self, user_id: int, session: Session | None, now: float) -> None:
        """Remember what `session` has heard at `now`, or forget what was heard before."""
        self._of.pop(user_id, None)
        while self._of and self._is_over(oldest := next(iter(self._of)), now):
            del self._of[oldest]
        if session is not None and session.heard:
            self._of[user_id] = (now + LIFE, session.place, session.heard)

    def recall(self, user_id: int, session: Session | None, now: float) -> Session | None:
        """Give `session` back what was heard if she still stands where it was answered."""
        if session is None or user_id not in self._of or self._is_over(user_id, now):
            return session
        _, place, heard = self._of[user_id]
        return replace(session, heard=heard) if session.place == place else session

    def _is_over(self, user_id: int, now: float) -> bool:
        return self._of[user_id][0] <= now
