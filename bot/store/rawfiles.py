"""The raw files of the database, in which what was deleted stands until they are rewritten."""

from bot.store.database import Database
from bot.store.erased import ErasedBook


class RawFiles:
    """Rewrites the raw files where anybody has left a trace in them.

    Attributes:
        traced: whether somebody was let go of since they were rewritten.
    """

    def __init__(self, database: Database, erased: ErasedBook) -> None:
        """Rewrite those of `database`, and note in `erased` of whom no trace is left."""
        self._database, self._erased = database, erased
        self.traced = False

    async def compact(self) -> None:
        """Rewrite them; `traced` again if that fails."""
        # Taken before the work: whoever leaves meanwhile is for the next time.
        self.traced = False
        try:
            number = await self._database.run(self._erased.applied)
            await self._database.tidy(thorough=True)
            await self._database.run(lambda at: self._erased.compacted(at, number))
        except BaseException:
            self.traced = True
            raise

    async def tidy(self, *, thorough: bool) -> None:
        """Rewrite them if `thorough` or anybody left a trace, else empty the write-ahead log alone."""
        if thorough or self.traced:
            await self.compact()
        else:
            await self._database.tidy(thorough=False)
