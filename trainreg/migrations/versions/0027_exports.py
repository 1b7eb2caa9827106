"""Files that the worker prepares, in pieces.

Revision: 0027_exports
Follows: 0023_names
"""

import sqlalchemy as sa
from alembic import op

revision = "0027_exports"
down_revision = "0026_publication_address"
branch_labels = None
depends_on = None

_STATUSES = "'waiting', 'preparing', 'ready', 'failed'"
_PROBLEMS = "'right_gone', 'subject_gone', 'no_room', 'too_long', 'too_many_rows', 'given_up', 'broken', 'erased'"


def upgrade() -> None:
    op.create_table(
        "export_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("problem", sa.String(32), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("claim", sa.String(43), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"status IN ({_STATUSES})", name=op.f("ck_export_job_exportstatus")),
        sa.CheckConstraint(f"problem IN ({_PROBLEMS})", name=op.f("ck_export_job_problem")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_export_job_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_job")),
    )
    op.create_index("ix_export_job_status", "export_job", ["status", "id"])
    op.create_index(op.f("ix_export_job_user_id"), "export_job", ["user_id"])
    op.create_index(op.f("ix_export_job_expires_at"), "export_job", ["expires_at"])
    op.create_table(
        "export_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["export_id"],
            ["export_job.id"],
            name=op.f("fk_export_piece_export_id_export_job"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_piece")),
        sa.UniqueConstraint("export_id", "number", name=op.f("uq_export_piece_export_id_number")),
    )


def downgrade() -> None:
    op.drop_table("export_piece")
    op.drop_table("export_job")
