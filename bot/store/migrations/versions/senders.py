"""Which processes send campaigns: as many as there are, each its part of one rate."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin with none: each says so itself as soon as there is something to send."""
    op.create_table(
        "sender",
        sa.Column("holder", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
    for name in ("holder", "held"):
        op.drop_column("campaign", name)
