"""What every table is made of: the one `metadata`, columns that say what they hold, common words."""

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Integer, MetaData
from sqlalchemy.types import TypeEngine

metadata = MetaData()

# SQLite keeps a table in the order of an INTEGER key without a second index, which would hold
# a second copy of every key to be erased.
ID: Final = BigInteger().with_variant(Integer(), "sqlite")

LONG: Final = "long-term HMAC of the Telegram id"
LONG_SEALED: Final = "AES-256-GCM under the long-term key"
EPOCH: Final = "epoch HMAC of the Telegram id"
SEALED: Final = "AES-256-GCM under the epoch key"
END: Final = "end of the row's life, epoch seconds"


def column(
    name: str,
    kind: TypeEngine[Any],
    purpose: str,
    *,
    life: str,
    key: str = "none",
    **constraints: bool,
) -> Column[Any]:
    """Make a column that tells of itself; no row is without it, unless `constraints` say so.

    `purpose` is what it holds, `key` what names or seals it, `life` how long its row stands:
    `docs/data.md` is written from them.
    """
    info = {"purpose": purpose, "key": key, "life": life}
    options: dict[str, Any] = {"nullable": False, "autoincrement": False} | constraints
    return Column(name, kind, info=info, **options)
