"""How sessions and replies lie in their rows: where somebody stands and what of is sealed."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Row

from bot.engine.replies import (
    Card,
    Leave,
    Note,
    PassOn,
    Picture,
    Recording,
    Remove,
    Reply,
    Sample,
    Show,
    Venue,
)
from bot.engine.session import Session
from bot.errors import StoreError
from bot.store.batch import Outgoing, Pending
from bot.store.ciphers import Cipher

_UNSPOKEN = "heard"
"""A line that begins so answers what her words were taken for, which is never stored."""

_PLACED: Final[Mapping[str, type[Card | Venue | Recording | Picture | Sample]]] = {
    "card": Card,
    "venue": Venue,
    "recording": Recording,
    "picture": Picture,
    "sample": Sample,
}
_BARE: Final[Mapping[str, type[Remove | PassOn | Note]]] = {
    "remove": Remove,
    "pass_on": PassOn,
    "note": Note,
}
"""Replies that say where they were asked for, and those that are all alike, by their words in a row."""


def session_row(person: bytes, session: Session, expires: int, cipher: Cipher) -> dict[str, Any]:
    """The row of a session under its pseudonym, without what was heard and without the cover."""
    return {
        "person": person,
        "language": session.language,
        "country": session.country,
        "told": session.told,
        "expires": expires,
        "about": cipher.seal_words("session", "about", person, words_of(session)),
    }


def session_of(row: Row[Any], cipher: Cipher) -> Session:
    """The session of a row; what cannot be read is empty, her place as well."""
    try:
        words = cipher.open_words("session", "about", bytes(row.person), row.about)
    except StoreError:  # she is met at the start, in her language: better than no answer
        return Session("", row.language, country=row.country, told=row.told)
    return session_from(words, row.language, row.country, told=row.told)


def words_of(session: Session) -> list[str]:
    """What is sealed of a session: everything but its language, country and whether she was told."""
    return [session.place, session.after, str(session.idle), *_about(session)]


def session_from(words: list[str], language: str, country: str, *, told: bool) -> Session:
    """The session that `words_of` and these three facts were taken from."""
    place, after, idle, item, town, *said = words
    return Session(
        place=place,
        language=language,
        item=item,
        country=country,
        after=after,
        told=told,
        town=town,
        said=tuple(said),
        idle=int(idle),
    )


def outbox_row(
    number: int, person: bytes, outgoing: Outgoing, cipher: Cipher, expires: int
) -> dict[str, Any]:
    """The row of a waiting reply; its chat and message and all it says are sealed.

    Raises:
        ValueError: it is no message but a leave, which only the ledger is told of.
    """
    message, words = outgoing.message_id, _words_of_reply(outgoing)
    return {
        "id": number,
        "person": person,
        "chat": cipher.seal("outbox", "chat", number, outgoing.chat_id),
        "message": (None if message is None else cipher.seal("outbox", "message", number, message)),
        "language": outgoing.language,
        "country": outgoing.country,
        "told": outgoing.told,
        "attempts": outgoing.attempts,
        "expires": expires,
        "about": cipher.seal_words("outbox", "about", number, words),
    }


def pending_of(row: Row[Any], cipher: Cipher) -> Pending:
    """The waiting reply of a row.

    Raises:
        StoreError: it cannot be read: its key is gone, a seal is broken, its kind is unknown.
    """
    message = row.message
    kind, place, lead, idle, item, town, *said = cipher.open_words(
        "outbox", "about", row.id, row.about
    )
    return Pending(
        id=row.id,
        person=bytes(row.person),
        chat_id=cipher.open("outbox", "chat", row.id, row.chat),
        reply=_reply(kind, place, lead, item),
        language=row.language,
        expires=row.expires,
        country=row.country,
        told=row.told,
        town=town,
        said=tuple(said),
        idle=int(idle),
        message_id=None if message is None else cipher.open("outbox", "message", row.id, message),
        attempts=row.attempts,
    )


def tells(one: Session | Outgoing | Pending) -> bool:
    """Tell whether it says what of or where in the world, which lives shorter than the rest may."""
    return any(_about(one))


def _words_of_reply(outgoing: Outgoing) -> list[str]:
    return [*_kind(outgoing.reply), str(outgoing.idle), *_about(outgoing)]


def _about(one: Session | Outgoing | Pending) -> list[str]:
    item: str = one.item if isinstance(one, Session) else getattr(one.reply, "item", "")
    return [item, one.town, *one.said]


def _kind(reply: Reply) -> tuple[str, str, str]:
    match reply:
        case Show(place, _, lead):
            return "show", place, "" if lead.startswith(_UNSPOKEN) else lead
        case Leave():
            raise ValueError("a leave is no message: tell the ledger, with Batch.traced")
        case Remove() | PassOn() | Note():
            return next(kind for kind, one in _BARE.items() if one is type(reply)), "", ""
        case Card() | Venue() | Recording() | Picture() | Sample():
            kind = next(kind for kind, one in _PLACED.items() if one is type(reply))
            return kind, reply.place, ""


def _reply(kind: str, place: str, lead: str, item: str) -> Reply:
    if kind == "show":
        return Show(place, item, lead)
    if kind in _PLACED:
        return _PLACED[kind](place, item)
    if kind in _BARE:
        return _BARE[kind]()
    raise StoreError("A waiting reply is of a kind this version does not know.")
