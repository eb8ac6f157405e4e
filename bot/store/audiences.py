"""Whom an audience means among those who get news: how many they are, and who comes next."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, or_, select, true
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from bot.campaigns.audience import Audience
from bot.campaigns.campaign import Campaign
from bot.store.prepared import Prepared
from bot.store.tables import subscriber

_SLICE, _SLICE_MOST = 32, 4096
"""Subscribers looked at in one query: few where most are meant, more where few are."""

_after = (
    select(subscriber.c.person)
    .where(subscriber.c.person > bindparam("cursor"))
    .order_by(subscriber.c.person)
    .offset(bindparam("skipped"))
    .limit(1)
)


def count_meant(connection: Connection, audience: Audience) -> int:
    """Count those of an audience."""
    counted = select(func.count()).select_from(subscriber).where(_meant(audience, subscriber.c))
    return int(connection.execute(counted).scalar_one())


def count_readers(connection: Connection, one: Campaign, audience: Audience) -> int:
    """Count those of an audience who can read a campaign."""
    try:
        return count_meant(connection, one.heard_by(audience))
    except ValueError:  # nobody reads any of its languages
        return 0


class Slices:
    """Looks for readers in the order of their names, in a slice of all subscribers at a time."""

    def __init__(self) -> None:
        """Begin with small slices."""
        self._sizes: dict[str, int] = {}

    def after(
        self, connection: Connection, id_: str, audience: Audience, cursor: bytes, most: int
    ) -> tuple[Sequence[Row[Any]], bytes | None]:
        """Read up to `most` readers of campaign `id_` after the cursor.

        Returns:
            Their rows, and where to go on from; None where nobody is left.
        """
        size = max(self._sizes.get(id_, _SLICE), most)
        values = {"cursor": cursor, "size": size, "most": most}
        rows = _slice(audience).rows(connection, values)
        if len(rows) == most:
            self._sizes[id_] = max(size // 2, _SLICE)
            return rows, bytes(rows[-1].person)
        # Whoever of the slice is meant has a turn now; the next slice begins after it.
        self._sizes[id_] = min(size * 2, _SLICE_MOST)
        skipped = {"cursor": cursor, "skipped": size - 1}
        last = connection.execute(_after, skipped).scalar_one_or_none()
        return rows, None if last is None else bytes(last)


def _meant(audience: Audience, of: ReadOnlyColumnCollection[str, Any]) -> ColumnElement[bool]:
    """Say in the database's words whom `Audience.holds`."""
    narrowed = [
        or_(*(of[name] == word for word in sorted(words)))  # IN would be written anew each time
        for name, words in (
            ("language", audience.languages),
            ("country", audience.countries),
            ("region", audience.regions),
            ("age", audience.ages),
        )
        if words
    ]
    if audience.topics:
        listed = " " + of.topics + " "
        asked = [
            listed.contains(f" {topic} ", autoescape=True) for topic in sorted(audience.topics)
        ]
        narrowed.append(or_(of.topics == "", *asked))
    return and_(true(), *narrowed)


@lru_cache(maxsize=16)
def _slice(audience: Audience) -> Prepared:
    """Look at `size` subscribers after the cursor for `most` of those who are meant.

    Built once for each audience: that costs more than to run it.
    """
    next_ones = (
        select(subscriber)
        .where(subscriber.c.person > bindparam("cursor"))
        .order_by(subscriber.c.person)
        .limit(bindparam("size"))
        .subquery()
    )
    meant = _meant(audience, next_ones.c)
    return Prepared(
        select(next_ones).where(meant).order_by(next_ones.c.person).limit(bindparam("most"))
    )
