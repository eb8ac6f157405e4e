"""The team: who serves, who is invited, and what was done."""

from sqlalchemy import BigInteger, Boolean, Integer, LargeBinary, Table, Text

from bot.store.tables.columns import END, ID, LONG, column, metadata

_AUDITED = "1 year; the last older row stays, as the root of the chain"
_SERVING = "while she serves"
_INVITED = "until confirmed, 24 hours at most"

staff = Table(
    "staff",
    metadata,
    column("person", LargeBinary(), "who serves", key=LONG, life=_SERVING, primary_key=True),
    column("role", Text(), "her role", life=_SERVING),
    column("code", Text(), "what the operator calls her: drawn by chance", life=_SERVING),
    column("since", Integer(), "the day she was confirmed, in days since 1970", life=_SERVING),
    sqlite_with_rowid=False,
)

invitation = Table(
    "invitation",
    metadata,
    column(
        "token",
        LargeBinary(),
        "the secret of the link",
        key="long-term HMAC of 128 random bits",
        life=_INVITED,
        primary_key=True,
    ),
    column("code", Text(), "what the operator calls it: drawn by chance", life=_INVITED),
    column("role", Text(), "the role it invites to", life=_INVITED),
    column("expires", BigInteger(), END, life=_INVITED),
    column("person", LargeBinary(), "who took it up", key=LONG, life=_INVITED, nullable=True),
    column("passed", Boolean(), "she has passed the test of the course", life=_INVITED),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    column("number", ID, "the order of what was done", life=_AUDITED, primary_key=True),
    column("hour", Integer(), "when, in hours since 1970", life=_AUDITED),
    column(
        "deed",
        Text(),
        "what was done about a role or a campaign, or begun in a group; never by whom",
        life=_AUDITED,
    ),
    column("role", Text(), "which role", life=_AUDITED),
    column("before", LargeBinary(), "BLAKE2b hash of the row before", life=_AUDITED),
    column("digest", LargeBinary(), "BLAKE2b hash of this row", life=_AUDITED),
    column("campaign", Text(), "which campaign, or empty", life=_AUDITED),
)
