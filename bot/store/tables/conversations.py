"""Conversations: where they stand, what waits to be said, what is to be cleared. Gone in two days."""

from sqlalchemy import BigInteger, Boolean, LargeBinary, SmallInteger, Table, Text

from bot.store.tables.columns import END, EPOCH, ID, SEALED, column, metadata

_SHORT = "30 minutes at sensitive places, else 24 hours"
_WAITING = "until delivered, 48 hours at most"
_TRACED = "until the chat is cleared, 48 hours at most"
_COVERED = "24 hours after her last doing"
_LEFT = "until taken up, 30 minutes at most"
_PLAYED = "until the podium, 3 hours at most"
_ABOUT = (
    "the screen, what it is about, the town she named, what she said she needs: words of ours; "
    "filled up to a common length"
)

session = Table(
    "session",
    metadata,
    column("person", LargeBinary(), "whose it is", key=EPOCH, life=_SHORT, primary_key=True),
    column("language", Text(), "the language she reads", life=_SHORT),
    column("country", Text(), "the country she chose", life=_SHORT),
    column("told", Boolean(), "she has seen what is kept", life=_SHORT),
    column("expires", BigInteger(), END, life=_SHORT),
    column("about", LargeBinary(), _ABOUT, key=SEALED, life=_SHORT),
    sqlite_with_rowid=False,
)

seen = Table(
    "seen",
    metadata,
    column("update_id", ID, "an update already applied", life="48 hours", primary_key=True),
    column("expires", BigInteger(), END, life="48 hours"),
)

outbox = Table(
    "outbox",
    metadata,
    column("id", ID, "the order of sending", life=_WAITING, primary_key=True),
    column("person", LargeBinary(), "whose reply it is", key=EPOCH, life=_WAITING),
    column("chat", LargeBinary(), "the chat to send it to", key=SEALED, life=_WAITING),
    column(
        "message",
        LargeBinary(),
        "the message to edit or remove",
        key=SEALED,
        life=_WAITING,
        nullable=True,
    ),
    column("language", Text(), "the language to render it in", life=_WAITING),
    column("country", Text(), "the country it was decided for", life=_WAITING),
    column("told", Boolean(), "she has seen what is kept", life=_WAITING),
    column("attempts", SmallInteger(), "how often it may have reached her", life=_WAITING),
    column(
        "expires", BigInteger(), "when it must no longer be shown, epoch seconds", life=_WAITING
    ),
    column("about", LargeBinary(), _ABOUT, key=SEALED, life=_WAITING),
)

trace = Table(
    "trace",
    metadata,
    column("person", LargeBinary(), "whose chat it is", key=EPOCH, life=_TRACED, primary_key=True),
    column("due", BigInteger(), "when the chat is to be cleared, epoch seconds", life=_TRACED),
    column("expires", BigInteger(), END, life=_TRACED),
    column(
        "ledger",
        LargeBinary(),
        "the chat; number, time and side of each message in it, never a word of it; the neutral "
        "screen that stays and its language; filled up to a multiple of 512 bytes",
        key=SEALED,
        life=_TRACED,
    ),
    sqlite_with_rowid=False,
)

cover = Table(
    "cover",
    metadata,
    column("person", LargeBinary(), "whose it is", key=EPOCH, life=_COVERED, primary_key=True),
    column("expires", BigInteger(), END, life=_COVERED),
    column(
        "about",
        LargeBinary(),
        "a slow hash of her phrase with its salt, whether it was confirmed, the language; filled "
        "up to a common length",
        key=SEALED,
        life=_COVERED,
    ),
    sqlite_with_rowid=False,
)

pickup = Table(
    "pickup",
    metadata,
    column(
        "phrase",
        LargeBinary(),
        "what she types on another phone",
        key="epoch HMAC of the words",
        life=_LEFT,
        primary_key=True,
    ),
    column("expires", BigInteger(), END + ", on a whole minute", life=_LEFT),
    column(
        "about",
        LargeBinary(),
        "what a session holds, and nothing of whose it is; filled up to a common length",
        key=SEALED,
        life=_LEFT,
    ),
    sqlite_with_rowid=False,
)

game = Table(
    "game",
    metadata,
    column(
        "place",
        LargeBinary(),
        "the group a live quiz goes on in",
        key="epoch HMAC of the group's id",
        life=_PLAYED,
        primary_key=True,
    ),
    column("expires", BigInteger(), END, life=_PLAYED),
    column(
        "about",
        LargeBinary(),
        "the group, the quiz and where it stands; of each player the first name, points and time, "
        "under an HMAC keyed by a random salt of this game; filled up to a common length",
        key=SEALED,
        life=_PLAYED,
    ),
    sqlite_with_rowid=False,
)
