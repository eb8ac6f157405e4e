"""Turns of people who do not exist, to fill a store with."""

import random
from dataclasses import replace

from bot.engine.replies import Card, Note, Picture, Recording, Remove, Sample, Show, Venue
from bot.engine.session import Cover, Session
from bot.store.batch import HOUR, Batch, Kept, Outgoing, Trace, Traced

REPLIES = (
    Show("help.numbers", lead="kind"),
    Show("help.numbers", "line"),
    Card("help.numbers", "line"),
    Venue("help.places", "service"),
    Recording("help.places", "audio"),
    Sample("campaigns", "ab+cd+ef+gh+kk"),
    Picture("play", "quiz+aa+bb"),
    Remove(),
    Note(),
)
SESSION = Session("help.numbers", "kk", "", "kz", "home", told=True)
COVERED = replace(SESSION, cover=Cover(b"salt" * 4, b"digest" * 4, confirmed=True))
TOWN, FLAGS = "kz-karaganda-temirtau", ("children", "hurt", "no_police")
TOLD = Session("help.places", "kk", "line", "kz", "", told=True, town=TOWN, said=FLAGS)


class Silence(random.Random):
    """Noise that is none, so that a test can count."""

    def expovariate(self, lambd=1.0):
        return 0.0 / lambd


def outgoing(user_id, now, reply=REPLIES[0], **facts):
    return Outgoing(user_id, user_id, reply, "kk", int(now) + HOUR, **facts)


def traced(user_id, *message_ids, at=None, ours=True, active=True, **facts):
    """What a doing of hers adds to the ledger of her chat: these messages, at the time of each."""
    times = [at] * len(message_ids) if isinstance(at, int | float) else at
    traces = tuple(
        Trace(message_id, int(when), ours)
        for message_id, when in zip(message_ids, times, strict=True)
    )
    return Traced(user_id, traces, "home", "kk", active=active, **facts)


def turns(user_ids, now, first_update=1):
    """One turn of each person: a session, an applied update and a reply with a message id."""
    user_ids = list(user_ids)
    return Batch(
        sessions={user_id: Kept(SESSION, int(now) + HOUR) for user_id in user_ids},
        seen=range(first_update, first_update + len(user_ids)),
        replies=[outgoing(user_id, now, message_id=user_id + 1) for user_id in user_ids],
    )
