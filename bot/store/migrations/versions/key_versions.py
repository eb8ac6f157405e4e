"""Which version of the long-term key rows are under, so that it can be rotated."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin without a row: it comes with the next start."""
    op.create_table(
        "key_version",
        sa.Column("id", sa.SmallInteger(), primary_key=True, nullable=False, autoincrement=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("oldest", sa.SmallInteger(), nullable=False),
    )
