"""Those who work with the bot, invitations to that, what was done about roles, and which key is used."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Begin with nobody: there were no roles before."""
    op.create_table(
        "staff",
        sa.Column("person", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "invitation",
        sa.Column("token", sa.LargeBinary(), primary_key=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("erased", sa.Column("long_key", sa.LargeBinary(), nullable=True))
    op.create_table(
        "audit",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
    )
