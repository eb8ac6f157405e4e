"""Campaigns, and who is still to get which of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin with none: there were no campaigns before."""
    totals = ("reach", "sent", "blocked", "failed", "unsure", "departed", "missed", "recalled")
    op.create_table(
        "campaign",
        sa.Column("id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.LargeBinary(), nullable=False)
            for name in ("digest", "approved", "author", "approver")
        ),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in (*totals, "day", "today")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("busy", "reached", "cleared")),
        sa.Column("holder", sa.LargeBinary(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("cursor", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "mailing",
        sa.Column("campaign", sa.Text(), primary_key=True, nullable=False),
        sa.Column("person", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sqlite_with_rowid=False,
    )
    some = sa.text("due IS NOT NULL")
    op.create_index(
        "mailing_due", "mailing", ["campaign", "due"], sqlite_where=some, postgresql_where=some
    )
