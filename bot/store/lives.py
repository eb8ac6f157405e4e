"""How long rows live, whatever the clock said when they were written."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from bot.errors import StoreError
from bot.learning.live.game import LIFE as GAME_LIFE
from bot.staff.invitation import LIFE as INVITATION_LIFE
from bot.store import rows
from bot.store.batch import (
    ABOUT_LIFE,
    CAMPAIGN_LIFE,
    COVER_LIFE,
    IDLE_MOST,
    LEARNER_LIFE,
    OUTBOX_LIFE,
    PICKUP_LIFE,
    SEEN_LIFE,
    SESSION_LIFE,
    TRACE_LIFE,
)
from bot.store.ciphers import Cipher
from bot.store.tables import (
    campaign,
    cover,
    game,
    headway,
    invitation,
    learner,
    outbox,
    pickup,
    seen,
    session,
    trace,
)

LIVES = (
    (session, SESSION_LIFE),
    (seen, SEEN_LIFE),
    (outbox, OUTBOX_LIFE),
    (trace, TRACE_LIFE),
    (cover, COVER_LIFE),
    (pickup, PICKUP_LIFE),
    (game, GAME_LIFE),
    (learner, LEARNER_LIFE),
    (invitation, INVITATION_LIFE),
    (campaign, CAMPAIGN_LIFE),
)
"""Every table with rows that end at a second, and how many seconds they live at most."""

_end = {table.name: delete(table).where(table.c.expires <= bindparam("now")) for table, _ in LIVES}
_end_headway = delete(headway).where(headway.c.campaign.not_in(select(campaign.c.id)))
_shorten = [
    (update(table).where(end > bindparam("cap")).values({end: bindparam("cap")}), life)
    for table, end, life in (
        *((table, table.c.expires, life) for table, life in LIVES),
        (trace, trace.c.due, IDLE_MOST),
    )
]

_READERS: tuple[tuple[Any, Callable[[Row[Any], Cipher], Any]], ...] = (
    (session, rows.session_of),
    (outbox, rows.pending_of),
)


def end_rows(connection: Connection, now: int) -> dict[str, int]:
    """Delete every row whose end has come; how many there were of each table.

    How a campaign went out ends with the campaign.
    """
    ended = {name: connection.execute(end, {"now": now}).rowcount for name, end in _end.items()}
    connection.execute(_end_headway)
    return ended


def shorten_rows(connection: Connection, now: int, cipher: Cipher, *, ahead: bool) -> None:
    """Cut what a wrong clock gave too long a life; `ahead` if the clock is known to have been.

    A row written while the clock was ahead by less than its own life does not show it. But each
    turn remembers an update id for exactly 48 hours: one that ends later gives the clock away.
    """
    for shorten, life in _shorten:
        ahead |= connection.execute(shorten, {"cap": now + life}).rowcount > 0
    if ahead:
        _shorten_telling(connection, now + ABOUT_LIFE, cipher)


def _shorten_telling(connection: Connection, cap: int, cipher: Cipher) -> None:
    """Cut rows that tell a town or what was said: they alone live so short, and only inside."""
    for table, read in _READERS:
        (key,) = table.primary_key
        late = connection.execute(select(table).where(table.c.expires > cap)).all()
        telling = [{"which": row[0]} for row in late if _tells(row, read, cipher)]
        if telling:
            cut = update(table).where(key == bindparam("which")).values(expires=cap)
            connection.execute(cut, telling)


def _tells(row: Row[Any], read: Callable[[Row[Any], Cipher], Any], cipher: Cipher) -> bool:
    try:
        return rows.tells(read(row, cipher))
    except StoreError:  # nobody can say; and nobody can use it either
        return True
