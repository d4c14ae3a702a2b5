"""What an offer of any kind needs to be told again, and what kind of offer a "no" was for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what is there already was a complement or a pair."""
    with op.batch_alter_table("offer") as table:
        table.add_column(sa.Column("details", sa.Text(), nullable=False, server_default="{}"))
        table.add_column(sa.Column("moment", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("channel", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("decline") as table:
        table.add_column(sa.Column("offer_kind", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("percent", sa.Integer(), nullable=False, server_default="-1"))


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("decline") as table:
        table.drop_column("percent")
        table.drop_column("offer_kind")
    with op.batch_alter_table("offer") as table:
        for name in ("channel", "moment", "details"):
            table.drop_column(name)
