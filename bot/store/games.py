"""Live quizzes that go on in groups: a row each, sealed as a whole, within the caller's transaction."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, select

from bot.errors import StoreError
from bot.learning.live.game import Game, without
from bot.learning.live.orders import Order, obeyed
from bot.staff.audit import Deed
from bot.store.audits import AuditBook
from bot.store.batch import Batch
from bot.store.ciphers import Cipher
from bot.store.keys import KeyRing
from bot.store.statements import put
from bot.store.tables import game

# On PostgreSQL two processes may change one game; the second waits for the first.
_load = select(game).with_for_update()
_drop = delete(game).where(game.c.place == bindparam("which"))

_read = msgspec.json.Decoder(Game)


class GameBook:
    """Finds, keeps and ends the rows of `game`."""

    def __init__(self, insert: Any, keys: KeyRing, cipher: Cipher, audits: AuditBook) -> None:
        """Name rows by `keys` and seal them with `cipher`; `insert` is the dialect's.

        That one has begun is noted in `audits`.
        """
        self._keys, self._cipher, self._audits = keys, cipher, audits
        self._put = put(insert, game)

    def load(self, connection: Connection, now: int) -> dict[int, Game]:
        """The games that go on, by group; what cannot be read any more is deleted."""
        found: dict[int, Game] = {}
        for row in connection.execute(_load).all():
            name = bytes(row.place)
            try:
                one = _read.decode(self._cipher.open_bytes("game", "about", name, row.about))
            except (StoreError, msgspec.MsgspecError):
                connection.execute(_drop, {"which": name})
                continue
            if row.expires > now:
                found[one.chat_id] = one
        return found

    def change(self, connection: Connection, changed: Mapping[int, Game | None]) -> None:
        """Keep these games, by group; end those that are None."""
        for chat_id, one in changed.items():
            name, older = self._keys.pseudonyms(chat_id)
            if one is None:
                connection.execute(_drop, {"which": name})
            else:
                plain = msgspec.json.encode(one)
                about = self._cipher.seal_bytes("game", "about", name, plain)
                row = {"place": name, "expires": one.ends, "about": about}
                connection.execute(self._put, row)
            if older is not None:
                connection.execute(_drop, {"which": older})

    def play(
        self,
        connection: Connection,
        decide: Callable[[Mapping[int, Game]], Mapping[int, Game | None]],
        now: int,
    ) -> dict[int, Game]:
        """Change the games that go on as `decide` says of them; those that go on then."""
        games = self.load(connection, now)
        changed = decide(games)
        self.change(connection, changed)
        after: dict[int, Game | None] = {**games, **changed}
        return {chat_id: one for chat_id, one in after.items() if one is not None}

    def follow(self, connection: Connection, batch: Batch, now: float) -> None:
        """Forget whom a batch forgets, then obey its orders."""
        if batch.forgotten:
            self.forget(connection, batch.forgotten, int(now))
        if batch.orders:
            self.obey(connection, batch.orders, now)

    def forget(self, connection: Connection, user_ids: Collection[int], now: int) -> None:
        """Take these people out of every game that goes on."""
        changed: dict[int, Game | None] = {}
        for chat_id, before in self.load(connection, now).items():
            after = before
            for user_id in user_ids:
                after = without(after, user_id)
            if after is not before:
                changed[chat_id] = after
        self.change(connection, changed)

    def obey(self, connection: Connection, orders: Sequence[Order], now: float) -> None:
        """Change the games as those who lead them have ordered."""
        games = self.load(connection, int(now))
        changed: dict[int, Game | None] = {}
        for order in orders:
            before = changed.get(order.chat_id, games.get(order.chat_id))
            after = obeyed(before, order, now)
            if after is not before:
                changed[order.chat_id] = after
                if before is None:
                    self._audits.note(connection, Deed.PLAYED, None, now)
        self.change(connection, changed)
