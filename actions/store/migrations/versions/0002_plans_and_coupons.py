"""Plans and coupons, and what a shopper last saw of a line's discount."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("cart_line", sa.Column("seen_discount_minor", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("cart_line", sa.Column("seen_quote_id", sa.String(), nullable=False, server_default=""))

    op.create_table(
        "cart_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shopper_id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("price_minor", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shopper_id"],
            ["shopper.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("shopper_id", "product_id", "sort", name="uq_cart_plan_sort"),
    )
    op.create_index("ix_cart_plan_shopper_id", "cart_plan", ["shopper_id"], unique=False)

    op.create_table(
        "coupon",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("shopper_id", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("valid_from", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["shopper_id"],
            ["shopper.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_coupon_order_number", "coupon", ["order_number"], unique=False)
    op.create_index("ix_coupon_shopper_id", "coupon", ["shopper_id"], unique=False)

    op.create_table(
        "order_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("price_minor", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_order_plan_order_id", "order_plan", ["order_id"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table("order_plan")
    op.drop_table("coupon")
    op.drop_table("cart_plan")
    with op.batch_alter_table("cart_line") as cart_line:
        cart_line.drop_column("seen_quote_id")
        cart_line.drop_column("seen_discount_minor")
