"""Brings a database to the tables of this version: in one transaction, or not at all."""

from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, select

from bot.errors import StoreError
from bot.store.tables import HEAD, metadata, session

_FOLDER = Path(__file__).parent / "migrations"

_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Alembic's own table, as Alembic makes it."""


def recorded(connection: Connection) -> str | None:
    """The migration the database stands at, or none if it is new."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.scalar(select(_VERSION.c.version_num))


def bring_up(connection: Connection) -> None:
    """Make the tables of a new database, or run the steps an older one lacks.

    The caller's transaction must be open and lock out other upgrades. A new database gets
    today's tables at once: that is what all steps lead to, and it spares the first start the
    fifth of a second that Alembic takes to load.

    Raises:
        StoreError: the database was made by a later version of the bot.
    """
    if recorded(connection) is None and not connection.dialect.has_table(connection, session.name):
        metadata.create_all(connection)
        _VERSION.create(connection)
        connection.execute(_VERSION.insert().values(version_num=HEAD))
    else:
        run_steps(connection)


def run_steps(connection: Connection) -> None:
    """Run the steps that lead from where the database stands to `HEAD`."""
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
