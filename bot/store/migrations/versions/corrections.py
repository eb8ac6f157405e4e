"""Corrections of what has gone out."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin with none: what went out before says what it said first."""
    postgres = op.get_bind().dialect.name == "postgresql"
    empty, zero = sa.text("''::bytea" if postgres else "x''"), sa.text("0")
    binary, small = sa.LargeBinary(), sa.SmallInteger()
    for name in ("correction", "corrector", "confirmer", "words"):
        op.add_column("campaign", sa.Column(name, binary, nullable=False, server_default=empty))
    for name, kind, default in (
        ("revision", small, zero),
        ("corrected", sa.Integer(), zero),
        ("corrects", sa.BigInteger(), zero),
        ("amending", sa.Boolean(), sa.false()),
    ):
        op.add_column("campaign", sa.Column(name, kind, nullable=False, server_default=default))
    op.add_column("mailing", sa.Column("revision", small, nullable=False, server_default=zero))
    some = sa.text("message IS NOT NULL")
    op.create_index(
        "mailing_revision",
        "mailing",
        ["campaign", "revision"],
        sqlite_where=some,
        postgresql_where=some,
    )
