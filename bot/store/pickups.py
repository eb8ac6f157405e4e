"""Conversations left under a phrase, to be taken up once, from another phone, by whoever knows it.

Nothing in such a row leads to a person: not its key, not its end, which many share.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from bot.engine.session import Session
from bot.errors import StoreError
from bot.store.batch import MINUTE, PICKUP_LIFE
from bot.store.ciphers import Cipher
from bot.store.keys import KeyRing
from bot.store.rows import session_from, words_of
from bot.store.statements import put
from bot.store.tables import pickup

_load = (
    select(pickup)
    .where(
        pickup.c.phrase.in_(bindparam("phrases", expanding=True)),
        pickup.c.expires > bindparam("now"),
    )
    .with_for_update()  # on PostgreSQL: of two who type it at the same moment, one takes it up
)
_drop = delete(pickup).where(pickup.c.phrase == bindparam("which"))


class PickupBook:
    """Keeps, finds and uses up the rows of `pickup`."""

    def __init__(self, insert: Any, keys: KeyRing, cipher: Cipher) -> None:
        """Name rows by `keys` and seal them with `cipher`; `insert` is the dialect's."""
        self._keys, self._cipher = keys, cipher
        self._put = put(insert, pickup)

    def load(
        self, connection: Connection, phrases: Collection[str], now: int
    ) -> dict[str, Session]:
        """The sessions left under these phrases, under either key."""
        names = {name: phrase for phrase in phrases for name in self._keys.phrases(phrase)}
        found = {}
        for row in connection.execute(_load, {"phrases": [*names], "now": now}):
            name = bytes(row.phrase)
            try:
                words = self._cipher.open_words("pickup", "about", name, row.about)
            except StoreError:  # as if it had been used up: she can begin without it
                continue
            language, country, told, *rest = words
            found[names[name]] = session_from(rest, language, country, told=bool(told))
        return found

    def leave(self, connection: Connection, left: Mapping[str, Session], now: int) -> None:
        """Keep these sessions for half an hour, without what belongs to one phone alone."""
        # An end to the second would be that of the session beside it, and lead to a person.
        expires = (now + PICKUP_LIFE) // MINUTE * MINUTE
        connection.execute(
            self._put, [self._row(phrase, one, expires) for phrase, one in left.items()]
        )

    def take(self, connection: Connection, taken: Collection[str]) -> None:
        """Use these phrases up."""
        names = [name for phrase in taken for name in self._keys.phrases(phrase)]
        connection.execute(_drop, [{"which": name} for name in names])

    def _row(self, phrase: str, session: Session, expires: int) -> dict[str, Any]:
        name = self._keys.phrases(phrase)[0]
        told = "told" if session.told else ""
        words = [session.language, session.country, told, *words_of(replace(session, idle=0))]
        about = self._cipher.seal_words("pickup", "about", name, words)
        return {"phrase": name, "expires": expires, "about": about}
