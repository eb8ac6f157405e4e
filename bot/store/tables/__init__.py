"""The whole schema. What is not listed here is not stored; `docs/data.md` shows this list."""

# `metadata` keeps the tables as they come: in the order of that page.
# isort: off
from bot.store.tables.columns import metadata
from bot.store.tables.conversations import session, seen, outbox, trace, cover, pickup, game
from bot.store.tables.housekeeping import erased, key_version, tally
from bot.store.tables.known import learner, subscriber
from bot.store.tables.campaigns import campaign, headway, mailing, sender
from bot.store.tables.team import staff, invitation, audit

HEAD = "0014"
"""The migration that `metadata` describes."""

__all__ = [
    "HEAD",
    "audit",
    "campaign",
    "cover",
    "erased",
    "game",
    "headway",
    "invitation",
    "key_version",
    "learner",
    "mailing",
    "metadata",
    "outbox",
    "pickup",
    "seen",
    "sender",
    "session",
    "staff",
    "subscriber",
    "tally",
    "trace",
]
