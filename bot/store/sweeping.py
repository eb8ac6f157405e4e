"""What has lived long enough ends: rows, keys, marks, and what the raw files still hold of them."""

import asyncio

from sqlalchemy import Connection

from bot.store.audits import AuditBook
from bot.store.batch import MINUTE, Swept
from bot.store.ciphers import Cipher
from bot.store.database import Database
from bot.store.erased import ErasedBook
from bot.store.keys import KeyRing
from bot.store.lives import end_rows, shorten_rows
from bot.store.rawfiles import RawFiles
from bot.store.tables import outbox, session, trace
from bot.store.tallies import TallyBook
from bot.store.traces import TraceBook


class Sweeping:
    """Sweeps again and again, and knows by what was written between whether the clock was ahead."""

    def __init__(
        self,
        database: Database,
        raw: RawFiles,
        keys: KeyRing,
        cipher: Cipher,
        traces: TraceBook,
        audits: AuditBook,
        tallies: TallyBook,
        *,
        erased: ErasedBook,
    ) -> None:
        """Sweep `database` and its files; `cipher` reads what stands under `keys`."""
        self._database, self._raw, self._keys, self._cipher = database, raw, keys, cipher
        self._traces, self._audits, self._tallies = traces, audits, tallies
        self._erased, self._latest = erased, 0.0

    def written(self, at: float) -> None:
        """Take note that rows were written at this time, epoch seconds."""
        self._latest = max(self._latest, at)

    async def run(self, now: float) -> Swept:
        """End what has to end by `now`: `Store.sweep`."""
        second = int(now)
        ahead, self._latest = self._latest > now + MINUTE, now

        def work(connection: Connection) -> tuple[dict[str, int], int]:
            ended = end_rows(connection, second)
            shorten_rows(connection, second, self._cipher, ahead=ahead)
            self._traces.renew(connection, second)
            self._audits.end(connection, now)
            return ended, self._tallies.end(connection, now)

        try:
            ended, tallies = await self._database.run(work)
        finally:  # keys end in time even while the database is in trouble, and the other way round
            rotated = await asyncio.to_thread(self._keys.rotate)
        await self._raw.tidy(thorough=rotated)
        await asyncio.to_thread(self._erased.end, now)
        return Swept(
            sessions=ended[session.name],
            seen=ended["seen"],
            replies=ended[outbox.name],
            tallies=tallies,
            rotated=rotated,
            traces=ended[trace.name],
        )
