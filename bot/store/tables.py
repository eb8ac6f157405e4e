"""The whole schema. What is not listed here is not stored; `docs/data.md` shows this list."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

HEAD = "0014"
"""The migration that `metadata` describes."""

metadata = MetaData()

# SQLite keeps a table in the order of an INTEGER key without a second index, which would hold
# a second copy of every key to be erased.
_Id = BigInteger().with_variant(Integer(), "sqlite")

_LONG = "long-term HMAC of the Telegram id"
_LONG_SEALED = "AES-256-GCM under the long-term key"
_EPOCH = "epoch HMAC of the Telegram id"
_SEALED = "AES-256-GCM under the epoch key"
_SHORT = "30 minutes at sensitive places, else 24 hours"
_WAITING = "until delivered, 48 hours at most"
_YEAR = "1 year"
_AUDITED = "1 year; the last older row stays, as the root of the chain"
_ABOUT = (
    "the screen, what it is about, the town she named, what she said she needs: words of ours; "
    "filled up to a common length"
)
_TRACED = "until the chat is cleared, 48 hours at most"
_COVERED = "24 hours after her last doing"
_LEFT = "until taken up, 30 minutes at most"
_PLAYED = "until the podium, 3 hours at most"
_LEARNT = "until a year after the last round, at most"
_SUBSCRIBED = "until she leaves, blocks the bot or is forgotten"
_ANNOUNCED = "1 year"
_SENDING = "while it sends, and until the next one begins"
_MAILED = "47 hours from the start of the campaign, or until she leaves"
_SERVING = "while she serves"
_INVITED = "until confirmed, 24 hours at most"
_END = "end of the row's life, epoch seconds"


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
    _column("language", Text(), "the language she reads", life=_SHORT),
    _column("country", Text(), "the country she chose", life=_SHORT),
    _column("told", Boolean(), "she has seen what is kept", life=_SHORT),
    _column("expires", BigInteger(), _END, life=_SHORT),
    _column("about", LargeBinary(), _ABOUT, key=_SEALED, life=_SHORT),
    sqlite_with_rowid=False,
)

seen = Table(
    "seen",
    metadata,
    _column("update_id", _Id, "an update already applied", life="48 hours", primary_key=True),
    _column("expires", BigInteger(), _END, life="48 hours"),
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
    _column("language", Text(), "the language to render it in", life=_WAITING),
    _column("country", Text(), "the country it was decided for", life=_WAITING),
    _column("told", Boolean(), "she has seen what is kept", life=_WAITING),
    _column("attempts", SmallInteger(), "how often it may have reached her", life=_WAITING),
    _column(
        "expires", BigInteger(), "when it must no longer be shown, epoch seconds", life=_WAITING
    ),
    _column("about", LargeBinary(), _ABOUT, key=_SEALED, life=_WAITING),
)

trace = Table(
    "trace",
    metadata,
    _column(
        "person", LargeBinary(), "whose chat it is", key=_EPOCH, life=_TRACED, primary_key=True
    ),
    _column("due", BigInteger(), "when the chat is to be cleared, epoch seconds", life=_TRACED),
    _column("expires", BigInteger(), _END, life=_TRACED),
    _column(
        "ledger",
        LargeBinary(),
        "the chat; number, time and side of each message in it, never a word of it; the neutral "
        "screen that stays and its language; filled up to a multiple of 512 bytes",
        key=_SEALED,
        life=_TRACED,
    ),
    sqlite_with_rowid=False,
)

cover = Table(
    "cover",
    metadata,
    _column("person", LargeBinary(), "whose it is", key=_EPOCH, life=_COVERED, primary_key=True),
    _column("expires", BigInteger(), _END, life=_COVERED),
    _column(
        "about",
        LargeBinary(),
        "a slow hash of her phrase with its salt, whether it was confirmed, the language; filled "
        "up to a common length",
        key=_SEALED,
        life=_COVERED,
    ),
    sqlite_with_rowid=False,
)

pickup = Table(
    "pickup",
    metadata,
    _column(
        "phrase",
        LargeBinary(),
        "what she types on another phone",
        key="epoch HMAC of the words",
        life=_LEFT,
        primary_key=True,
    ),
    _column("expires", BigInteger(), _END + ", on a whole minute", life=_LEFT),
    _column(
        "about",
        LargeBinary(),
        "what a session holds, and nothing of whose it is; filled up to a common length",
        key=_SEALED,
        life=_LEFT,
    ),
    sqlite_with_rowid=False,
)

game = Table(
    "game",
    metadata,
    _column(
        "place",
        LargeBinary(),
        "the group a live quiz goes on in",
        key="epoch HMAC of the group's id",
        life=_PLAYED,
        primary_key=True,
    ),
    _column("expires", BigInteger(), _END, life=_PLAYED),
    _column(
        "about",
        LargeBinary(),
        "the group, the quiz and where it stands; of each player the first name, points and time, "
        "under an HMAC keyed by a random salt of this game; filled up to a common length",
        key=_SEALED,
        life=_PLAYED,
    ),
    sqlite_with_rowid=False,
)

erased = Table(
    "erased",
    metadata,
    _column(
        "id", SmallInteger(), "1: applied, 2: compacted as well", life="kept", primary_key=True
    ),
    _column("number", BigInteger(), "the last erasure mark of which that is so here", life="kept"),
    _column(
        "long_key",
        LargeBinary(),
        "which long-term key is used here: another one is refused while anybody is known",
        key="long-term HMAC of words of ours",
        life="kept",
        nullable=True,
    ),
)

key_version = Table(
    "key_version",
    metadata,
    _column("id", SmallInteger(), "always 1: there is one row", life="kept", primary_key=True),
    _column(
        "number", SmallInteger(), "the version of the long-term key that rows get", life="kept"
    ),
    _column(
        "oldest",
        SmallInteger(),
        "the oldest version that a row may still be under: another one only during a rotation",
        life="kept",
    ),
)

tally = Table(
    "tally",
    metadata,
    _column(
        "week", BigInteger(), "its Monday, in days since 1970-01-01", life=_YEAR, primary_key=True
    ),
    _column("kind", Text(), "what was counted (bot/counting)", life=_YEAR, primary_key=True),
    _column(
        "row_id",
        Text(),
        "of what: a region, a country, a question, a poster, a campaign",
        life=_YEAR,
        primary_key=True,
    ),
    _column(
        "column_id",
        Text(),
        "what of it: a sector, a ribbon, right, a kind of place, taps",
        life=_YEAR,
        primary_key=True,
    ),
    _column("count", Integer(), "how often, with a random number added once", life=_YEAR),
    sqlite_with_rowid=False,
)

learner = Table(
    "learner",
    metadata,
    _column(
        "person",
        LargeBinary(),
        "who asked to be remembered as a player",
        key=_LONG,
        life=_LEARNT,
        primary_key=True,
    ),
    _column("agreed", Integer(), "the day she agreed, in days since 1970-01-01", life=_LEARNT),
    _column("version", SmallInteger(), "the version of the text she agreed to", life=_LEARNT),
    _column("expires", BigInteger(), _END + ", on a whole week", life=_LEARNT),
    _column(
        "about",
        LargeBinary(),
        "which questions she met, how well she knows each, the day it is due; filled up to a "
        "multiple of 512 bytes",
        key=_LONG_SEALED,
        life=_LEARNT,
    ),
    sqlite_with_rowid=False,
)

subscriber = Table(
    "subscriber",
    metadata,
    _column(
        "person",
        LargeBinary(),
        "who asked for news",
        key=_LONG,
        life=_SUBSCRIBED,
        primary_key=True,
    ),
    _column("chat", LargeBinary(), "the chat to send it to", key=_LONG_SEALED, life=_SUBSCRIBED),
    _column("language", Text(), "the language of her news", life=_SUBSCRIBED),
    _column("country", Text(), "the country she chose", life=_SUBSCRIBED),
    _column("region", Text(), "the region she chose, or empty", life=_SUBSCRIBED),
    _column("age", Text(), "the band of age she told, or empty", life=_SUBSCRIBED),
    _column("topics", Text(), "the topics she chose, or empty for all", life=_SUBSCRIBED),
    _column("quiet", Text(), "the hours in which nothing is sent", life=_SUBSCRIBED),
    _column("agreed", Integer(), "the day she agreed, in days since 1970-01-01", life=_SUBSCRIBED),
    _column("version", SmallInteger(), "the version of the text she agreed to", life=_SUBSCRIBED),
    sqlite_with_rowid=False,
)

campaign = Table(
    "campaign",
    metadata,
    _column("id", Text(), "what it is called: drawn by chance", life=_ANNOUNCED, primary_key=True),
    _column("phase", Text(), "how far it has come", life=_ANNOUNCED),
    _column("digest", LargeBinary(), "BLAKE2b hash of content, audience, start", life=_ANNOUNCED),
    _column("approved", LargeBinary(), "the hash that was approved, or empty", life=_ANNOUNCED),
    _column("author", LargeBinary(), "who wrote it", key=_LONG, life=_ANNOUNCED),
    _column("approver", LargeBinary(), "who approved it, or empty", key=_LONG, life=_ANNOUNCED),
    _column("starts", BigInteger(), "when it goes out, epoch seconds", life=_ANNOUNCED),
    _column("expires", BigInteger(), _END, life=_ANNOUNCED),
    _column("reach", Integer(), "readers at its start, in tens", life=_ANNOUNCED),
    _column("sent", Integer(), "messages that arrived", life=_ANNOUNCED),
    _column("blocked", Integer(), "readers who had blocked the bot", life=_ANNOUNCED),
    _column("failed", Integer(), "messages that Telegram refused", life=_ANNOUNCED),
    _column("unsure", Integer(), "messages that may have arrived, twice tried", life=_ANNOUNCED),
    _column("departed", Integer(), "readers who left before their turn", life=_ANNOUNCED),
    _column("missed", Integer(), "readers whose hours never came", life=_ANNOUNCED),
    _column("recalled", Integer(), "messages taken back", life=_ANNOUNCED),
    _column("corrected", Integer(), "messages edited to the last correction", life=_ANNOUNCED),
    _column("day", Integer(), "the day of the last message, in days since 1970", life=_ANNOUNCED),
    _column("today", Integer(), "messages on that day", life=_ANNOUNCED),
    _column("busy", Boolean(), "there is still something to do", life=_ANNOUNCED),
    _column("reached", Boolean(), "every reader has had a turn", life=_ANNOUNCED),
    _column("cleared", Boolean(), "no row of mailing is left of it", life=_ANNOUNCED),
    _column(
        "cursor",
        LargeBinary(),
        "the last reader who had a turn; filled up to a common length; empty before and after",
        key=_LONG_SEALED,
        life=_ANNOUNCED,
    ),
    _column(
        "content",
        LargeBinary(),
        "texts, buttons, the ids of a picture, and audience; filled up to a multiple of 512 bytes",
        key=_LONG_SEALED,
        life=_ANNOUNCED,
    ),
    _column("revision", SmallInteger(), "how often it was corrected", life=_ANNOUNCED),
    _column("amending", Boolean(), "messages may have the words before it", life=_ANNOUNCED),
    _column("correction", LargeBinary(), "the hash of one that waits, or empty", life=_ANNOUNCED),
    _column("corrector", LargeBinary(), "who wrote it, or empty", key=_LONG, life=_ANNOUNCED),
    _column("confirmer", LargeBinary(), "who approved it, or empty", key=_LONG, life=_ANNOUNCED),
    _column("corrects", BigInteger(), "when it counts, epoch seconds, or 0", life=_ANNOUNCED),
    _column(
        "words",
        LargeBinary(),
        "its texts and buttons; filled up as above; empty without one",
        key=_LONG_SEALED,
        life=_ANNOUNCED,
    ),
)

headway = Table(
    "headway",
    metadata,
    _column("campaign", Text(), "of which campaign", life=_ANNOUNCED, primary_key=True),
    _column(
        "quarter",
        BigInteger(),
        "the first quarter of an hour, counted since 1970",
        life=_ANNOUNCED,
        primary_key=True,
    ),
    _column("paused", Boolean(), "it was paused then", life=_ANNOUNCED, primary_key=True),
    _column(
        "until",
        BigInteger(),
        "the last quarter of an hour: some stand together, so that none is of a few",
        life=_ANNOUNCED,
    ),
    _column("sent", Integer(), "messages that arrived in them", life=_ANNOUNCED),
    sqlite_with_rowid=False,
)

mailing = Table(
    "mailing",
    metadata,
    _column("campaign", Text(), "of which campaign", life=_MAILED, primary_key=True),
    _column("person", LargeBinary(), "whose", key=_LONG, life=_MAILED, primary_key=True),
    _column(
        "due",
        BigInteger(),
        "when to take it up, epoch seconds; nothing once it is settled",
        life=_MAILED,
        nullable=True,
    ),
    _column("attempts", SmallInteger(), "how often it may have reached her", life=_MAILED),
    _column("at", BigInteger(), "when it was last written, epoch seconds", life=_MAILED),
    _column(
        "message",
        LargeBinary(),
        "the message to take back or to correct",
        key=_LONG_SEALED,
        life=_MAILED,
        nullable=True,
    ),
    _column("revision", SmallInteger(), "which of its texts she has", life=_MAILED),
    sqlite_with_rowid=False,
)
Index(
    "mailing_due",
    mailing.c.campaign,
    mailing.c.due,
    sqlite_where=mailing.c.due.is_not(None),
    postgresql_where=mailing.c.due.is_not(None),
)
Index(
    "mailing_revision",
    mailing.c.campaign,
    mailing.c.revision,
    sqlite_where=mailing.c.message.is_not(None),
    postgresql_where=mailing.c.message.is_not(None),
)

sender = Table(
    "sender",
    metadata,
    _column(
        "holder",
        LargeBinary(),
        "a process that sends campaigns: a random number",
        life=_SENDING,
        primary_key=True,
    ),
    _column(
        "held",
        BigInteger(),
        "until when it does, unless it says so again, epoch seconds",
        life=_SENDING,
    ),
    sqlite_with_rowid=False,
)

staff = Table(
    "staff",
    metadata,
    _column("person", LargeBinary(), "who serves", key=_LONG, life=_SERVING, primary_key=True),
    _column("role", Text(), "her role", life=_SERVING),
    _column("code", Text(), "what the operator calls her: drawn by chance", life=_SERVING),
    _column("since", Integer(), "the day she was confirmed, in days since 1970", life=_SERVING),
    sqlite_with_rowid=False,
)

invitation = Table(
    "invitation",
    metadata,
    _column(
        "token",
        LargeBinary(),
        "the secret of the link",
        key="long-term HMAC of 128 random bits",
        life=_INVITED,
        primary_key=True,
    ),
    _column("code", Text(), "what the operator calls it: drawn by chance", life=_INVITED),
    _column("role", Text(), "the role it invites to", life=_INVITED),
    _column("expires", BigInteger(), _END, life=_INVITED),
    _column("person", LargeBinary(), "who took it up", key=_LONG, life=_INVITED, nullable=True),
    _column("passed", Boolean(), "she has passed the test of the course", life=_INVITED),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    _column("number", _Id, "the order of what was done", life=_AUDITED, primary_key=True),
    _column("hour", Integer(), "when, in hours since 1970", life=_AUDITED),
    _column(
        "deed",
        Text(),
        "what was done about a role or a campaign, or begun in a group; never by whom",
        life=_AUDITED,
    ),
    _column("role", Text(), "which role", life=_AUDITED),
    _column("before", LargeBinary(), "BLAKE2b hash of the row before", life=_AUDITED),
    _column("digest", LargeBinary(), "BLAKE2b hash of this row", life=_AUDITED),
    _column("campaign", Text(), "which campaign, or empty", life=_AUDITED),
)
