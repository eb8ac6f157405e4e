"""What players asked to be remembered, under the long-term key: no name, no chat (R3, R4)."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.counting.weeks import DAY
from bot.errors import StoreError
from bot.learning.memory import Memory
from bot.store.batch import LEARNER_LIFE
from bot.store.ciphers import Cipher
from bot.store.longkey import LongKey
from bot.store.statements import drop_learner, put
from bot.store.tables import learner

_WEEK = 7 * DAY
_1970 = date(1970, 1, 1)
_AMONG = b"learner"

_load = select(learner).where(
    learner.c.person == bindparam("who"), learner.c.expires > bindparam("now")
)
_known = select(learner.c.person).where(learner.c.person.in_(bindparam("people", expanding=True)))


class LearnerBook:
    """Finds, keeps and forgets the rows of `learner`, each within the caller's transaction."""

    def __init__(self, insert: Any, key: LongKey) -> None:
        """Name rows by `key` and seal them with it; `insert` is the dialect's."""
        self._key, self._cipher = key, Cipher(key)
        self._keep = put(insert, learner)

    def load(self, connection: Connection, user_id: int, now: int) -> Memory | None:
        """What is remembered of this person; what cannot be read any more is nothing."""
        name = self._name(user_id)
        row = connection.execute(_load, {"who": name, "now": now}).one_or_none()
        if row is None:
            return None
        try:
            about = self._cipher.open_bytes("learner", "about", name, row.about)
            return Memory.read(_1970 + timedelta(days=row.agreed), row.version, about)
        except (StoreError, ValueError):  # she can say so again: better than no quiz
            return None

    def keep(self, connection: Connection, memories: Mapping[int, Memory], now: int) -> None:
        """Remember this of these people, for a year from now at most."""
        # An end to the second would be that of the session beside it, and lead to a person.
        expires = (now + LEARNER_LIFE) // _WEEK * _WEEK
        kept = [self._row(user_id, memory, expires) for user_id, memory in memories.items()]
        connection.execute(self._keep, kept)

    def known(self, connection: Connection, user_ids: Collection[int]) -> list[bytes]:
        """Name those of these people of whom something is remembered."""
        people = [self._name(user_id) for user_id in user_ids]
        return [bytes(row.person) for row in connection.execute(_known, {"people": people})]

    def drop(self, connection: Connection, people: Collection[bytes]) -> None:
        """Remember these people no more, named as by `known`."""
        connection.execute(drop_learner, [{"who": name} for name in people])

    def _name(self, user_id: int) -> bytes:
        """What somebody is called here, and in no other table: rows of two cannot be joined."""
        return self._key.current.pseudonym(user_id, _AMONG)

    def _row(self, user_id: int, memory: Memory, expires: int) -> dict[str, Any]:
        name = self._name(user_id)
        return {
            "person": name,
            "agreed": (memory.agreed - _1970).days,
            "version": memory.text,
            "about": self._cipher.seal_bytes("learner", "about", name, memory.written()),
            "expires": expires,
        }
