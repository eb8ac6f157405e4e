"""How a campaign went out over time. Its taps and leaves lie in `tally`, which has room for them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin with nothing: of what was sent before, only the totals are known."""
    op.create_table(
        "headway",
        sa.Column("campaign", sa.Text(), primary_key=True, nullable=False),
        sa.Column(
            "quarter", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False
        ),
        sa.Column("paused", sa.Boolean(), primary_key=True, nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
