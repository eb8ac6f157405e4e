"""Turns of people who do not exist, to fill a store with."""

from bot.engine.replies import Card, Note, Remove, Show
from bot.engine.session import Session
from bot.store.batch import HOUR, Batch, Kept, Outgoing

REPLIES = (Show("help.numbers", "line", "kind"), Card("help.numbers", "line"), Remove(), Note())
SESSION = Session("help.numbers", "kk", "line", "kz", "home", told=True)


def outgoing(user_id, now, reply=REPLIES[0], **facts):
    return Outgoing(user_id, user_id, reply, "kk", int(now) + HOUR, **facts)


def turns(user_ids, now, first_update=1):
    """One turn of each person: a session, an applied update and a reply with a message id."""
    user_ids = list(user_ids)
    return Batch(
        sessions={user_id: Kept(SESSION, int(now) + HOUR) for user_id in user_ids},
        seen=range(first_update, first_update + len(user_ids)),
        replies=[outgoing(user_id, now, message_id=user_id + 1) for user_id in user_ids],
    )
