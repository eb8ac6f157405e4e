"""The whole schema. What is not listed here is not stored; `docs/data.md` shows this list."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

HEAD = "0002"
"""The migration that `metadata` describes."""

metadata = MetaData()

# SQLite keeps a table in the order of an INTEGER key without a second index, which would hold
# a second copy of every key to be erased.
_Id = BigInteger().with_variant(Integer(), "sqlite")

_EPOCH = "epoch HMAC of the Telegram id"
_SEALED = "AES-256-GCM under the epoch key"
_SHORT = "30 minutes at sensitive places, else 24 hours"
_WAITING = "until delivered, 48 hours at most"
_YEAR = "1 year"
_ABOUT = "what the screen is about, the town she named, what she said she needs: words of ours"


def _column(
    name: str,
    kind: TypeEngine[Any],
    purpose: str,
    *,
    life: str,
    key: str = "none",
    **constraints: bool,
) -> Column[Any]:
    info = {"purpose": purpose, "key": key, "life": life}
    options: dict[str, Any] = {"nullable": False, "autoincrement": False} | constraints
    return Column(name, kind, info=info, **options)


session = Table(
    "session",
    metadata,
    _column("person", LargeBinary(), "whose it is", key=_EPOCH, life=_SHORT, primary_key=True),
    _column("place", Text(), "the node on her screen", life=_SHORT),
    _column("language", Text(), "the language she reads", life=_SHORT),
    _column("country", Text(), "the country she chose", life=_SHORT),
    _column("after", Text(), "the node she was on her way to", life=_SHORT),
    _column("told", Boolean(), "she has seen what is kept", life=_SHORT),
    _column("expires", BigInteger(), "end of the row's life, epoch seconds", life=_SHORT),
    _column("about", LargeBinary(), _ABOUT, key=_SEALED, life="30 minutes", nullable=True),
    sqlite_with_rowid=False,
)

seen = Table(
    "seen",
    metadata,
    _column("update_id", _Id, "an update already applied", life="48 hours", primary_key=True),
    _column("expires", BigInteger(), "end of the row's life, epoch seconds", life="48 hours"),
)

outbox = Table(
    "outbox",
    metadata,
    _column("id", _Id, "the order of sending", life=_WAITING, primary_key=True),
    _column("person", LargeBinary(), "whose reply it is", key=_EPOCH, life=_WAITING),
    _column("chat", LargeBinary(), "the chat to send it to", key=_SEALED, life=_WAITING),
    _column(
        "message",
        LargeBinary(),
        "the message to edit or remove",
        key=_SEALED,
        life=_WAITING,
        nullable=True,
    ),
    _column("kind", Text(), "show, card, venue, remove or note", life=_WAITING),
    _column("place", Text(), "the node to show", life=_WAITING),
    _column("lead", Text(), "the key of the line above the screen", life=_WAITING),
    _column("language", Text(), "the language to render it in", life=_WAITING),
    _column("country", Text(), "the country it was decided for", life=_WAITING),
    _column("told", Boolean(), "she has seen what is kept", life=_WAITING),
    _column("attempts", SmallInteger(), "how often it may have reached her", life=_WAITING),
    _column(
        "expires", BigInteger(), "when it must no longer be shown, epoch seconds", life=_WAITING
    ),
    _column(
        "about",
        LargeBinary(),
        _ABOUT,
        key=_SEALED,
        life="until delivered, 30 minutes at most",
        nullable=True,
    ),
)

gap = Table(
    "gap",
    metadata,
    _column(
        "week", BigInteger(), "its Monday, in days since 1970-01-01", life=_YEAR, primary_key=True
    ),
    _column("region", Text(), "where something was looked for", life=_YEAR, primary_key=True),
    _column("sector", Text(), "what was looked for", life=_YEAR, primary_key=True),
    _column(
        "count",
        Integer(),
        "how often nothing known was near, with a random number added once",
        life=_YEAR,
    ),
    sqlite_with_rowid=False,
)
