"""The statements that more than one room of the store needs, built once."""

from typing import Any

from sqlalchemy import Table, bindparam, delete, or_, select, update

from bot.store.tables import (
    campaign,
    cover,
    invitation,
    learner,
    mailing,
    outbox,
    session,
    staff,
    subscriber,
    trace,
)

drop_session = delete(session).where(session.c.person == bindparam("who"))
drop_cover = delete(cover).where(cover.c.person == bindparam("who"))
drop_trace = delete(trace).where(trace.c.person == bindparam("who"))
drop_learner = delete(learner).where(learner.c.person == bindparam("who"))
drop_subscriber = delete(subscriber).where(subscriber.c.person == bindparam("who"))
# Campaigns are few, and named first they let the key of `mailing` find her rows among a million.
drop_mailings_of = delete(mailing).where(
    mailing.c.campaign.in_(select(campaign.c.id)), mailing.c.person == bindparam("who")
)
# What she wrote or allowed stays, and nobody wrote or allowed it: so it can never begin.
unname_author = update(campaign).where(campaign.c.author == bindparam("who")).values(author=b"")
unname_approver = (
    update(campaign).where(campaign.c.approver == bindparam("who")).values(approver=b"")
)
# A correction that nobody wrote would be the operator's, so hers goes: what was approved before stays.
drop_corrections_of = (
    update(campaign)
    .where(or_(campaign.c.corrector == bindparam("who"), campaign.c.confirmer == bindparam("who")))
    .values(correction=b"", corrector=b"", confirmer=b"", corrects=0, words=b"")
)
drop_role = delete(staff).where(staff.c.person == bindparam("who"))
drop_invitation = delete(invitation).where(invitation.c.person == bindparam("who"))
drop_replies_of = delete(outbox).where(outbox.c.person == bindparam("who"))


def put(insert: Any, table: Table) -> Any:
    """Write a row over the one of the same key, if there is one; `insert` is the dialect's."""
    statement = insert(table)
    columns = {
        column.name: statement.excluded[column.name] for column in table.c if not column.primary_key
    }
    return statement.on_conflict_do_update(index_elements=table.primary_key, set_=columns)
