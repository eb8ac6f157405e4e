"""Weekly counts of what was looked for in vain, none of which is ever exact.

A cell is a week, a region and a sector. It begins with a random number from the Laplace
distribution of scale 1, and is counted up from there. Whether one search happened changes the
odds of anything later read from it by a factor of e at most: differential privacy with ε = 1 a
week (Dwork and others, 2006, "Calibrating noise to sensitivity in private data analysis").

That holds only if a cell without any search has its noise too, and if no week is read twice while
it grows. So reading begins every cell that is asked for, and reads finished weeks alone.
"""

import random
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from bot.directory.gaps.counts import DAY, GapCount, monday
from bot.engine.replies import Gap
from bot.store.batch import GAP_LIFE
from bot.store.tables import gap

_EPSILON = 1.0

_end = delete(gap).where(~gap.c.week.between(bindparam("first"), bindparam("last")))
_load = (
    select(gap)
    .where(gap.c.week >= bindparam("since"), gap.c.week < bindparam("until"))
    .order_by(gap.c.week, gap.c.region, gap.c.sector)
)


class GapBook:
    """Counts, reads and ends the rows of `gap`, each within the caller's transaction."""

    def __init__(self, insert: Any, noise: random.Random) -> None:
        """Draw noise from `noise`; `insert` is the dialect's."""
        self._noise = noise
        self._count = insert(gap).on_conflict_do_update(
            index_elements=gap.primary_key, set_={"count": gap.c.count + bindparam("more")}
        )
        self._begin = insert(gap).on_conflict_do_nothing(index_elements=gap.primary_key)

    def count(self, connection: Connection, gaps: Sequence[Gap], now: float) -> None:
        """Count each of `gaps` once in the week of `now`, epoch seconds."""
        # In one order everywhere, so that two processes never wait for each other's rows.
        cells = sorted(Counter((one.region, one.sector) for one in gaps).items())
        week = monday(now)
        connection.execute(
            self._count, [self._row(week, *cell, more) | {"more": more} for cell, more in cells]
        )

    def finished(
        self,
        connection: Connection,
        since_week: int,
        cells: Collection[tuple[str, str]],
        now: float,
    ) -> list[GapCount]:
        """Every count from `since_week` on, of the weeks that had ended by `now`, in order."""
        this = monday(now)
        first = max(monday(since_week * DAY), monday(now - GAP_LIFE * DAY) + 7)
        begun = [self._row(week, *cell) for week in range(first, this, 7) for cell in cells]
        if begun:
            connection.execute(self._begin, begun)
        found = connection.execute(_load, {"since": first, "until": this})
        return [GapCount(*row) for row in found]

    def end(self, connection: Connection, now: float) -> int:
        """Delete weeks that began a year ago, or that only a wrong clock can have begun."""
        today = int(now // DAY)
        lived = {"first": today - GAP_LIFE + 1, "last": today}
        return connection.execute(_end, lived).rowcount

    def _row(self, week: int, region: str, sector: str, searches: int = 0) -> dict[str, Any]:
        count = searches + self._draw()
        return {"week": week, "region": region, "sector": sector, "count": count}

    def _draw(self) -> int:
        """A random number of the Laplace distribution, rounded: two waits, one less the other."""
        return round(self._noise.expovariate(_EPSILON) - self._noise.expovariate(_EPSILON))
