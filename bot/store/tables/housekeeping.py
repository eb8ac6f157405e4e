"""What the bot notes for itself, and of nobody: erasures, versions of a key, sums of weeks."""

from sqlalchemy import BigInteger, Integer, LargeBinary, SmallInteger, Table, Text

from bot.store.tables.columns import column, metadata

_YEAR = "1 year"

erased = Table(
    "erased",
    metadata,
    column("id", SmallInteger(), "1: applied, 2: compacted as well", life="kept", primary_key=True),
    column("number", BigInteger(), "the last erasure mark of which that is so here", life="kept"),
    column(
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
    column("id", SmallInteger(), "always 1: there is one row", life="kept", primary_key=True),
    column("number", SmallInteger(), "the version of the long-term key that rows get", life="kept"),
    column(
        "oldest",
        SmallInteger(),
        "the oldest version that a row may still be under: another one only during a rotation",
        life="kept",
    ),
)

tally = Table(
    "tally",
    metadata,
    column(
        "week", BigInteger(), "its Monday, in days since 1970-01-01", life=_YEAR, primary_key=True
    ),
    column("kind", Text(), "what was counted (bot/counting)", life=_YEAR, primary_key=True),
    column(
        "row_id",
        Text(),
        "of what: a region, a country, a question, a poster, a campaign",
        life=_YEAR,
        primary_key=True,
    ),
    column(
        "column_id",
        Text(),
        "what of it: a sector, a ribbon, right, a kind of place, taps",
        life=_YEAR,
        primary_key=True,
    ),
    column("count", Integer(), "how often, with a random number added once", life=_YEAR),
    sqlite_with_rowid=False,
)
