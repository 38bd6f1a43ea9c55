"""items, files, modes and alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["crawl_run.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        info={"ledger": True},
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_source_id"), ["source_id"], unique=False)

    with op.batch_alter_table("crawl_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mode", sa.String(), nullable=False, server_default="sweep"))
        batch_op.add_column(sa.Column("stats", sa.Text(), nullable=True))
    with op.batch_alter_table("crawl_run", schema=None) as batch_op:
        batch_op.alter_column("mode", server_default=None)  # it was for the rows that were there

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("text_layer", sa.String(), nullable=True))

    with op.batch_alter_table("frontier", schema=None) as batch_op:
        batch_op.add_column(sa.Column("parent", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("place", sa.BigInteger(), nullable=False, server_default="0"))
    # What was pending keeps its order: lists had the priority 1, pages 0.
    op.execute("UPDATE frontier SET place = 1000001 WHERE priority = 0")
    with op.batch_alter_table("frontier", schema=None) as batch_op:
        batch_op.alter_column("place", server_default=None)
        batch_op.drop_index("ix_frontier_next")
        batch_op.drop_column("priority")
        batch_op.create_index("ix_frontier_next", ["source_id", "state", "cycle", "place", "id"], unique=False)

    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.add_column(sa.Column("item", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("moved_to", sa.Text(), nullable=True))
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.alter_column("item", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("record", schema=None) as batch_op:
        batch_op.drop_column("moved_to")
        batch_op.drop_column("item")

    with op.batch_alter_table("frontier", schema=None) as batch_op:
        batch_op.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE frontier SET priority = 1 WHERE place < 1000000")
    with op.batch_alter_table("frontier", schema=None) as batch_op:
        batch_op.alter_column("priority", server_default=None)
        batch_op.drop_index("ix_frontier_next")
        batch_op.drop_column("place")
        batch_op.drop_column("parent")
        batch_op.create_index("ix_frontier_next", ["source_id", "state", "cycle", "priority"], unique=False)

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_column("text_layer")

    with op.batch_alter_table("crawl_run", schema=None) as batch_op:
        batch_op.drop_column("stats")
        batch_op.drop_column("mode")

    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_source_id"))

    op.drop_table("alert")
