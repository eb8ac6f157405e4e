"""What a screen is about and what she said, sealed; and weekly counts of what was not found."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; what a row was about is sealed from now on, and let go where it lay open."""
    op.drop_column("session", "item")
    op.drop_column("outbox", "item")
    op.add_column("session", sa.Column("about", sa.LargeBinary(), nullable=True))
    op.add_column("outbox", sa.Column("about", sa.LargeBinary(), nullable=True))
    op.create_table(
        "gap",
        sa.Column("week", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("region", sa.Text(), primary_key=True, nullable=False),
        sa.Column("sector", sa.Text(), primary_key=True, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
