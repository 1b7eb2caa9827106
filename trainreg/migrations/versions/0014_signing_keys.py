"""keys that sign certificates, and where the state of each certificate is published

Revision: 0014
Follows: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kid", sa.String(length=40), nullable=False),
        sa.Column(
            "algorithm",
            sa.Enum("ES256", "RS256", name="keyalgorithm", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("certificate_chain", sa.Text(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("companion_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.String(length=200), nullable=False),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("compromised_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("NOT is_current OR retired_at IS NULL", name=op.f("ck_signing_key_current_is_not_retired")),
        sa.ForeignKeyConstraint(
            ["companion_id"], ["signing_key.id"], name=op.f("fk_signing_key_companion_id_signing_key")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_signing_key_kid")),
    )
    op.create_index(op.f("ix_signing_key_companion_id"), "signing_key", ["companion_id"])
    current = sa.text("is_current")
    op.create_index(
        "uq_signing_key_current",
        "signing_key",
        ["is_current"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    # Not in batch: on SQLite a batch that rebuilds the table would lose its CHECKs.
    op.execute(
        "ALTER TABLE certificate ADD COLUMN signing_key_id INTEGER "
        "CONSTRAINT fk_certificate_signing_key_id_signing_key REFERENCES signing_key (id)"
    )
    op.add_column("certificate", sa.Column("status_list", sa.Integer(), nullable=True))
    op.add_column("certificate", sa.Column("status_index", sa.Integer(), nullable=True))
    op.add_column("certificate", sa.Column("achievement", sa.String(length=20), nullable=True))
    op.create_index(op.f("ix_certificate_achievement"), "certificate", ["achievement"])
    op.create_index(op.f("ix_certificate_signing_key_id"), "certificate", ["signing_key_id"])
    op.create_index("uq_certificate_status", "certificate", ["status_list", "status_index"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_certificate_status", "certificate")
    op.drop_index(op.f("ix_certificate_signing_key_id"), "certificate")
    op.drop_index(op.f("ix_certificate_achievement"), "certificate")
    op.execute("ALTER TABLE certificate DROP COLUMN achievement")
    op.execute("ALTER TABLE certificate DROP COLUMN status_index")
    op.execute("ALTER TABLE certificate DROP COLUMN status_list")
    op.execute("ALTER TABLE certificate DROP COLUMN signing_key_id")
    op.drop_table("signing_key")
