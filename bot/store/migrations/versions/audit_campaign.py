"""Which campaign something was done about."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Leave it empty in the rows there are: their hashes were made without one."""
    op.add_column("audit", sa.Column("campaign", sa.Text(), nullable=False, server_default=""))
