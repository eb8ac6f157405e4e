"""Weekly counts, none of which is ever exact.

A cell is a week, and the row and column of a table. It begins with a random number from the Laplace
distribution of scale 1, and is counted up from there. Whether one of them happened changes the
odds of anything later read from it by a factor of e at most: differential privacy with ε = 1 a
week (Dwork and others, 2006, "Calibrating noise to sensitivity in private data analysis").

That holds only if a cell where nothing happened has its noise too, and if no week is read twice while
it grows. So reading begins every cell that is asked for, and reads finished weeks alone.
"""

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from bot.counting.tally import Count, Kind, Tally
from bot.counting.weeks import DAY, monday
from bot.store.batch import TALLY_LIFE
from bot.store.tables import tally

_EPSILON = 1.0

_end = delete(tally).where(~tally.c.week.between(bindparam("first"), bindparam("last")))
_load = (
    select(tally.c.week, tally.c.row_id, tally.c.column_id, tally.c.count)
    .where(tally.c.kind == bindparam("kind"))
    .where(tally.c.week >= bindparam("since"), tally.c.week < bindparam("until"))
    .order_by(tally.c.week, tally.c.row_id, tally.c.column_id)
)


class TallyBook:
    """Counts, reads and ends the rows of `tally`, each within the caller's transaction."""

    def __init__(self, insert: Any, noise: random.Random) -> None:
        """Draw noise from `noise`; `insert` is the dialect's."""
        self._noise = noise
        self._count = insert(tally).on_conflict_do_update(
            index_elements=tally.primary_key, set_={"count": tally.c.count + bindparam("more")}
        )
        self._begin = insert(tally).on_conflict_do_nothing(index_elements=tally.primary_key)

    def count(self, connection: Connection, tallies: Sequence[Tally], now: float) -> None:
        """Count each of `tallies` in the week of `now`, epoch seconds."""
        # In one order everywhere, so that two processes never wait for each other's rows.
        cells: Counter[tuple[str, str, str]] = Counter()
        for one in tallies:
            cells[one.kind, one.row, one.column] += one.many
        week = monday(now)
        connection.execute(
            self._count,
            [self._row(week, *cell, more) | {"more": more} for cell, more in sorted(cells.items())],
        )

    def finished(
        self,
        connection: Connection,
        kind: Kind,
        since_week: int,
        cells: Collection[tuple[str, str]],
        now: float,
        weeks: int = TALLY_LIFE,
    ) -> list[Count]:
        """Every count of `kind` in `weeks` from `since_week` on that had ended by `now`, in order."""
        this = min(monday(now), since_week + 7 * weeks)
        first = max(monday(since_week * DAY), monday(now - TALLY_LIFE * DAY) + 7)
        begun = [self._row(week, kind, *cell) for week in range(first, this, 7) for cell in cells]
        if begun:
            connection.execute(self._begin, begun)
        found = connection.execute(_load, {"kind": kind, "since": first, "until": this})
        return [Count(*row) for row in found]

    def snapshot(
        self,
        connection: Connection,
        kind: Kind,
        week: int,
        cells: Mapping[tuple[str, str], int],
        scale: int,
    ) -> dict[tuple[str, str], int]:
        """Give counts with noise that is drawn once: asked again for this week, they are the same.

        Args:
            connection: of the caller's transaction.
            kind: what is counted; nothing else may count it.
            week: the Monday of the week it is published of, in days since 1970-01-01.
            cells: every cell that is published, with its count; what was drawn before stays.
            scale: in how many of these cells one person may be, so that ε = 1 holds for all of them.
        """
        begun = [
            {"week": week, "kind": kind, "row_id": row, "column_id": column}
            | {"count": count + self._draw(scale)}
            for (row, column), count in cells.items()
        ]
        if begun:
            connection.execute(self._begin, begun)
        found = connection.execute(_load, {"kind": kind, "since": week, "until": week + 7})
        drawn = {(row, column): count for _, row, column, count in found}
        return {cell: drawn[cell] for cell in cells}

    def end(self, connection: Connection, now: float) -> int:
        """Delete weeks that began a year ago, or that only a wrong clock can have begun."""
        today = int(now // DAY)
        lived = {"first": today - TALLY_LIFE + 1, "last": today}
        return connection.execute(_end, lived).rowcount

    def _row(self, week: int, kind: str, row: str, column: str, times: int = 0) -> dict[str, Any]:
        count = times + self._draw()
        return {"week": week, "kind": kind, "row_id": row, "column_id": column, "count": count}

    def _draw(self, scale: int = 1) -> int:
        """A random number of the Laplace distribution, rounded: two waits, one less the other."""
        rate = _EPSILON / scale
        return round(self._noise.expovariate(rate) - self._noise.expovariate(rate))
