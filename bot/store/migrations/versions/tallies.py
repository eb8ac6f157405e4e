"""Weekly counts of more than searches in vain: one table for all that is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the counts over, noise and all: a second random number would hide less, not more."""
    op.create_table(
        "tally",
        sa.Column("week", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), primary_key=True, nullable=False),
        sa.Column("row_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("column_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO tally SELECT week, 'gap', region, sector, count FROM gap")
    op.drop_table("gap")
