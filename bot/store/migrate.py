"""Brings a database to the tables of this version: in one transaction, or not at all."""

from pathlib import Path

from sqlalchemy import Connection, Text, column, select, table

from bot.errors import StoreError
from bot.store.tables import HEAD

_FOLDER = Path(__file__).parent / "migrations"


def recorded(connection: Connection) -> str | None:
    """The migration the database stands at, or none if it is new."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    version = select(table("alembic_version", column("version_num", Text())))
    return connection.scalar(version)


def upgrade(connection: Connection) -> None:
    """Run the missing steps. The caller's transaction must be open and lock out other upgrades.

    Raises:
        StoreError: the database was made by a later version of the bot.
    """
    from alembic import command  # noqa: PLC0415 - 0.1 s of import that a usual start saves
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, HEAD)
    except CommandError:
        raise StoreError(
            "The database was made by another version of Tirek. Start that version, "
            "or restore a backup made by this one."
        ) from None
