"""How sessions and replies lie in their rows."""

from typing import Any

from sqlalchemy import Row

from bot.engine.replies import Card, Note, Remove, Reply, Show, Venue
from bot.engine.session import Session
from bot.errors import StoreError
from bot.store.batch import Outgoing, Pending
from bot.store.ciphers import Cipher


def session_row(person: bytes, session: Session, expires: int, cipher: Cipher) -> dict[str, Any]:
    """The row of a session under its pseudonym; what tells where she is or what of is sealed."""
    return {
        "person": person,
        "place": session.place,
        "language": session.language,
        "country": session.country,
        "after": session.after,
        "told": session.told,
        "expires": expires,
        "about": _sealed("session", person, _about(session), cipher),
    }


def session_of(row: Row[Any], cipher: Cipher) -> Session:
    """The session of a row; what cannot be read is empty."""
    item, town, said = _opened("session", bytes(row.person), row.about, cipher)
    return Session(
        place=row.place,
        item=item,
        language=row.language,
        country=row.country,
        after=row.after,
        told=row.told,
        town=town,
        said=said,
    )


def outbox_row(
    number: int, person: bytes, outgoing: Outgoing, cipher: Cipher, expires: int
) -> dict[str, Any]:
    """The row of a waiting reply; its chat and message and what it is about are sealed."""
    kind, place, lead = _columns(outgoing.reply)
    message = outgoing.message_id
    return {
        "id": number,
        "person": person,
        "chat": cipher.seal("outbox", "chat", number, outgoing.chat_id),
        "message": (None if message is None else cipher.seal("outbox", "message", number, message)),
        "kind": kind,
        "place": place,
        "lead": lead,
        "language": outgoing.language,
        "country": outgoing.country,
        "told": outgoing.told,
        "attempts": outgoing.attempts,
        "expires": expires,
        "about": _sealed("outbox", number, _about(outgoing), cipher),
    }


def pending_of(row: Row[Any], cipher: Cipher) -> Pending:
    """The waiting reply of a row; of what it is about, what cannot be read is empty.

    Raises:
        StoreError: it cannot be read: its key is gone, a seal is broken, its kind is unknown.
    """
    message = row.message
    item, town, said = _opened("outbox", row.id, row.about, cipher)
    return Pending(
        id=row.id,
        person=bytes(row.person),
        chat_id=cipher.open("outbox", "chat", row.id, row.chat),
        reply=_reply(row, item),
        language=row.language,
        expires=row.expires,
        country=row.country,
        told=row.told,
        town=town,
        said=said,
        message_id=None if message is None else cipher.open("outbox", "message", row.id, message),
        attempts=row.attempts,
    )


def tells(one: Session | Outgoing) -> bool:
    """Tell whether it says where she is or what of, which lives shorter than the rest may."""
    return any(_about(one))


def _about(one: Session | Outgoing) -> list[str]:
    item: str = one.item if isinstance(one, Session) else getattr(one.reply, "item", "")
    return [item, one.town, *one.said]


def _sealed(table: str, which: int | bytes, about: list[str], cipher: Cipher) -> bytes | None:
    return cipher.seal_words(table, "about", which, about) if any(about) else None


def _opened(
    table: str, which: int | bytes, sealed: bytes | None, cipher: Cipher
) -> tuple[str, str, tuple[str, ...]]:
    if sealed is None:
        return "", "", ()
    try:
        item, town, *said = cipher.open_words(table, "about", which, sealed)
    except StoreError:  # she is asked once more, which is better than no answer
        return "", "", ()
    return item, town, tuple(said)


def _columns(reply: Reply) -> tuple[str, str, str]:
    match reply:
        case Show(place, _, lead):
            return "show", place, lead
        case Card(place):
            return "card", place, ""
        case Venue(place):
            return "venue", place, ""
        case Remove():
            return "remove", "", ""
        case Note():
            return "note", "", ""


def _reply(row: Row[Any], item: str) -> Reply:
    match row.kind:
        case "show":
            return Show(row.place, item, row.lead)
        case "card":
            return Card(row.place, item)
        case "venue":
            return Venue(row.place, item)
        case "remove":
            return Remove()
        case "note":
            return Note()
    raise StoreError("A waiting reply is of a kind this version does not know.")
