"""One row for each message of a campaign to a reader: whose it is by now, and what waits."""

from collections.abc import Collection

from sqlalchemy import (
    BindParameter,
    Connection,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from bot.campaigns.audience import LEAST
from bot.store.letters import LEASE, Letter
from bot.store.prepared import Prepared
from bot.store.tables import mailing, subscriber

_UNTOUCHED = 2
"""Seconds from its claim on for which a lease is not renewed: hardly a letter is under way so long."""

_CAMPAIGN: BindParameter[str] = bindparam("which")
_PERSON: BindParameter[bytes] = bindparam("who")
of_it = mailing.c.campaign == _CAMPAIGN
hers = (of_it, mailing.c.person == _PERSON)
# A message that has arrived is due only while it is lent out, to be taken back or corrected.
waiting = (of_it, mailing.c.due.is_not(None), mailing.c.message.is_(None))
beside = select(
    mailing.c.person.label("whose"), mailing.c.attempts, mailing.c.message, *subscriber.c
).join_from(mailing, subscriber, mailing.c.person == subscriber.c.person, isouter=True)
put_off = (
    update(mailing)
    .where(*hers)
    .values(due=bindparam("when"), attempts=bindparam("times"), at=bindparam("moment"))
)
drop_letter = Prepared(delete(mailing).where(*hers))

_once_more = (
    update(mailing)
    .where(*hers, mailing.c.due.is_not(None), mailing.c.attempts == bindparam("was"))
    .values(due=bindparam("when"), attempts=bindparam("times"))
)
_renew = (
    update(mailing)
    .where(of_it, mailing.c.person.in_(bindparam("people", expanding=True)))
    .where(mailing.c.due.is_not(None))
    .values(due=bindparam("when"))
)
_soonest = select(func.min(mailing.c.due)).where(*waiting)
_unsettled = select(mailing.c.person).where(*waiting).limit(1)
_latest = (
    select(mailing.c.due)
    .where(*waiting)
    .order_by(mailing.c.due.desc())
    .offset(bindparam("besides"))
    .limit(1)
)
_stands = (
    select(mailing.c.person)
    .where(of_it)
    .where(
        or_(
            mailing.c.message.is_not(None),
            and_(mailing.c.attempts > 0, mailing.c.due > bindparam("now")),
        )
    )
    .limit(1)
)
_give_up = delete(mailing).where(
    *waiting, or_(mailing.c.attempts == 0, mailing.c.due <= bindparam("now"))
)
_some = select(mailing.c.person).where(of_it).order_by(mailing.c.person).limit(bindparam("most"))
_clear = delete(mailing).where(of_it, mailing.c.person <= _PERSON)


class MailingBook:
    """Keeps the rows of `mailing`, each within the caller's transaction.

    A row comes with the claim of a letter: it is due when its lease runs out, so that whatever
    becomes of the process somebody else takes it up then. A row that is settled is due no more.
    """

    def renew(self, connection: Connection, letters: Collection[Letter], now: int) -> None:
        """Keep the leases of letters that are under way for long."""
        long = [one for one in letters if now - one.claimed > _UNTOUCHED]
        for id_ in {one.campaign for one in long}:
            people = [one.person for one in long if one.campaign == id_]
            values = {"which": id_, "people": people, "when": now + LEASE}
            connection.execute(_renew, values)

    def once_more(self, connection: Connection, letter: Letter, now: int) -> bool:
        """Count the second try of a letter; False where it is no longer this claim's to send."""
        values = {"which": letter.campaign, "who": letter.person, "when": now + LEASE}
        values |= {"was": letter.attempts - 1, "times": letter.attempts}
        return bool(connection.execute(_once_more, values).rowcount)

    def has_due(self, connection: Connection, id_: str, now: int) -> bool:
        """Tell whether a letter of a campaign waits to be taken up by now."""
        soonest = connection.execute(_soonest, {"which": id_}).scalar_one_or_none()
        return soonest is not None and soonest <= now

    def waits(self, connection: Connection, id_: str) -> bool:
        """Tell whether a letter of a campaign is not settled."""
        return connection.execute(_unsettled, {"which": id_}).first() is not None

    def waits_until(self, connection: Connection, id_: str) -> int:
        """Tell until when some of those wait who were put off, as many as may be told; 0 for fewer."""
        values = {"which": id_, "besides": LEAST - 1}
        return connection.execute(_latest, values).scalar_one_or_none() or 0

    def stands(self, connection: Connection, id_: str, now: int) -> bool:
        """Tell whether a message stands in a chat, or is on its way to one."""
        return connection.execute(_stands, {"which": id_, "now": now}).first() is not None

    def give_up(self, connection: Connection, id_: str, now: int) -> int:
        """Let go of the letters of a campaign that nobody is sending; how many there were."""
        return connection.execute(_give_up, {"which": id_, "now": now}).rowcount

    def clear(self, connection: Connection, id_: str, most: int) -> bool:
        """Let go of some rows of a campaign; whether there were any."""
        people = connection.execute(_some, {"which": id_, "most": most}).scalars().all()
        if people:
            connection.execute(_clear, {"which": id_, "who": people[-1]})
        return bool(people)
