"""Those who asked for news."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin with nobody: nobody could ask before."""
    op.create_table(
        "subscriber",
        sa.Column("person", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("chat", sa.LargeBinary(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("language", "country", "region", "age", "topics", "quiet")
        ),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sqlite_with_rowid=False,
    )
