"""The statements of the store, built once and compiled once by SQLAlchemy's cache."""

from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from bot.store.batch import OUTBOX_LIFE, SEEN_LIFE, SESSION_LIFE
from bot.store.tables import outbox, seen, session

LIVES = ((session, SESSION_LIFE), (seen, SEEN_LIFE), (outbox, OUTBOX_LIFE))
"""Every table with rows that end, and how many seconds they live at most."""

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
shorten = {
    table: update(table).where(table.c.expires > bindparam("cap")).values(expires=bindparam("cap"))
    for table, _ in LIVES
}


def keep_session(insert: Any) -> Any:
    """Write a session over what was there; `insert` is the dialect's."""
    statement = insert(session)
    columns = {column.name: statement.excluded[column.name] for column in session.c}
    del columns["person"]
    return statement.on_conflict_do_update(index_elements=["person"], set_=columns)


def mark_seen(insert: Any) -> Any:
    """Remember an update id, or let it be if it is known; `insert` is the dialect's."""
    return insert(seen).on_conflict_do_nothing(index_elements=["update_id"])
