"""Those who asked to be known for longer: players and readers of news."""

from sqlalchemy import BigInteger, Integer, LargeBinary, SmallInteger, Table, Text

from bot.store.tables.columns import END, LONG, LONG_SEALED, column, metadata

_LEARNT = "until a year after the last round, at most"
_SUBSCRIBED = "until she leaves, blocks the bot or is forgotten"

learner = Table(
    "learner",
    metadata,
    column(
        "person",
        LargeBinary(),
        "who asked to be remembered as a player",
        key=LONG,
        life=_LEARNT,
        primary_key=True,
    ),
    column("agreed", Integer(), "the day she agreed, in days since 1970-01-01", life=_LEARNT),
    column("version", SmallInteger(), "the version of the text she agreed to", life=_LEARNT),
    column("expires", BigInteger(), END + ", on a whole week", life=_LEARNT),
    column(
        "about",
        LargeBinary(),
        "which questions she met, how well she knows each, the day it is due; filled up to a "
        "multiple of 512 bytes",
        key=LONG_SEALED,
        life=_LEARNT,
    ),
    sqlite_with_rowid=False,
)

subscriber = Table(
    "subscriber",
    metadata,
    column(
        "person",
        LargeBinary(),
        "who asked for news",
        key=LONG,
        life=_SUBSCRIBED,
        primary_key=True,
    ),
    column("chat", LargeBinary(), "the chat to send it to", key=LONG_SEALED, life=_SUBSCRIBED),
    column("language", Text(), "the language of her news", life=_SUBSCRIBED),
    column("country", Text(), "the country she chose", life=_SUBSCRIBED),
    column("region", Text(), "the region she chose, or empty", life=_SUBSCRIBED),
    column("age", Text(), "the band of age she told, or empty", life=_SUBSCRIBED),
    column("topics", Text(), "the topics she chose, or empty for all", life=_SUBSCRIBED),
    column("quiet", Text(), "the hours in which nothing is sent", life=_SUBSCRIBED),
    column("agreed", Integer(), "the day she agreed, in days since 1970-01-01", life=_SUBSCRIBED),
    column("version", SmallInteger(), "the version of the text she agreed to", life=_SUBSCRIBED),
    sqlite_with_rowid=False,
)
