"""Campaigns: what is sent, how it goes out, and which processes send."""

from sqlalchemy import BigInteger, Boolean, Index, Integer, LargeBinary, SmallInteger, Table, Text

from bot.store.tables.columns import END, LONG, LONG_SEALED, column, metadata

_ANNOUNCED = "1 year"
_SENDING = "while it sends, and until the next one begins"
_MAILED = "47 hours from the start of the campaign, or until she leaves"

campaign = Table(
    "campaign",
    metadata,
    column("id", Text(), "what it is called: drawn by chance", life=_ANNOUNCED, primary_key=True),
    column("phase", Text(), "how far it has come", life=_ANNOUNCED),
    column("digest", LargeBinary(), "BLAKE2b hash of content, audience, start", life=_ANNOUNCED),
    column("approved", LargeBinary(), "the hash that was approved, or empty", life=_ANNOUNCED),
    column("author", LargeBinary(), "who wrote it", key=LONG, life=_ANNOUNCED),
    column("approver", LargeBinary(), "who approved it, or empty", key=LONG, life=_ANNOUNCED),
    column("starts", BigInteger(), "when it goes out, epoch seconds", life=_ANNOUNCED),
    column("expires", BigInteger(), END, life=_ANNOUNCED),
    column("reach", Integer(), "readers at its start, in tens", life=_ANNOUNCED),
    column("sent", Integer(), "messages that arrived", life=_ANNOUNCED),
    column("blocked", Integer(), "readers who had blocked the bot", life=_ANNOUNCED),
    column("failed", Integer(), "messages that Telegram refused", life=_ANNOUNCED),
    column("unsure", Integer(), "messages that may have arrived, twice tried", life=_ANNOUNCED),
    column("departed", Integer(), "readers who left before their turn", life=_ANNOUNCED),
    column("missed", Integer(), "readers whose hours never came", life=_ANNOUNCED),
    column("recalled", Integer(), "messages taken back", life=_ANNOUNCED),
    column("corrected", Integer(), "messages edited to the last correction", life=_ANNOUNCED),
    column("day", Integer(), "the day of the last message, in days since 1970", life=_ANNOUNCED),
    column("today", Integer(), "messages on that day", life=_ANNOUNCED),
    column("busy", Boolean(), "there is still something to do", life=_ANNOUNCED),
    column("reached", Boolean(), "every reader has had a turn", life=_ANNOUNCED),
    column("cleared", Boolean(), "no row of mailing is left of it", life=_ANNOUNCED),
    column(
        "cursor",
        LargeBinary(),
        "the last reader who had a turn; filled up to a common length; empty before and after",
        key=LONG_SEALED,
        life=_ANNOUNCED,
    ),
    column(
        "content",
        LargeBinary(),
        "texts, buttons, the ids of a picture, and audience; filled up to a multiple of 512 bytes",
        key=LONG_SEALED,
        life=_ANNOUNCED,
    ),
    column("revision", SmallInteger(), "how often it was corrected", life=_ANNOUNCED),
    column("amending", Boolean(), "messages may have the words before it", life=_ANNOUNCED),
    column("correction", LargeBinary(), "the hash of one that waits, or empty", life=_ANNOUNCED),
    column("corrector", LargeBinary(), "who wrote it, or empty", key=LONG, life=_ANNOUNCED),
    column("confirmer", LargeBinary(), "who approved it, or empty", key=LONG, life=_ANNOUNCED),
    column("corrects", BigInteger(), "when it counts, epoch seconds, or 0", life=_ANNOUNCED),
    column(
        "words",
        LargeBinary(),
        "its texts and buttons; filled up as above; empty without one",
        key=LONG_SEALED,
        life=_ANNOUNCED,
    ),
)

headway = Table(
    "headway",
    metadata,
    column("campaign", Text(), "of which campaign", life=_ANNOUNCED, primary_key=True),
    column(
        "quarter",
        BigInteger(),
        "the first quarter of an hour, counted since 1970",
        life=_ANNOUNCED,
        primary_key=True,
    ),
    column("paused", Boolean(), "it was paused then", life=_ANNOUNCED, primary_key=True),
    column(
        "until",
        BigInteger(),
        "the last quarter of an hour: some stand together, so that none is of a few",
        life=_ANNOUNCED,
    ),
    column("sent", Integer(), "messages that arrived in them", life=_ANNOUNCED),
    sqlite_with_rowid=False,
)

mailing = Table(
    "mailing",
    metadata,
    column("campaign", Text(), "of which campaign", life=_MAILED, primary_key=True),
    column("person", LargeBinary(), "whose", key=LONG, life=_MAILED, primary_key=True),
    column(
        "due",
        BigInteger(),
        "when to take it up, epoch seconds; nothing once it is settled",
        life=_MAILED,
        nullable=True,
    ),
    column("attempts", SmallInteger(), "how often it may have reached her", life=_MAILED),
    column("at", BigInteger(), "when it was last written, epoch seconds", life=_MAILED),
    column(
        "message",
        LargeBinary(),
        "the message to take back or to correct",
        key=LONG_SEALED,
        life=_MAILED,
        nullable=True,
    ),
    column("revision", SmallInteger(), "which of its texts she has", life=_MAILED),
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
    column(
        "holder",
        LargeBinary(),
        "a process that sends campaigns: a random number",
        life=_SENDING,
        primary_key=True,
    ),
    column(
        "held",
        BigInteger(),
        "until when it does, unless it says so again, epoch seconds",
        life=_SENDING,
    ),
    sqlite_with_rowid=False,
)
