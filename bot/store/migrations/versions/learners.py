"""What players asked to be remembered of their quizzes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "learner",
        sa.Column("person", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
