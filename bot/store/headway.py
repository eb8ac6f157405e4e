"""How many messages of a campaign arrived in which quarter of an hour, and when it was paused."""

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.campaigns.headway import Stretch, merged, quarter
from bot.store.prepared import Prepared
from bot.store.tables import headway

_of = headway.c.campaign == bindparam("which")
_load = (
    select(headway.c.quarter, headway.c.until, headway.c.sent, headway.c.paused)
    .where(_of)
    .order_by(headway.c.quarter, headway.c.paused)
)
_more = Prepared(
    update(headway)
    .where(_of, headway.c.quarter == bindparam("then"), headway.c.paused.is_(False))
    .values(sent=headway.c.sent + bindparam("more"))
)
_paused = _load.where(headway.c.paused, headway.c.quarter == bindparam("then"))
_latest = select(func.max(headway.c.quarter)).where(_of, headway.c.paused).scalar_subquery()
_resumed = (
    update(headway)
    .where(_of, headway.c.paused, headway.c.quarter == _latest)
    .where(headway.c.quarter <= bindparam("then"))  # the clock may have been set back meanwhile
    .values(until=bindparam("then"))
)
_clear = delete(headway).where(_of)


class HeadwayBook:
    """Keeps the rows of `headway`, each within the caller's transaction, which has locked the campaign."""

    def count(self, connection: Connection, id_: str, more: int, now: int) -> None:
        """Add messages that arrived by `now`, epoch seconds."""
        then = quarter(now)
        if not _more.run(connection, {"which": id_, "then": then, "more": more}):
            self._put(connection, id_, Stretch(then, then, more))

    def pause(self, connection: Connection, id_: str, now: float) -> None:
        """Note that nothing goes out from `now` on, epoch seconds."""
        then = quarter(now)
        if connection.execute(_paused, {"which": id_, "then": then}).first() is None:
            self._put(connection, id_, Stretch(then, then, paused=True))

    def resume(self, connection: Connection, id_: str, now: float) -> None:
        """Note that the last pause ended at `now`, epoch seconds."""
        connection.execute(_resumed, {"which": id_, "then": quarter(now)})

    def load(self, connection: Connection, id_: str) -> list[Stretch]:
        """Read all that is known of a campaign, in order."""
        return [Stretch(*row) for row in connection.execute(_load, {"which": id_})]

    def merge(self, connection: Connection, id_: str) -> None:
        """Keep nothing that is of a few: to be called once all of a campaign has been sent."""
        kept = self.load(connection, id_)
        connection.execute(_clear, {"which": id_})
        self._put(connection, id_, *merged(kept), *(one for one in kept if one.paused))

    def _put(self, connection: Connection, id_: str, *stretches: Stretch) -> None:
        rows = [
            {
                "campaign": id_,
                "quarter": one.first,
                "paused": one.paused,
                "until": one.last,
                "sent": one.sent,
            }
            for one in stretches
        ]
        if rows:
            connection.execute(insert(headway), rows)
