"""Live quizzes that go on in groups."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "game",
        sa.Column("place", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
