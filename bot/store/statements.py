"""The statements of the store, built once and compiled once by SQLAlchemy's cache."""

from typing import Any

from sqlalchemy import bindparam, delete, func, select, true, update

from bot.store.batch import ABOUT_LIFE, OUTBOX_LIFE, SEEN_LIFE, SESSION_LIFE
from bot.store.tables import gap, outbox, seen, session

LIVES = ((session, SESSION_LIFE), (seen, SEEN_LIFE), (outbox, OUTBOX_LIFE))
"""Every table with rows that end at a second, and how many seconds they live at most."""

load_sessions = select(session).where(
    session.c.person.in_(bindparam("people", expanding=True)), session.c.expires > bindparam("now")
)
load_seen = select(seen.c.update_id).where(
    seen.c.update_id.in_(bindparam("ids", expanding=True)), seen.c.expires > bindparam("now")
)
load_outbox = select(outbox).order_by(outbox.c.id)
last_reply = select(func.max(outbox.c.id))

drop_session = delete(session).where(session.c.person == bindparam("who"))
drop_replies_of = delete(outbox).where(outbox.c.person == bindparam("who"))
drop_replies_until = delete(outbox).where(
    outbox.c.person == bindparam("who"), outbox.c.id <= bindparam("until")
)
drop_reply = delete(outbox).where(outbox.c.id == bindparam("which"))
count_attempts = (
    update(outbox).where(outbox.c.id == bindparam("which")).values(attempts=bindparam("times"))
)
add_reply = outbox.insert()

end = {table: delete(table).where(table.c.expires <= bindparam("now")) for table, _ in LIVES}
shorten = [
    (
        update(table)
        .where(condition, table.c.expires > bindparam("cap"))
        .values(expires=bindparam("cap")),
        life,
    )
    for table, condition, life in (
        *((table, true(), life) for table, life in LIVES),
        *((table, table.c.about.is_not(None), ABOUT_LIFE) for table in (session, outbox)),
    )
]
"""How rows are cut that a wrong clock gave too long a life, and to how many seconds from now."""

end_gaps = delete(gap).where(~gap.c.week.between(bindparam("first"), bindparam("last")))
load_gaps = (
    select(gap)
    .where(gap.c.week >= bindparam("since"), gap.c.week < bindparam("until"))
    .order_by(gap.c.week, gap.c.region, gap.c.sector)
)


def keep_session(insert: Any) -> Any:
    """Write a session over what was there; `insert` is the dialect's."""
    statement = insert(session)
    columns = {column.name: statement.excluded[column.name] for column in session.c}
    del columns["person"]
    return statement.on_conflict_do_update(index_elements=["person"], set_=columns)


def mark_seen(insert: Any) -> Any:
    """Remember an update id, or let it be if it is known; `insert` is the dialect's."""
    return insert(seen).on_conflict_do_nothing(index_elements=["update_id"])


def add_gaps(insert: Any) -> Any:
    """Count `more` searches in their cell, or begin it with `count`; `insert` is the dialect's."""
    return insert(gap).on_conflict_do_update(
        index_elements=gap.primary_key, set_={"count": gap.c.count + bindparam("more")}
    )


def begin_gaps(insert: Any) -> Any:
    """Begin cells of which there is nothing yet; `insert` is the dialect's."""
    return insert(gap).on_conflict_do_nothing(index_elements=gap.primary_key)
