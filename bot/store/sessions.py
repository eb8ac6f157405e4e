"""Sessions and the covers over them, within the caller's transaction."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    bindparam,
    literal,
    literal_column,
    select,
    union_all,
)

from bot.engine.session import Cover, Session
from bot.errors import StoreError
from bot.store import rows
from bot.store.batch import ABOUT_LIFE, COVER_LIFE, SESSION_LIFE, Batch
from bot.store.ciphers import Cipher
from bot.store.keys import KeyRing
from bot.store.statements import drop_cover, drop_session, put
from bot.store.tables import cover, session

_PEOPLE: BindParameter[bytes] = bindparam("people", expanding=True)
_load = union_all(
    select(
        literal_column("0").label("covers"),
        *(session.c[name] for name in ("person", "language", "country", "told", "about")),
    ).where(session.c.person.in_(_PEOPLE), session.c.expires > bindparam("now")),
    select(
        literal_column("1"), cover.c.person, literal(""), literal(""), literal(False), cover.c.about
    ).where(cover.c.person.in_(_PEOPLE), cover.c.expires > bindparam("now")),
)


_until = select(session.c.expires).where(session.c.person.in_(_PEOPLE))


class SessionBook:
    """Finds, keeps and ends the rows of `session` and `cover`."""

    def __init__(self, insert: Any, keys: KeyRing, cipher: Cipher) -> None:
        """Name rows by `keys` and seal them with `cipher`; `insert` is the dialect's."""
        self._keys, self._cipher = keys, cipher
        self._keep, self._cover = put(insert, session), put(insert, cover)

    def load(
        self, connection: Connection, user_ids: Collection[int], now: int
    ) -> dict[int, Session]:
        """The living sessions of these people, those under the previous key included."""
        current: dict[bytes, int] = {}
        previous: dict[bytes, int] = {}
        for user_id in user_ids:
            name, old_name = self._keys.pseudonyms(user_id)
            current[name] = user_id
            if old_name:
                previous[old_name] = user_id
        found = connection.execute(_load, {"people": [*current, *previous], "now": now}).all()
        sessions: dict[int, Session] = {}
        covers: dict[int, tuple[Cover, str]] = {}
        for names in (previous, current):  # what is under the current key is the newer
            for row in found:
                if bytes(row.person) not in names:
                    continue
                user_id = names[bytes(row.person)]
                if not row.covers:
                    sessions[user_id] = rows.session_of(row, self._cipher)
                elif put_up := self._cover_of(row):
                    covers[user_id] = put_up
        for user_id, (its, language) in covers.items():
            sessions[user_id] = replace(sessions.get(user_id) or Session("", language), cover=its)
        return sessions

    def change(
        self, connection: Connection, batch: Batch, known: Mapping[int, Session], now: int
    ) -> None:
        """Keep the sessions of `batch`, end those it forgets or leaves; `known` is what `load` found."""
        kept: list[dict[str, Any]] = []
        covered: list[dict[str, Any]] = []
        ended = self._names(batch.forgotten)
        uncovered = self._names(batch.forgotten)
        left = (user_id for user_id, traced in batch.traced.items() if traced.leave)
        ended += self._names(user_id for user_id in left if user_id not in batch.sessions)
        for user_id, keep in batch.sessions.items():
            its = keep.session.cover
            life = ABOUT_LIFE if rows.tells(keep.session) else SESSION_LIFE
            expires = min(keep.expires, now + life)
            name, old_name = self._keys.pseudonyms(user_id)
            kept.append(rows.session_row(name, keep.session, expires, self._cipher))
            older = [{"who": old_name}] if old_name else []
            ended += older
            if its is not None:
                covered.append(self._cover_row(name, its, keep.session.language, now))
                uncovered += older
            elif user_id in known and known[user_id].cover is not None:
                uncovered += self._names([user_id])
        for statement, changed in (
            (drop_session, ended),
            (drop_cover, uncovered),
            (self._keep, kept),
            (self._cover, covered),
        ):
            if changed:
                connection.execute(statement, changed)

    def until(self, connection: Connection, user_id: int) -> int:
        """Tell when her conversation ends, in epoch seconds; 0 without one."""
        names = [name for name in self._keys.pseudonyms(user_id) if name]
        return max(connection.execute(_until, {"people": names}).scalars(), default=0)

    def end(self, connection: Connection, user_ids: Collection[int]) -> None:
        """End the sessions of these people; their covers stay up."""
        if user_ids:
            connection.execute(drop_session, self._names(user_ids))

    def forget(self, connection: Connection, user_ids: Collection[int]) -> None:
        """End the sessions of these people and take their covers down."""
        connection.execute(drop_session, self._names(user_ids))
        connection.execute(drop_cover, self._names(user_ids))

    def _names(self, user_ids: Iterable[int]) -> list[dict[str, Any]]:
        return [
            {"who": name} for user_id in user_ids for name in self._keys.pseudonyms(user_id) if name
        ]

    def _cover_row(self, name: bytes, its: Cover, language: str, now: int) -> dict[str, Any]:
        confirmed = "confirmed" if its.confirmed else ""
        words = [its.salt.hex(), its.digest.hex(), confirmed, language]
        about = self._cipher.seal_words("cover", "about", name, words)
        return {"person": name, "expires": now + COVER_LIFE, "about": about}

    def _cover_of(self, row: Row[Any]) -> tuple[Cover, str] | None:
        try:
            words = self._cipher.open_words("cover", "about", bytes(row.person), row.about)
        except StoreError:
            return None
        salt, digest, confirmed, language = words
        return Cover(bytes.fromhex(salt), bytes.fromhex(digest), bool(confirmed)), language
