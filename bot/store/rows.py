"""How sessions and replies lie in their rows."""

from typing import Any

from sqlalchemy import Row

from bot.engine.replies import Card, Note, Remove, Reply, Show
from bot.engine.session import Session
from bot.errors import StoreError
from bot.store.batch import Outgoing, Pending
from bot.store.ciphers import Cipher


def session_row(person: bytes, session: Session, expires: int) -> dict[str, Any]:
    """The row of a session under its pseudonym."""
    return {
        "person": person,
        "place": session.place,
        "item": session.item,
        "language": session.language,
        "country": session.country,
        "after": session.after,
        "told": session.told,
        "expires": expires,
    }


def session_of(row: Row[Any]) -> Session:
    """The session of a row."""
    return Session(
        place=row.place,
        item=row.item,
        language=row.language,
        country=row.country,
        after=row.after,
        told=row.told,
    )


def outbox_row(
    number: int, person: bytes, outgoing: Outgoing, cipher: Cipher, expires: int
) -> dict[str, Any]:
    """The row of a waiting reply, its chat and message sealed."""
    kind, place, item, lead = _columns(outgoing.reply)
    message = outgoing.message_id
    return {
        "id": number,
        "person": person,
        "chat": cipher.seal("outbox", "chat", number, outgoing.chat_id),
        "message": (None if message is None else cipher.seal("outbox", "message", number, message)),
        "kind": kind,
        "place": place,
        "item": item,
        "lead": lead,
        "language": outgoing.language,
        "country": outgoing.country,
        "told": outgoing.told,
        "attempts": outgoing.attempts,
        "expires": expires,
    }


def pending_of(row: Row[Any], cipher: Cipher) -> Pending:
    """The waiting reply of a row.

    Raises:
        StoreError: it cannot be read: its key is gone, a seal is broken, its kind is unknown.
    """
    message = row.message
    return Pending(
        id=row.id,
        person=bytes(row.person),
        chat_id=cipher.open("outbox", "chat", row.id, row.chat),
        reply=_reply(row),
        language=row.language,
        expires=row.expires,
        country=row.country,
        told=row.told,
        message_id=None if message is None else cipher.open("outbox", "message", row.id, message),
        attempts=row.attempts,
    )


def _columns(reply: Reply) -> tuple[str, str, str, str]:
    match reply:
        case Show(place, item, lead):
            return "show", place, item, lead
        case Card(place, item):
            return "card", place, item, ""
        case Remove():
            return "remove", "", "", ""
        case Note():
            return "note", "", "", ""


def _reply(row: Row[Any]) -> Reply:
    match row.kind:
        case "show":
            return Show(row.place, row.item, row.lead)
        case "card":
            return Card(row.place, row.item)
        case "remove":
            return Remove()
        case "note":
            return Note()
    raise StoreError("A waiting reply is of a kind this version does not know.")
