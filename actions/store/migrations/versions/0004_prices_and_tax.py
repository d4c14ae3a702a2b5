"""The price history, when the shop was loaded, and the tax of an order."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "price_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("price_minor", sa.Integer(), nullable=False),
        sa.Column("sale_price_minor", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_price_history_product_id", "price_history", ["product_id"], unique=False)
    op.add_column("shop_version", sa.Column("loaded_at", sa.DateTime(), nullable=True))
    op.add_column("orders", sa.Column("tax_minor", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("orders", sa.Column("tax_included", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("orders", sa.Column("tax_name", sa.String(), nullable=False, server_default=""))
    op.add_column("orders", sa.Column("tax_rate", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take back."""
    for column in ("tax_rate", "tax_name", "tax_included", "tax_minor"):
        op.drop_column("orders", column)
    op.drop_column("shop_version", "loaded_at")
    op.drop_index("ix_price_history_product_id", "price_history")
    op.drop_table("price_history")
